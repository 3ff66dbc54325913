//! The commands of Whitesmith: they read files, ask the generator, write files and print.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use sources::Sources;

mod add;
mod ast;
mod changes;
mod codegen;
mod diff;
pub mod files;
mod folder;
mod format;
mod init;
pub mod inputs;
mod lock_file;
mod model_files;
pub mod parallel;
pub mod pinned;
mod projects;
mod record;
mod services;
pub mod sources;
pub mod standalone;
mod transaction;
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
    /// Pin another service: its model, hash and origin go into model/services.toml, and its crates are generated.
    Add(add::Arguments),
    /// Print models, merged, as one JSON AST.
    Ast(ast::Arguments),
    /// Generate crates: those of model/services.toml, or with --model those of other models.
    Codegen(codegen::Arguments),
    /// Compare two versions of a model: what changed, and what it means for Rust code, command lines and the wire.
    Diff(diff::Arguments),
    /// Make a folder a project whose services are pinned in model/services.toml.
    Init(init::Arguments),
    /// Format files of Smithy IDL.
    Format(format::Arguments),
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
    /// Fails if anything keeps it from running to its end.
    pub fn run(&self, program: &Program) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(arguments) => add::run(program, arguments),
            Self::Init(arguments) => init::run(program, arguments),
            Self::Ast(arguments) => ast::run(arguments),
            Self::Codegen(arguments) => codegen::run(program, arguments),
            Self::Diff(arguments) => diff::run(arguments),
            Self::Format(arguments) => format::run(arguments),
            Self::Update(arguments) => update::run(program, arguments),
            Self::Validate(arguments) => validate::run(arguments),
            Self::Vendor(arguments) => vendor::run(program, arguments),
        }
    }
}

/// The program that runs a command.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The program's name in hints.
    pub name: &'static str,
    /// The files that it carries; none if it works in a checkout that has them.
    pub files: Option<&'static [(&'static str, &'static str)]>,
}

impl Program {
    /// The project's own files, for generated workspaces. `root` is the checkout where the program carries none.
    pub(crate) fn sources(&self, root: &Path) -> Sources {
        self.files.map_or_else(|| Sources::Checkout(root.to_path_buf()), Sources::Packed)
    }

    /// The project's own files; those of the checkout around the current directory where the program carries none.
    pub(crate) fn sources_or_checkout(&self) -> anyhow::Result<Sources> {
        match self.files {
            Some(files) => Ok(Sources::Packed(files)),
            None => Ok(Sources::Checkout(workspace::root()?)),
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
            let text = format!("{error:#}");
            // A diagnostic with a place has its own heading.
            let heading = if text.starts_with("error[") { "" } else { "error: " };
            eprintln!("{heading}{text}");
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
