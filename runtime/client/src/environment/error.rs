//! Errors of settings.

/// Error of a setting: a file cannot be read, a profile is unknown, or a value is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(pub(super) String);
