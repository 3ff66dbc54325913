//! The commands of Whitesmith: they read files, ask the generator, write files and print.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use clap::{Parser, Subcommand};

pub use outcome::{EXIT_ERROR, Outcome, exit_code};
pub use program::Program;

mod add;
mod archive;
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
mod outcome;
pub mod parallel;
pub mod pinned;
mod program;
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
    /// Format files of Smithy IDL.
    Format(format::Arguments),
    /// Make a folder a project whose services are pinned in model/services.toml.
    Init(init::Arguments),
    /// Take a new version of a pinned model: show what it changes, pin it, regenerate.
    Update(update::Arguments),
    /// Validate Smithy models by the rules of the specification.
    Validate(validate::Arguments),
    /// Put generated crates and the runtime crates that they use into a folder that builds by itself.
    Vendor(vendor::Arguments),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// Fails if the command cannot run to its end.
    pub fn run(&self, program: &Program) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(arguments) => add::run(program, arguments),
            Self::Ast(arguments) => ast::run(arguments),
            Self::Codegen(arguments) => codegen::run(program, arguments),
            Self::Diff(arguments) => diff::run(arguments),
            Self::Format(arguments) => format::run(arguments),
            Self::Init(arguments) => init::run(program, arguments),
            Self::Update(arguments) => update::run(program, arguments),
            Self::Validate(arguments) => validate::run(arguments),
            Self::Vendor(arguments) => vendor::run(program, arguments),
        }
    }
}
