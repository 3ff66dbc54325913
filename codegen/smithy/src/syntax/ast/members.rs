//! The members of shapes.

use super::reader::Reader;
use super::references;
use crate::model::{Member, Shape, Traits, is_identifier};
use crate::source::{Entry, NodeValue};

/// Reads what stands under a key for members; false if the shape cannot be used, which an event says.
pub(super) fn read(reader: &mut Reader<'_>, shape: &mut Shape, entry: Entry) -> bool {
    if &*entry.key != "members" {
        return read_member(reader, shape, entry).is_some();
    }
    let Some(object) = reader.expect_object(&shape.id, "members", entry.value) else { return false };
    shape.members.reserve_exact(object.len());
    object.into_iter().all(|entry| read_member(reader, shape, entry).is_some())
}

fn read_member(reader: &mut Reader<'_>, shape: &mut Shape, entry: Entry) -> Option<()> {
    if !is_identifier(&entry.key) {
        reader.error(Some(&shape.id), entry.key_span, format!("Invalid member name: {}", entry.key));
        return None;
    }
    let id = shape.id.with_member(&entry.key);
    let node = entry.value;
    let kind = node.kind();
    let NodeValue::Object(object) = node.value else {
        reader.error(Some(&shape.id), node.span, format!("Expected object, but found {}.", kind.name()));
        return None;
    };
    let mut target = None;
    let mut additional = Vec::new();
    for field in object {
        match &*field.key {
            "target" => target = Some(references::target(reader, &shape.id, &field.value)?),
            "traits" => reader.read_traits(&shape.id, &id, field.value),
            _ => additional.push((field.key, field.key_span)),
        }
    }
    reader.warn_additional(Some(&id), &["target", "traits"], additional);
    let Some(target) = target else {
        reader.error(Some(&shape.id), node.span, "Missing expected member `target`.");
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
