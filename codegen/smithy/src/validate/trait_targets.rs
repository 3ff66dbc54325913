//! `TraitTarget`: traits stand only where their selector says. `TraitConflict`: and not beside traits that exclude them.

use std::collections::BTreeMap;

use super::context::{Context, Report, trait_name};
use crate::model::relations::Item;
use crate::model::{Event, Severity, ShapeId};
use crate::source::Node;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for id in context.applied_traits() {
        let Some(definition) = context.model().shape_named(id) else { continue };
        if definition.traits.is_mixin() {
            for applied in context.with_trait(id) {
                let message = format!("`{}` is a mixin and cannot be applied as a trait", trait_name(id));
                report.trait_error("TraitTarget", applied, message);
            }
        }
        let selector = definition.traits.get("smithy.api#trait").and_then(|definition| definition.get("selector"));
        let Some(text) = selector.and_then(Node::as_str).filter(|text| text.trim() != "*") else { continue };
        let Some(selector) = context.selector(text) else { continue };
        for applied in context.with_trait(id) {
            let Some(at) = context.index(applied.item.id()) else { continue };
            match context.selects(&selector, at) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => {
                    report.error("TraitTarget", definition, error.to_string());
                    break;
                }
            }
            let message = format!(
                "The trait `{}` cannot be applied to `{}`: it is only for shapes that match the selector {}",
                trait_name(id),
                applied.item.id(),
                one_line(text)
            );
            report.trait_error("TraitTarget", applied, message);
        }
    }
}

fn one_line(selector: &str) -> String {
    selector.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn check_conflicts(context: &Context<'_>, report: &mut Report) {
    let mut found: BTreeMap<&ShapeId, (Item<'_>, Vec<String>)> = BTreeMap::new();
    for (definition, value) in context.trait_definitions() {
        let Some(conflicts) = value.get("conflicts") else { continue };
        for applied in context.with_trait(definition.id.as_str()) {
            for conflict in conflicts.strings() {
                let conflict =
                    if conflict.contains('#') { conflict.to_owned() } else { format!("smithy.api#{conflict}") };
                if applied.item.traits().has(&conflict) {
                    let pair = format!("`{}` with `{}`", trait_name(definition.id.as_str()), trait_name(&conflict));
                    found.entry(applied.item.id()).or_insert((applied.item, Vec::new())).1.push(pair);
                }
            }
        }
    }
    for (id, (item, mut pairs)) in found {
        pairs.sort_unstable();
        report.push(Event {
            severity: Severity::Error,
            id: "TraitConflict".to_owned(),
            shape: Some(id.clone()),
            message: format!("Traits of this {} exclude each other: {}", item.type_name(), pairs.join(", ")),
            span: item.span(),
        });
    }
}
