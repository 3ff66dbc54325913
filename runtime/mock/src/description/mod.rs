//! Expectations, faults and the ends of tasks as JSON and YAML describe them: to the control API and in scripts.

mod expectation;
mod fault;
mod fields;
mod script;
mod task;

pub use script::ScriptError;
pub(crate) use script::{add_fault, apply_script};
pub(crate) use task::finish_task;

use std::time::Duration;

use serde_json::Value as Json;
use whitesmith_schema::Operation;

use crate::engine::Engine;
use crate::place::DescriptionError;
use fields::Fields;

/// The longest delay that a description may ask for.
const LONGEST_DELAY: u64 = 600_000;

/// Adds the expectation that a description describes and returns its id.
pub(crate) fn add_expectation(engine: &Engine, description: &Json) -> Result<u64, DescriptionError> {
    let rule = expectation::read(engine, description)?;
    engine.add_rule(rule).ok_or(DescriptionError::TooMany)
}

/// Finds the operation that a description names.
fn operation(engine: &Engine, fields: &Fields<'_>) -> Result<Option<(usize, &'static Operation)>, DescriptionError> {
    let Some(name) = fields.text("operation")? else { return Ok(None) };
    let known = || engine.definition.service.operations.iter().map(|known| known.name);
    let found = engine.operation(&name).ok_or_else(|| fields.at("operation").unknown("operation", &name, known()));
    found.map(Some)
}

fn milliseconds(fields: &Fields<'_>, key: &'static str) -> Result<Option<Duration>, DescriptionError> {
    Ok(fields.integer(key, 0..=LONGEST_DELAY)?.map(Duration::from_millis))
}

/// How many bytes a description takes in memory, about.
fn size(json: &Json) -> usize {
    let below = match json {
        Json::String(text) => text.len(),
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(entries) => entries.iter().map(|(key, value)| key.len() + size(value)).sum(),
        _ => 0,
    };
    size_of::<Json>() + below
}
