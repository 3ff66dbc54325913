//! What can be wrong with a behaviour file.

/// A behaviour file that cannot be used with its service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BehaviourError {
    /// It is no TOML, or has a key that there is none of. The message says where.
    #[error("the behaviour file cannot be read: {0}")]
    Syntax(String),
    /// The service has nothing of that name.
    #[error("{at}: {what} `{name}` is not in the model; there are: {known}")]
    Unknown {
        /// The table and key.
        at: String,
        /// What was looked for.
        what: &'static str,
        /// Its name.
        name: String,
        /// What there is.
        known: String,
    },
    /// A value that does not fit.
    #[error("{at}: {reason}")]
    Invalid {
        /// The table and key.
        at: String,
        /// What is wrong, and what would be right.
        reason: String,
    },
}
