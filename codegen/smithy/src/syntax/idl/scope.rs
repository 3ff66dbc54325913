//! The names that a file's relative names can mean.

use foldhash::HashSet;

use crate::model::ShapeId;

/// The names that relative shape IDs can mean besides those of their own namespace.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Shapes of the prelude.
    pub(crate) prelude: HashSet<&'a str>,
    /// Shapes of other namespaces that have the name of a shape of the prelude, and hide it in their namespace.
    pub(crate) hiding: HashSet<ShapeId>,
}
