//! Shapes without the members that make them what they are.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::model::{Event, Shape, ShapeId, ShapeType};

/// Leaves out definitions without mixins that miss members, with an event for each: others cannot mix them in.
pub(super) fn check_plain(draft: &mut Draft) {
    let events = &mut draft.events;
    draft.definitions.retain(|_, definition| {
        let shape = &definition.shape;
        let problem = if shape.mixins.is_empty() { problem(shape) } else { None };
        let complete = problem.is_none();
        events.extend(problem);
        complete
    });
}

/// Leaves out lists, maps and enums that miss members, with an event for each. Mixins may have brought members, so this
/// comes after them. The members of maps get the order that the specification has.
pub(super) fn check(shapes: &mut BTreeMap<ShapeId, Shape>, events: &mut Vec<Event>) {
    shapes.retain(|_, shape| {
        let problem = problem(shape);
        shape.members.sort_by_key(|member| shape.shape_type == ShapeType::Map && &*member.name == "value");
        let complete = problem.is_none();
        events.extend(problem);
        complete
    });
}

/// What a shape misses.
fn problem(shape: &Shape) -> Option<Event> {
    let problem = match shape.shape_type {
        ShapeType::List | ShapeType::Map => missing_members(shape),
        ShapeType::Enum | ShapeType::IntEnum if shape.members.is_empty() => {
            Some(format!("The {} `{}` has no values", shape.shape_type.name(), shape.id))
        }
        _ => None,
    };
    problem.map(|problem| Event::error("Model", Some(shape.id.clone()), shape.span, problem))
}

fn missing_members(shape: &Shape) -> Option<String> {
    let keys = shape.shape_type.member_keys().iter().copied();
    let missing: Vec<&str> = keys.filter(|name| shape.member(name).is_none()).collect();
    let plural = if missing.len() == 1 { "member" } else { "members" };
    (!missing.is_empty()).then(|| format!("Missing required {plural} of shape `{}`: {}", shape.id, missing.join(", ")))
}
