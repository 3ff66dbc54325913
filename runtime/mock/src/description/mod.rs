//! Expectations, faults and the ends of tasks as JSON and YAML describe them: to the control API and in scripts.

mod exchange;
mod expectation;
mod fault;
mod fields;
mod parts;
mod script;
mod task;

pub use script::ScriptError;
pub(crate) use script::{add_fault, apply_script};
pub(crate) use task::finish_task;

use serde_json::Value as Json;

use crate::engine::Engine;
use crate::place::DescriptionError;

/// Adds the expectation that a description describes and returns its id.
pub(crate) fn add_expectation(engine: &Engine, description: &Json) -> Result<u64, DescriptionError> {
    let rule = expectation::read(engine, description)?;
    engine.add_rule(rule).ok_or(DescriptionError::TooMany)
}
