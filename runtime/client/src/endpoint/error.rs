//! Errors of endpoint resolution.

/// Error of endpoint resolution: what the rule set says against the parameters, or why its endpoint is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no endpoint: {0}")]
pub struct EndpointError(pub String);

impl EndpointError {
    /// Creates an error with the message of an error rule.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Creates the error for a required parameter that is not set.
    pub fn missing(parameter: &str) -> Self {
        Self(format!("missing endpoint parameter {parameter}"))
    }

    /// Creates the error for parameters that no rule matches.
    pub fn no_rule() -> Self {
        Self("no endpoint rule matches the parameters".into())
    }
}
