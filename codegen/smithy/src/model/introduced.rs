//! What a shape with mixins states itself.

use std::collections::BTreeMap;

use super::{Details, ShapeId};

/// What a shape with mixins states itself, beside what it inherits. [`Shape`](super::Shape) has both.
#[derive(Clone, Debug)]
pub struct Introduced {
    /// The traits of the shape that are not inherited.
    pub traits: Vec<ShapeId>,
    /// The properties that are not inherited.
    pub details: Details,
    /// The traits of inherited members that are not inherited, by the member's name.
    pub members: BTreeMap<Box<str>, Vec<ShapeId>>,
}
