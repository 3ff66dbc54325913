//! `TraitValidators`: selectors in the definition of a trait that find what is incompatible with it.

use super::context::{Applied, Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, is_namespace};
use crate::source::Node;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (definition, validators) in context.trait_validators() {
        let mut good = true;
        for entry in validators.as_object().into_iter().flatten() {
            if !is_namespace(&entry.key) {
                let applied = Applied { item: Item::Shape(definition), value: validators };
                report.trait_error("TraitValidators", applied, format!("`{}` cannot be the ID of an event", entry.key));
                good = false;
            }
        }
        for applied in context.with_trait(definition.id.as_str()).into_iter().filter(|_| good) {
            for entry in validators.as_object().into_iter().flatten() {
                find_incompatible(context, report, definition, applied, &entry.key, &entry.value);
            }
        }
    }
}

fn find_incompatible(
    context: &Context<'_>,
    report: &mut Report,
    definition: &Shape,
    applied: Applied<'_>,
    id: &str,
    validator: &Node,
) {
    let text = |key| validator.get(key).and_then(Node::as_str);
    let Some(selector) = text("selector").and_then(|selector| context.selector(selector)) else { return };
    let severity = text("severity").and_then(Severity::from_name).unwrap_or(Severity::Error);
    let Some(start) = context.index(applied.item.id()) else { return };
    let Ok(selected) = selector.select_from(context.relations, start) else { return };
    let suffix = text("message").map_or_else(String::new, |message| format!(": {message}"));
    for item in selected.into_iter().filter_map(|at| context.relations.item(at)) {
        let message = format!("This does not go with the trait `{}` on `{}`{suffix}", definition.id, applied.item.id());
        report.add(severity, id, item, message);
    }
}
