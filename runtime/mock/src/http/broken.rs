//! The end of a connection.

/// A fault closes the connection.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("connection closed by a fault")]
pub(crate) struct Broken;
