//! The members of shapes.

use super::ast::{Reader, warn_additional};
use super::references;
use crate::model::{Member, Shape, ShapeType, Traits, is_identifier};
use crate::source::{Entry, NodeValue};

/// The keys under which a type has its members.
pub(super) fn keys(shape_type: ShapeType) -> &'static [&'static str] {
    match shape_type {
        ShapeType::List => &["member"],
        ShapeType::Map => &["key", "value"],
        ShapeType::Structure | ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum => &["members"],
        _ => &[],
    }
}

/// Whether a type has members under a key.
pub(super) fn holds_members(shape_type: ShapeType, key: &str) -> bool {
    keys(shape_type).contains(&key)
}

/// Reads what stands under one of [`keys`]; false if the shape cannot be used, which an event says.
pub(super) fn read(reader: &mut Reader<'_>, shape: &mut Shape, entry: Entry) -> bool {
    if &*entry.key != "members" {
        return read_member(reader, shape, entry).is_some();
    }
    let Some(object) = reader.expect_object("members", entry.value) else { return false };
    shape.members.reserve_exact(object.len());
    object.into_iter().all(|entry| read_member(reader, shape, entry).is_some())
}

fn read_member(reader: &mut Reader<'_>, shape: &mut Shape, entry: Entry) -> Option<()> {
    if !is_identifier(&entry.key) {
        reader.error(entry.key_span, format!("Invalid member name: {}", entry.key));
        return None;
    }
    let id = shape.id.with_member(&entry.key);
    let node = entry.value;
    let kind = node.kind();
    let NodeValue::Object(object) = node.value else {
        reader.error(node.span, format!("Expected object, but found {}.", kind.name()));
        return None;
    };
    let mut target = None;
    let mut additional = Vec::new();
    for field in object {
        match &*field.key {
            "target" => target = Some(references::target(reader.draft, &shape.id, &field.value)?),
            "traits" => reader.read_traits_of(&id, field.value),
            _ => additional.push((field.key, field.key_span)),
        }
    }
    warn_additional(reader.draft, Some(&id), &["target", "traits"], additional);
    let Some(target) = target else {
        reader.error(node.span, "Missing expected member `target`.");
        return None;
    };
    shape.members.push(Member {
        id,
        name: entry.key,
        target: target.target,
        traits: Traits::default(),
        span: entry.key_span,
        target_span: target.span,
        mixins: Vec::new(),
    });
    Some(())
}
