//! Mentions of shapes: `{ "target": "namespace#Name" }`.

use super::reader::Reader;
use crate::model::{Reference, ShapeId};
use crate::source::{Node, NodeValue};

/// One mention.
pub(super) fn one(reader: &mut Reader<'_>, owner: &ShapeId, key: &str, node: Node) -> Option<Reference> {
    let kind = node.kind();
    let NodeValue::Object(object) = node.value else {
        reader.error(Some(owner), node.span, format!("Expected `{key}` to be an object; found {}", kind.name()));
        return None;
    };
    let mut reference = None;
    let mut additional = Vec::new();
    for entry in object {
        if &*entry.key == "target" {
            reference = Some(target(reader, owner, &entry.value)?);
        } else {
            additional.push((entry.key, entry.key_span));
        }
    }
    reader.warn_additional(Some(owner), &["target"], additional);
    if reference.is_none() {
        reader.error(Some(owner), node.span, "Missing expected member `target`.");
    }
    reference
}

/// The shape that a `target` names.
pub(super) fn target(reader: &mut Reader<'_>, owner: &ShapeId, node: &Node) -> Option<Reference> {
    let Some(text) = node.as_str() else {
        let found = node.kind().name();
        reader.error(Some(owner), node.span, format!("Expected `target` to be a string, but found {found}"));
        return None;
    };
    let target = reader.expect_id(text, Some(owner), node.span)?;
    Some(Reference { target, span: node.span })
}

/// A list of mentions.
pub(super) fn list(reader: &mut Reader<'_>, owner: &ShapeId, node: Node) -> Option<Vec<Reference>> {
    let kind = node.kind();
    let NodeValue::Array(elements) = node.value else {
        reader.error(Some(owner), node.span, format!("Expected an array, but found {}.", kind.name()));
        return None;
    };
    elements.into_iter().map(|element| one(reader, owner, "target", element)).collect()
}
