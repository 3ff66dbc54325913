//! What ends a run other than well: one type, with the exit status and the facts that an error report shows.

use whitesmith_schema::ValueMap;

/// Why a run ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Its kind, from which the exit status follows.
    pub kind: FailureKind,
    /// What is wrong, in a sentence or more.
    pub message: String,
    /// Further members of a service's error.
    pub members: ValueMap,
}

/// Kinds of failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// An option or parameter is wrong.
    Usage,
    /// There are words that no option takes. Reported as plain text whatever the error format.
    UnknownOptions,
    /// The configuration is wrong or lacks something; the code to show.
    Configuration(&'static str),
    /// The service answered with an error.
    Service {
        /// The error's code.
        code: String,
    },
    /// Anything else. Reported as plain text whatever the error format.
    General,
    /// The user has interrupted the run.
    Interrupted,
}

impl Failure {
    fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), members: ValueMap::new() }
    }

    /// An option or parameter is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Usage, message)
    }

    /// The value of an option is wrong.
    pub fn option(flag: &str, message: impl std::fmt::Display) -> Self {
        Self::usage(format!("{flag} cannot be used as it is given: {message}"))
    }

    /// There are words that no option takes.
    pub fn unknown_options(message: impl Into<String>) -> Self {
        Self::new(FailureKind::UnknownOptions, message)
    }

    /// The configuration is wrong or lacks something.
    pub fn configuration(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FailureKind::Configuration(code), message)
    }

    /// The service answered with an error.
    pub fn service(code: impl Into<String>, message: impl Into<String>, members: ValueMap) -> Self {
        Self { kind: FailureKind::Service { code: code.into() }, message: message.into(), members }
    }

    /// Anything else.
    pub fn general(message: impl Into<String>) -> Self {
        Self::new(FailureKind::General, message)
    }

    /// The user has interrupted the run.
    pub fn interrupted() -> Self {
        Self::new(FailureKind::Interrupted, "")
    }

    /// The process's exit status, as the AWS CLI has them.
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
