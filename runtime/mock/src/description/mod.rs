//! Expectations and faults as JSON and YAML describe them: to the control API, and in scripts.

mod expectation;
mod fault;
mod script;

pub(crate) use expectation::ExpectationText;
pub(crate) use fault::FaultText;
pub use script::ScriptError;
pub(crate) use script::ScriptText;

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use whitesmith_schema::Operation;

use crate::engine::Engine;

/// A description that does not fit the service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DescriptionError {
    /// The service has no such operation.
    #[error("there is no operation `{name}`; there are: {known}")]
    UnknownOperation {
        /// Its name.
        name: String,
        /// What there is.
        known: String,
    },
    /// It cannot be without an operation.
    #[error("`{0}` needs an `operation`")]
    NeedsOperation(&'static str),
    /// The operation has no tasks.
    #[error("the behaviour file gives the operation `{0}` no tasks")]
    NoTasks(&'static str),
    /// There is no such state of a task.
    #[error("`{0}` is no final state of a task")]
    UnknownState(String),
    /// The members do not fit the shape.
    #[error("the members do not fit {shape}: {reason}")]
    Members {
        /// The shape's name.
        shape: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// There are too many already.
    #[error("there are too many of them already")]
    TooMany,
}

/// The operation that a description names.
fn operation(engine: &Engine, name: Option<&str>) -> Result<Option<(usize, &'static Operation)>, DescriptionError> {
    let Some(name) = name else { return Ok(None) };
    match engine.operation(name) {
        Some(found) => Ok(Some(found)),
        None => {
            let known = engine.definition.service.operations.iter().map(|known| known.name);
            let known = known.collect::<Vec<_>>().join(", ");
            Err(DescriptionError::UnknownOperation { name: name.to_owned(), known })
        }
    }
}

/// A number of milliseconds, at most those of ten minutes.
fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    const MOST: u64 = 600_000;
    match u64::deserialize(deserializer)? {
        ms @ ..=MOST => Ok(Duration::from_millis(ms)),
        ms => Err(serde::de::Error::custom(format!("{ms} ms are more than the greatest delay of {MOST} ms"))),
    }
}

fn optional_milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    milliseconds(deserializer).map(Some)
}
