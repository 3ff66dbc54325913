//! `codegen`: from models to crates.

mod arguments;
mod check;
mod pinned_services;
mod standalone_models;
mod timings;

use crate::{Outcome, Program};

pub use arguments::Arguments;
pub use pinned_services::Regeneration;

/// Runs the command. The check fails if a generated file is missing, out of date or edited.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.out {
        Some(out) => standalone_models::generate_standalone(program, out, arguments),
        None => pinned_services::generate_pinned(program, arguments),
    }
}
