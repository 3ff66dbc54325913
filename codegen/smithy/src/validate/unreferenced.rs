//! `UnreferencedShape`: shapes that nothing leads to.

use std::collections::HashSet;

use super::configuration::{ConfiguredValidator, Problem, selector};
use super::context::{Context, Report};
use crate::model::relations::{Item, ItemIndex, Relation};
use crate::model::{Severity, Shape};
use crate::select::Selector;
use crate::source::{Node, NodeValue};

/// The validator with the selector of the roots.
pub(super) struct Unreferenced {
    roots: Selector,
}

impl Unreferenced {
    pub(super) fn create(configuration: &Node) -> Result<Box<dyn ConfiguredValidator>, Problem> {
        for entry in configuration.as_object().into_iter().flatten() {
            if &*entry.key != "rootShapeSelector" {
                return Err((entry.key_span, format!("there is no property `{}`", entry.key)));
            }
        }
        let roots = match selector(configuration, "rootShapeSelector")? {
            Some(roots) => roots,
            None => Selector::parse("service").map_err(|error| (configuration.span, error.to_string()))?,
        };
        Ok(Box::new(Self { roots }))
    }
}

impl ConfiguredValidator for Unreferenced {
    fn check(&self, context: &Context<'_>, report: &mut Report) {
        let Ok(roots) = context.select(&self.roots) else { return };
        let defines = |shape: &&Shape| shape.traits.is_trait_definition() || shape.traits.has("smithy.api#metadata");
        let definitions = context.model().shapes().filter(defines).filter_map(|shape| context.index(&shape.id));
        let connected = connected(context, roots.iter().copied().chain(definitions));
        for (at, item) in context.own_items() {
            if matches!(item, Item::Shape(_)) && !connected.contains(&at) {
                let message = format!("Nothing selected by `{}` leads to this shape", self.roots.text());
                report.add(Severity::Note, "UnreferencedShape", item, message);
            }
        }
    }
}

/// What can be reached, through references in the values of traits too.
fn connected(context: &Context<'_>, roots: impl Iterator<Item = ItemIndex>) -> HashSet<ItemIndex> {
    let mut seen = HashSet::new();
    let mut waiting: Vec<ItemIndex> = roots.collect();
    while let Some(at) = waiting.pop() {
        if !seen.insert(at) {
            continue;
        }
        let related = context.relations.forward(at).iter().filter(|(relation, _)| *relation != Relation::Trait);
        waiting.extend(related.map(|(_, to)| *to));
        if let Some(item) = context.relations.item(at) {
            for (id, value) in item.traits().iter() {
                if let Some(definition) = context.model().shape(id) {
                    add_references(context, definition, value, &mut waiting);
                }
            }
        }
    }
    seen
}

/// The shapes that a trait's value names where its shape has `idRef`.
fn add_references(context: &Context<'_>, shape: &Shape, value: &Node, found: &mut Vec<ItemIndex>) {
    let model = context.model();
    match &value.value {
        NodeValue::String(text) if shape.traits.has("smithy.api#idRef") => found.extend(context.relations.find(text)),
        NodeValue::Array(elements) => {
            let Some(member) = shape.member("member") else { return };
            let Some(target) = model.target(member) else { return };
            for element in elements {
                if member.traits.has("smithy.api#idRef") {
                    found.extend(element.as_str().and_then(|text| context.relations.find(text)));
                }
                add_references(context, target, element, found);
            }
        }
        NodeValue::Object(object) => {
            for entry in object {
                let member = shape.member(&entry.key).or_else(|| shape.member("value"));
                let Some(target) = member.and_then(|member| model.target(member)) else { continue };
                if member.is_some_and(|member| member.traits.has("smithy.api#idRef")) {
                    found.extend(entry.value.as_str().and_then(|text| context.relations.find(text)));
                }
                if let Some(key) = shape.member("key").and_then(|key| model.target(key))
                    && key.traits.has("smithy.api#idRef")
                {
                    found.extend(context.relations.find(&entry.key));
                }
                add_references(context, target, &entry.value, found);
            }
        }
        _ => {}
    }
}
