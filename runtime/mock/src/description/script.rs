//! A script: expectations and faults in a file.

use serde_json::Value as Json;

use super::fields::Fields;
use super::{add_expectation, fault};
use crate::engine::Engine;
use crate::place::{At, DescriptionError};

/// A script that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// It is not YAML. The message says where.
    #[error("invalid YAML: {0}")]
    Syntax(String),
    /// It is not a script.
    #[error("invalid script: {0}")]
    Script(DescriptionError),
    /// An expectation is invalid.
    #[error("expectation {number}: {error}")]
    Expectation {
        /// Its place in the list, from 1.
        number: usize,
        /// What is wrong.
        error: DescriptionError,
    },
    /// A fault is invalid.
    #[error("fault {number}: {error}")]
    Fault {
        /// Its place in the list, from 1.
        number: usize,
        /// What is wrong.
        error: DescriptionError,
    },
}

/// Adds the expectations and faults of a script, which is YAML and so may be JSON.
pub(crate) fn apply_script(engine: &Engine, text: &str) -> Result<(), ScriptError> {
    let script: Json = serde_saphyr::from_str(text).map_err(|error| ScriptError::Syntax(error.to_string()))?;
    if script.is_null() {
        return Ok(());
    }
    let fields = Fields::open(&script, At::TOP, &["expectations", "faults"]).map_err(ScriptError::Script)?;
    let list = |key: &str| match fields.get(key) {
        None => Ok([].as_slice()),
        Some(Json::Array(list)) => Ok(list.as_slice()),
        Some(_) => Err(ScriptError::Script(fields.at(key).invalid("expected a list"))),
    };
    for (index, json) in list("expectations")?.iter().enumerate() {
        let failed = |error| ScriptError::Expectation { number: index + 1, error };
        add_expectation(engine, json).map_err(failed)?;
    }
    for (index, json) in list("faults")?.iter().enumerate() {
        add_fault(engine, json).map_err(|error| ScriptError::Fault { number: index + 1, error })?;
    }
    Ok(())
}

/// Adds the fault that a description describes and returns its id.
pub(crate) fn add_fault(engine: &Engine, description: &Json) -> Result<u64, DescriptionError> {
    let fault = fault::read(engine, description)?;
    engine.faults().add(fault).ok_or(DescriptionError::TooMany)
}
