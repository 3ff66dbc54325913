//! What groups work with.

use crate::workspace::Workspace;

/// The context of a group.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Paths.
    pub workspace: &'a Workspace,
    /// The number of measurements of each item.
    pub rounds: usize,
}
