//! Why a run fails: one type with the exit status and the facts that an error report shows.

use whitesmith_schema::ValueMap;

/// Stands in for a sensitive value.
pub const REDACTED: &str = "*** redacted ***";

/// A failed run.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Its kind, from which the exit status follows.
    pub kind: FailureKind,
    /// What is wrong.
    pub message: String,
    /// Further members of a service's error.
    pub members: ValueMap,
}

/// Kinds of failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// An option or parameter is invalid.
    Usage,
    /// Unknown options or arguments. Always reported as plain text.
    UnknownOptions,
    /// The configuration is invalid or incomplete; the code to show.
    Configuration(&'static str),
    /// The service returned an error.
    Service {
        /// The error's code.
        code: String,
    },
    /// Anything else. Always reported as plain text.
    General,
    /// The user interrupted the run.
    Interrupted,
}

impl Failure {
    fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), members: ValueMap::new() }
    }

    /// Creates a usage error: an option or parameter is invalid.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Usage, message)
    }

    /// Creates a usage error for the value of an option.
    pub fn option(flag: &str, message: impl std::fmt::Display) -> Self {
        Self::usage(format!("invalid value for {flag}: {message}"))
    }

    /// Creates an error for unknown options or arguments.
    pub fn unknown_options(message: impl Into<String>) -> Self {
        Self::new(FailureKind::UnknownOptions, message)
    }

    /// Creates a configuration error.
    pub fn configuration(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FailureKind::Configuration(code), message)
    }

    /// The service returned an error.
    pub fn service(code: impl Into<String>, message: impl Into<String>, members: ValueMap) -> Self {
        Self { kind: FailureKind::Service { code: code.into() }, message: message.into(), members }
    }

    /// Anything else.
    pub fn general(message: impl Into<String>) -> Self {
        Self::new(FailureKind::General, message)
    }

    /// The user interrupted the run.
    pub fn interrupted() -> Self {
        Self::new(FailureKind::Interrupted, "")
    }

    /// Returns the process's exit status, which is the AWS CLI's.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            FailureKind::Usage | FailureKind::UnknownOptions => 252,
            FailureKind::Configuration(_) => 253,
            FailureKind::Service { .. } => 254,
            FailureKind::General => 255,
            FailureKind::Interrupted => 130,
        }
    }
}
