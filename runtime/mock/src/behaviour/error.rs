//! Errors of behaviour files.

/// A behaviour file that is invalid or does not match its service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BehaviourError {
    /// It is not TOML, or has an unknown key. The message says where.
    #[error("invalid behaviour file: {0}")]
    Syntax(String),
    /// A name is not in the model.
    #[error("{at}: unknown {what} `{name}`: expected one of {known}")]
    Unknown {
        /// The table and key.
        at: String,
        /// The kind of name.
        what: &'static str,
        /// The name.
        name: String,
        /// The known names.
        known: String,
    },
    /// A value is invalid.
    #[error("{at}: {reason}")]
    Invalid {
        /// The table and key.
        at: String,
        /// What is wrong.
        reason: String,
    },
}
