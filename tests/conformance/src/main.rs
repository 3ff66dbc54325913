//! Compares Whitesmith with what the outside world expects, suite by suite: `cargo xtask conformance`.

mod aws_cli;
mod aws_cli_services;
mod cargo_tests;
mod clients;
mod corpus;
mod diff;
mod docs;
mod endpoint_overlay;
mod endpoints;
mod idl;
mod jmespath;
mod observed_cli;
mod peers;
mod protocols;
mod sigv4;
mod smithy;
mod suite;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use suite::{Context, Tally};
use whitesmith::{Outcome, workspace};

/// Run the conformance suites.
#[derive(Parser)]
#[command(name = "cargo xtask conformance", bin_name = "cargo xtask conformance")]
struct Arguments {
    /// The suites to run, of docs/conformance.md; those that run by default when none is named.
    #[arg(value_name = "SUITE", value_parser = SUITES.map(|suite| suite.name))]
    suites: Vec<String>,
    /// Where the corpora are, `../shared/conformance` beside the workspace unless told.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

/// A suite, which prints its failures and returns their number.
struct Suite {
    name: &'static str,
    /// The file or folder of the corpora without which it cannot run; empty where it needs none.
    needs: &'static str,
    /// Whether it runs by default.
    by_default: bool,
    run: fn(&Context<'_>) -> anyhow::Result<Tally>,
}

/// Every suite, in the order in which they run.
const SUITES: [Suite; 15] = [
    Suite { name: "diff", needs: "model-diff", by_default: true, run: diff::run },
    Suite { name: "corpus", needs: "aws-models", by_default: true, run: corpus::run },
    Suite { name: "corpus-docs", needs: "aws-models", by_default: false, run: corpus::run_docs },
    Suite { name: "smithy", needs: "smithy-json-suite", by_default: true, run: smithy::run },
    Suite { name: "idl", needs: "smithy-idl", by_default: true, run: idl::run },
    Suite { name: "docs", needs: "aws-cli-docs", by_default: true, run: docs::run },
    Suite { name: "protocols", needs: "protocol-tests", by_default: true, run: protocols::run },
    Suite { name: "endpoints", needs: "aws-models", by_default: true, run: endpoints::run },
    Suite { name: "jmespath", needs: "jmespath", by_default: true, run: jmespath::run },
    Suite { name: "aws-cli", needs: "aws-cli", by_default: true, run: aws_cli::run },
    Suite { name: "aws-cli-services", needs: "aws-cli-services", by_default: false, run: aws_cli_services::run },
    Suite {
        name: "aws-cli-services-sample",
        needs: "aws-cli-services",
        by_default: true,
        run: aws_cli_services::run_sample,
    },
    Suite { name: "sigv4", needs: "sigv4/vectors.json", by_default: true, run: sigv4::run },
    Suite { name: "clients", needs: "", by_default: false, run: clients::run },
    Suite { name: "peers", needs: "aws-models", by_default: false, run: peers::run },
];

fn main() -> ExitCode {
    whitesmith::exit_code(run(&Arguments::parse()))
}

/// Runs the named suites, or those that run by default.
fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let corpus = workspace::corpus(arguments.corpus.as_deref(), &root);
    let chosen = |suite: &&Suite| match arguments.suites.as_slice() {
        [] => suite.by_default,
        names => names.iter().any(|name| name == suite.name),
    };
    let context = Context { root: &root, corpus: &corpus };
    let mut outcome = Outcome::Success;
    for suite in SUITES.iter().filter(chosen) {
        if !suite.needs.is_empty() && !corpus.join(suite.needs).exists() {
            // A suite named on the command line, or a corpus at a given place, must exist.
            anyhow::ensure!(
                arguments.suites.is_empty() && arguments.corpus.is_none(),
                "{}: {} does not exist",
                suite.name,
                corpus.join(suite.needs).display()
            );
            println!("{}: left out: {} does not exist", suite.name, corpus.join(suite.needs).display());
            continue;
        }
        let tally = (suite.run)(&context)?;
        println!("{}: {} passed, {} failed, {} skipped", suite.name, tally.passed, tally.failed, tally.skipped);
        let is_named = !arguments.suites.is_empty();
        if !tally.holds() || (is_named && tally.passed == 0) {
            outcome = Outcome::CheckFailed;
        }
    }
    Ok(outcome)
}
