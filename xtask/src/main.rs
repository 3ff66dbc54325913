//! The front door of the workspace: reads files, asks the generator, writes files, prints.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod codegen;
mod conformance;
mod diff;
mod file_list;
mod lock_file;
mod model_files;
mod parallel;
mod pinned;
mod services;
mod standalone;
mod transaction;
mod tree;
mod update;
mod validate;
mod vendor;
mod workspace;

/// Generates Rust crates from Smithy models.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bench(bench::Arguments),
    Codegen(codegen::Arguments),
    Conformance(conformance::Arguments),
    Diff(diff::Arguments),
    Update(update::Arguments),
    Validate(validate::Arguments),
    Vendor(vendor::Arguments),
}

/// What a command that ran to its end has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Done, or all is well: exit status 0.
    Yes,
    /// A check found what it looks for: exit status 1.
    No,
}

/// The exit status for anything that kept a command from running to its end.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let answer = match Arguments::parse().command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Update(arguments) => update::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Vendor(arguments) => vendor::run(&arguments),
    };
    match answer {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(TROUBLE)
        }
    }
}

/// Prints to the standard output. A reader that went away wants no more.
fn print(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
