//! The AWS CLI's behaviour: a command line is generated and built, and run case by case against what was observed.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use clap::Parser as _;

use crate::cargo_tests::target;
use crate::{Context, Tally};

/// The model that the observed version had.
const MODEL: &str = "model-history/partnercentral-selling-2026-06-30.json";
/// Its fixed texts.
const TEXTS: &str = "aws-cli-docs/texts/v2.36.json";
/// The operations that the cases call.
const OPERATIONS: [&str; 2] = ["StartEngagementByAcceptingInvitationTask", "StartEngagementFromOpportunityTask"];
/// The name of the crates, and of the program.
const NAME: &str = "partnercentral-selling";
/// Differences that are meant.
const WAIVERS: &str = "tests/aws-cli-waivers.txt";

/// Runs the suite.
pub fn run(context: &Context<'_>) -> anyhow::Result<Tally> {
    let folder = target(context.root).join("conformance").join("aws-cli");
    generate(context, &folder)?;
    let built = folder.join("target");
    let mut build = cargo();
    build.args(["build", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    build.args(["--package", &format!("{NAME}-cli"), "--target-dir"]).arg(&built);
    anyhow::ensure!(
        build.status().context("cargo cannot be started")?.success(),
        "{} does not build",
        folder.display()
    );
    let program = built.join("debug").join(NAME).with_extension(std::env::consts::EXE_EXTENSION);
    check(context, &program)
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Generates as a user would.
fn generate(context: &Context<'_>, folder: &Path) -> anyhow::Result<()> {
    let mut words: Vec<OsString> = ["whitesmith", "codegen", "--emit", "types,client,cli"].map(OsString::from).into();
    let mut option = |name: &str, value: OsString| words.extend([name.into(), value]);
    option("--model", context.corpus.join(MODEL).into());
    option("--cli-texts", context.corpus.join(TEXTS).into());
    option("--out", folder.into());
    OPERATIONS.iter().for_each(|name| option("--operation", name.into()));
    let outcome = whitesmith::Arguments::try_parse_from(words)?.command.run(&crate::PROGRAM)?;
    anyhow::ensure!(outcome == whitesmith::Outcome::Success, "the command line cannot be generated");
    // The versions that the workspace is tested with.
    let locked = folder.join("Cargo.lock");
    std::fs::copy(context.root.join("Cargo.lock"), locked).context("Cargo.lock cannot be copied")?;
    Ok(())
}

/// Runs the checker that lies beside the cases, and reads its tally.
fn check(context: &Context<'_>, program: &Path) -> anyhow::Result<Tally> {
    let mut command = Command::new("python3");
    command.arg(context.corpus.join("aws-cli/check.py")).arg("--aws").arg(program);
    command.arg("--waivers").arg(context.root.join(WAIVERS));
    let output = command.stderr(Stdio::inherit()).output().context("python3 cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    let tally = text.lines().last().and_then(tally).context("the checker printed no tally")?;
    // The checker also fails for waivers that nothing needs.
    anyhow::ensure!(output.status.success() || tally.failed > 0, "{WAIVERS} does not hold");
    Ok(tally)
}

/// Reads `370 passed, 0 failed, 2 skipped`.
fn tally(line: &str) -> Option<Tally> {
    let mut counts = line.split(", ").zip(["passed", "failed", "skipped"]).map(|(part, word)| {
        let (count, found) = part.split_once(' ')?;
        count.parse().ok().filter(|_| found == word)
    });
    let mut next = || counts.next().flatten();
    Some(Tally { passed: next()?, failed: next()?, skipped: next()?, demanded: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tally_is_read() {
        let read = tally("370 passed, 1 failed, 2 skipped").map(|tally| (tally.passed, tally.failed, tally.skipped));
        assert_eq!(read, Some((370, 1, 2)));
        assert!(tally("370 passed, 1 failed").is_none());
        assert!(tally("error").is_none());
    }
}
