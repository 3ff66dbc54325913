//! Shapes without the members that make them what they are.

use std::collections::BTreeMap;

use crate::model::{Event, Shape, ShapeId, ShapeType};

/// Leaves out lists, maps and enums that miss members, with an event for each. Mixins may have brought members, so this
/// comes after them. The members of maps get the order that the specification has.
pub(super) fn check(shapes: &mut BTreeMap<ShapeId, Shape>, events: &mut Vec<Event>) {
    shapes.retain(|id, shape| {
        let problem = match shape.shape_type {
            ShapeType::List | ShapeType::Map => missing_members(shape),
            ShapeType::Enum | ShapeType::IntEnum if shape.members.is_empty() => {
                Some(format!("The {} `{id}` has no values", shape.shape_type.name()))
            }
            _ => None,
        };
        shape.members.sort_by_key(|member| shape.shape_type == ShapeType::Map && &*member.name == "value");
        let complete = problem.is_none();
        events.extend(problem.map(|problem| Event::error("Model", Some(id.clone()), shape.span, problem)));
        complete
    });
}

fn missing_members(shape: &Shape) -> Option<String> {
    let keys = shape.shape_type.member_keys().iter().copied();
    let missing: Vec<&str> = keys.filter(|name| shape.member(name).is_none()).collect();
    let plural = if missing.len() == 1 { "member" } else { "members" };
    (!missing.is_empty()).then(|| format!("Missing required {plural} of shape `{}`: {}", shape.id, missing.join(", ")))
}
