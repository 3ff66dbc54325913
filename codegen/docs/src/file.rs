//! Files to be written.

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path in the crate's folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}
