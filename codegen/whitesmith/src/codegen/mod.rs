//! `codegen`: from models to crates.

mod arguments;
mod check;
mod pinned_services;
mod standalone_models;
mod timings;

use anyhow::Context as _;
use whitesmith_rust::{Generated, Settings, generate};
use whitesmith_smithy::model::Model;
use whitesmith_smithy::source::{Level, render};

use crate::{Outcome, Program};

pub use arguments::Arguments;
pub use pinned_services::Regeneration;

/// Runs the command. The check fails if something that should be generated is not there as it should be.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.out {
        Some(out) => standalone_models::generate_standalone(program, out, arguments),
        None => pinned_services::generate_pinned(program, arguments),
    }
}

/// Generates; an error about a place in the model shows it.
fn generate_from(model: &Model, settings: &Settings, name: &str) -> anyhow::Result<Generated> {
    let generated = generate(model, settings).map_err(|error| match error.span() {
        Some(span) => {
            let title = error.to_string();
            anyhow::anyhow!("invalid model\n{}", render(model.sources(), Level::Error, None, &title, span))
        }
        None => error.into(),
    });
    generated.with_context(|| name.to_owned())
}
