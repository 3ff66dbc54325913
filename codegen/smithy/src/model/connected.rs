//! What shapes lead to, through the values of traits too.

use foldhash::HashSet;

use super::Shape;
use super::relations::{ItemIndex, Relation, Relations};
use crate::source::{Node, NodeValue};

/// What can be reached, through references in the values of traits too.
pub(crate) fn connected(relations: &Relations<'_>, roots: impl IntoIterator<Item = ItemIndex>) -> HashSet<ItemIndex> {
    let mut seen = HashSet::default();
    let mut waiting: Vec<ItemIndex> = roots.into_iter().collect();
    while let Some(at) = waiting.pop() {
        if !seen.insert(at) {
            continue;
        }
        let related = relations.forward(at).iter().filter(|(relation, _)| *relation != Relation::Trait);
        waiting.extend(related.map(|(_, to)| *to));
        if let Some(item) = relations.item(at) {
            for (id, value) in item.traits().iter() {
                if let Some(definition) = relations.model().shape(id) {
                    add_references(relations, definition, value, &mut waiting);
                }
            }
        }
    }
    seen
}

/// The shapes that a trait's value names where its shape has `idRef`.
fn add_references(relations: &Relations<'_>, shape: &Shape, value: &Node, found: &mut Vec<ItemIndex>) {
    let model = relations.model();
    match &value.value {
        NodeValue::String(text) if shape.traits.has("smithy.api#idRef") => found.extend(relations.find(text)),
        NodeValue::Array(elements) => {
            let Some(member) = shape.member("member") else { return };
            let Some(target) = model.target(member) else { return };
            for element in elements {
                if member.traits.has("smithy.api#idRef") {
                    found.extend(element.as_str().and_then(|text| relations.find(text)));
                }
                add_references(relations, target, element, found);
            }
        }
        NodeValue::Object(object) => {
            for entry in object {
                let member = shape.member(&entry.key).or_else(|| shape.member("value"));
                let Some(target) = member.and_then(|member| model.target(member)) else { continue };
                if member.is_some_and(|member| member.traits.has("smithy.api#idRef")) {
                    found.extend(entry.value.as_str().and_then(|text| relations.find(text)));
                }
                if let Some(key) = shape.member("key").and_then(|key| model.target(key))
                    && key.traits.has("smithy.api#idRef")
                {
                    found.extend(relations.find(&entry.key));
                }
                add_references(relations, target, &entry.value, found);
            }
        }
        _ => {}
    }
}
