//! The repository's front door: the commands of Whitesmith, and packages of the repository that are built when they are
//! asked for.

#[path = "../../benches/src/arguments.rs"]
mod bench_arguments;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use whitesmith::Program;

/// Generates Rust crates from Smithy models, and tests and measures the generator.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The checkout has the files that the installed program carries.
const PROGRAM: Program = Program { name: "cargo xtask", files: None };

#[expect(clippy::large_enum_variant, reason = "there is one, and it is read once")]
#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Whitesmith(whitesmith::Command),
    /// Measure generation and what was generated, beside peers where they are installed.
    Bench(bench_arguments::Bench),
    /// Run the conformance suites that need outside corpora.
    #[command(disable_help_flag = true)]
    Conformance(Passed),
}

/// Arguments for a package of the workspace.
#[derive(clap::Args)]
struct Passed {
    /// Arguments of the program; --help lists them.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Runs a package's program with arguments and returns its exit status.
fn run_package(package: &[&str], arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let root = match whitesmith::workspace::root() {
        Ok(root) => root,
        Err(error) => return whitesmith::exit_code(Err(error)),
    };
    let mut command = whitesmith::workspace::cargo();
    command.arg("run").arg("--manifest-path").arg(root.join("Cargo.toml")).args(package).arg("--").args(arguments);
    match command.status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(whitesmith::EXIT_ERROR).into(),
        Err(error) => {
            eprintln!("error: cannot start cargo: {error}");
            whitesmith::EXIT_ERROR.into()
        }
    }
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Whitesmith(command) => whitesmith::exit_code(command.run(&PROGRAM)),
        // The options were checked here, and are passed on as they are.
        Command::Bench(_) => {
            run_package(&["--release", "--package", "whitesmith-benches"], std::env::args_os().skip(2))
        }
        Command::Conformance(passed) => {
            run_package(&["--package", "whitesmith-conformance"], passed.arguments.into_iter())
        }
    }
}
