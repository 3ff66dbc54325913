//! The commands of Whitesmith: they read files, ask the generator, write files and print.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod codegen;
mod diff;
mod file_list;
pub mod inputs;
mod lock_file;
mod model_files;
pub mod parallel;
pub mod pinned;
mod services;
pub mod standalone;
mod transaction;
pub mod tree;
mod update;
mod validate;
mod vendor;
pub mod workspace;

/// Generates Rust crates from Smithy models.
#[derive(Debug, Parser)]
#[command(name = "whitesmith", version)]
pub struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// A command of Whitesmith.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate crates: those of model/services.toml, or with --model those of other models.
    Codegen(codegen::Arguments),
    /// Compare two versions of a model: what changed, and what it means for Rust code, command lines and the wire.
    Diff(diff::Arguments),
    /// Take a new version of a pinned model: show what it changes, pin it, regenerate.
    Update(update::Arguments),
    /// Validate Smithy models by the rules of the specification; docs/validation.md lists them.
    Validate(validate::Arguments),
    /// Put generated crates and the runtime crates that they use into a folder that builds by itself.
    Vendor(vendor::Arguments),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// When anything keeps it from running to its end.
    pub fn run(&self) -> anyhow::Result<Outcome> {
        match self {
            Self::Codegen(arguments) => codegen::run(arguments),
            Self::Diff(arguments) => diff::run(arguments),
            Self::Update(arguments) => update::run(arguments),
            Self::Validate(arguments) => validate::run(arguments),
            Self::Vendor(arguments) => vendor::run(arguments),
        }
    }
}

/// The result of a command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: exit status 0.
    Success,
    /// A check found what it looks for: exit status 1.
    CheckFailed,
}

/// The exit status when a command did not run to its end.
pub const EXIT_ERROR: u8 = 2;

/// Reports an error and returns the exit status of a result.
pub fn exit_code(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(EXIT_ERROR)
        }
    }
}

/// Prints to standard output. A reader that went away is not an error.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
