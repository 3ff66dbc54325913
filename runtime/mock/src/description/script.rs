//! A script: expectations and faults in a file.

use serde::Deserialize;

use super::{DescriptionError, ExpectationText, FaultText};
use crate::engine::Engine;

/// A script that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// It is no YAML, or has a key that there is none of. The message says where.
    #[error("the script cannot be read: {0}")]
    Syntax(String),
    /// An expectation does not fit the service.
    #[error("expectation {number}: {error}")]
    Expectation {
        /// Which, from 1.
        number: usize,
        /// What is wrong.
        error: DescriptionError,
    },
    /// A fault does not fit the service.
    #[error("fault {number}: {error}")]
    Fault {
        /// Which, from 1.
        number: usize,
        /// What is wrong.
        error: DescriptionError,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ScriptText {
    expectations: Vec<ExpectationText>,
    faults: Vec<FaultText>,
}

impl ScriptText {
    /// Reads a script, which is YAML and so may be JSON.
    pub(crate) fn read(text: &str) -> Result<Self, ScriptError> {
        serde_saphyr::from_str(text).map_err(|error| ScriptError::Syntax(error.to_string()))
    }

    /// Adds everything that it describes.
    pub(crate) fn apply(self, engine: &Engine) -> Result<(), ScriptError> {
        for (index, text) in self.expectations.into_iter().enumerate() {
            let failed = |error| ScriptError::Expectation { number: index + 1, error };
            let rule = text.into_rule(engine).map_err(failed)?;
            engine.rules().add(rule).ok_or(DescriptionError::TooMany).map_err(failed)?;
        }
        for (index, text) in self.faults.into_iter().enumerate() {
            let failed = |error| ScriptError::Fault { number: index + 1, error };
            let fault = text.into_fault(engine).map_err(failed)?;
            engine.faults().add(fault).ok_or(DescriptionError::TooMany).map_err(failed)?;
        }
        Ok(())
    }
}
