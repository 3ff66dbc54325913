//! `filterSuppressions`: which suppressions a projection keeps.

use std::collections::BTreeSet;

use super::arguments::Arguments;
use crate::model::{Event, Model, Severity, is_at_or_below, is_suppression_of};
use crate::source::{Node, NodeValue};
use crate::validate::validate;

const SUPPRESS: &str = "smithy.api#suppress";

/// A list of what stays, or of what goes.
struct Filter {
    allowed: BTreeSet<String>,
    denied: BTreeSet<String>,
}

impl Filter {
    fn read(arguments: &Arguments<'_>, kind: &str) -> Result<Self, String> {
        let list = |suffix: &str| {
            arguments.get(&format!("{kind}{suffix}")).into_iter().flat_map(Node::strings).map(str::to_owned).collect()
        };
        let filter: Self = Self { allowed: list("AllowList"), denied: list("DenyList") };
        if !filter.allowed.is_empty() && !filter.denied.is_empty() {
            return Err(format!("`{kind}AllowList` and `{kind}DenyList` exclude each other"));
        }
        Ok(filter)
    }

    fn keeps(&self, value: &str) -> bool {
        (self.allowed.is_empty() || self.allowed.contains(value)) && !self.denied.contains(value)
    }
}

/// Filters the metadata `suppressions` and the `suppress` trait.
pub(super) fn filter(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let ids = Filter::read(arguments, "eventId")?;
    let namespaces = Filter::read(arguments, "namespace")?;
    let suppressed: Option<Vec<Event>> = arguments.flag("removeUnused").then(|| {
        let events = validate(model, Vec::new());
        events.into_iter().filter(|event| event.severity == Severity::Suppressed).collect()
    });
    model.edit_shapes(|shape| {
        let members = shape.members.iter_mut().map(|member| (&member.id, &mut member.traits));
        for (id, traits) in std::iter::once((&shape.id, &mut shape.traits)).chain(members) {
            let Some(value) = traits.get_mut(SUPPRESS) else { continue };
            let NodeValue::Array(values) = &mut value.value else { continue };
            values.retain(|value| {
                let event_id = value.as_str().unwrap_or_default();
                let is_of_shape = |event: &Event| event.shape.as_ref() == Some(id);
                let is_used = suppressed.as_ref().is_none_or(|events| {
                    events.iter().any(|event| is_of_shape(event) && is_at_or_below(&event.id, event_id))
                });
                ids.keeps(event_id) && is_used
            });
            if values.is_empty() {
                traits.remove(SUPPRESS);
            }
        }
    });
    if let Some(node) = model.metadata_mut().get_mut("suppressions")
        && let NodeValue::Array(entries) = &mut node.value
    {
        entries.retain(|entry| {
            let text = |key: &str| entry.get(key).and_then(Node::as_str).unwrap_or_default();
            let is_used =
                suppressed.as_ref().is_none_or(|events| events.iter().any(|event| is_suppression_of(entry, event)));
            ids.keeps(text("id")) && namespaces.keeps(text("namespace")) && is_used
        });
        if arguments.flag("removeReasons") {
            for entry in entries.iter_mut() {
                if let NodeValue::Object(object) = &mut entry.value {
                    object.remove("reason");
                }
            }
        }
    }
    let is_empty = |node: &Node| node.as_array().is_some_and(<[Node]>::is_empty);
    model.metadata_mut().retain(|key, node| &**key != "suppressions" || !is_empty(node));
    Ok(())
}
