//! Mentions of shapes: `{ "target": "namespace#Name" }`.

use super::ast::warn_additional;
use super::draft::Draft;
use crate::model::{Reference, ShapeId};
use crate::source::{Node, NodeValue};

/// One mention.
pub(super) fn one(draft: &mut Draft, owner: &ShapeId, key: &str, node: Node) -> Option<Reference> {
    let kind = node.kind();
    let NodeValue::Object(object) = node.value else {
        draft.error(Some(owner), node.span, format!("Expected `{key}` to be an object; found {}", kind.name()));
        return None;
    };
    let mut reference = None;
    let mut additional = Vec::new();
    for entry in object {
        if &*entry.key == "target" {
            reference = Some(target(draft, owner, &entry.value)?);
        } else {
            additional.push((entry.key, entry.key_span));
        }
    }
    warn_additional(draft, Some(owner), &["target"], additional);
    if reference.is_none() {
        draft.error(Some(owner), node.span, "Missing expected member `target`.");
    }
    reference
}

/// The shape that a `target` names.
pub(super) fn target(draft: &mut Draft, owner: &ShapeId, node: &Node) -> Option<Reference> {
    let Some(text) = node.as_str() else {
        let found = node.kind().name();
        draft.error(Some(owner), node.span, format!("Expected `target` to be a string, but found {found}"));
        return None;
    };
    let target = draft.expect_id(text, Some(owner), node.span)?;
    Some(Reference { target, span: node.span })
}

/// A list of mentions.
pub(super) fn list(draft: &mut Draft, owner: &ShapeId, node: Node) -> Option<Vec<Reference>> {
    let kind = node.kind();
    let NodeValue::Array(elements) = node.value else {
        draft.error(Some(owner), node.span, format!("Expected an array, but found {}.", kind.name()));
        return None;
    };
    elements.into_iter().map(|element| one(draft, owner, "target", element)).collect()
}
