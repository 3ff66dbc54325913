//! A difference of two models.

use crate::model::{Event, ShapeId};

/// One of the two models that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The model that is there already.
    Old,
    /// The model that is to take its place.
    New,
}

/// One difference, and what it means for those who use the old model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The finding. Its span lies in the sources of the model of `side`.
    pub event: Event,
    /// The model that the event's place belongs to.
    pub side: Side,
    /// The operation or resource that was bound to the event's shape, or unbound from it; `None` for other events.
    pub binding: Option<ShapeId>,
}

impl Change {
    /// Whether users of the old model may break (severity `DANGER` or `ERROR`).
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.event.severity.is_failure()
    }
}
