//! Whether two definitions of a shape say the same.

use super::draft::Definition;
use crate::model::Shape;

/// Compares everything but places and traits: traits are merged apart.
pub(super) fn same(a: &Definition, b: &Definition) -> bool {
    let members = |shape: &Shape| {
        shape.members.iter().map(|member| (member.name.clone(), member.target.clone())).collect::<Vec<_>>()
    };
    a.type_name == b.type_name
        && a.shape.mixins == b.shape.mixins
        && a.shape.details == b.shape.details
        && members(&a.shape) == members(&b.shape)
}
