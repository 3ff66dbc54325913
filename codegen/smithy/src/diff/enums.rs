//! The values of enums, whether they stand in an enum shape or in the `enum` trait of 1.0.

use super::change::Side;
use super::differences::{Differences, Pair};
use super::report::Report;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::{Node, Span};

const ENUM: &str = "smithy.api#enum";

struct Value<'a> {
    value: &'a str,
    name: Option<&'a str>,
}

/// The values of one side, and the place to point at.
struct Values<'a> {
    list: Vec<Value<'a>>,
    span: Span,
}

/// `ChangedEnumTrait`: values removed, renamed, or put before the end.
pub(super) fn values(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        let Some((old_shape, new_shape)) = pair.shapes() else { continue };
        // An enum shape that became a string is a change of its type, which is worse.
        if old_shape.shape_type == ShapeType::Enum && new_shape.shape_type != ShapeType::Enum {
            continue;
        }
        if let (Some(old), Some(new)) = (values_of(old_shape), values_of(new_shape)) {
            removed_or_renamed(*pair, &old, &new, report);
            added(*pair, &old, &new, report);
        }
    }
}

fn removed_or_renamed(pair: Pair<'_>, old: &Values<'_>, new: &Values<'_>, report: &mut Report) {
    for (at, before) in old.list.iter().enumerate() {
        let Some(after) = new.list.iter().find(|after| after.value == before.value) else {
            let id = format!("ChangedEnumTrait.Removed.{at}");
            let message = format!("Enum value `{}` was removed", before.value);
            report.add_at(Severity::Error, &id, Some(pair.new.id()), (Side::Old, old.span), message);
            continue;
        };
        if after.name != before.name {
            let id = format!("ChangedEnumTrait.NameChanged.{at}");
            let message = format!(
                "Enum `name` changed from `{}` to `{}` for the `{}` value",
                before.name.unwrap_or("null"),
                after.name.unwrap_or("null"),
                before.value
            );
            report.add(Severity::Error, &id, pair.new, message);
        }
    }
}

fn added(pair: Pair<'_>, old: &Values<'_>, new: &Values<'_>, report: &mut Report) {
    let still_there = old.list.iter().filter(|before| new.list.iter().any(|after| after.value == before.value));
    // How many values must have passed before a new one counts as appended.
    let mut end = still_there.count();
    for (at, after) in new.list.iter().enumerate() {
        if old.list.iter().any(|before| before.value == after.value) {
            continue;
        }
        if at < end {
            end += 1;
            let id = format!("ChangedEnumTrait.OrderChanged.{at}");
            let message = format!(
                "Enum value `{}` was inserted before the end of the list of existing values. This can cause \
                 compatibility issues when ordinal values are used for iteration, serialization, etc.",
                after.value
            );
            report.add_at(Severity::Error, &id, Some(pair.new.id()), (Side::Old, old.span), message);
        } else {
            let id = format!("ChangedEnumTrait.Appended.{at}");
            let message = format!("Enum value `{}` was appended", after.value);
            report.add_at(Severity::Note, &id, Some(pair.new.id()), (Side::New, new.span), message);
        }
    }
}

fn values_of(shape: &Shape) -> Option<Values<'_>> {
    if shape.shape_type == ShapeType::Enum {
        let list = shape.members.iter().map(|member| Value {
            value: member.traits.enum_value().and_then(Node::as_str).unwrap_or(&member.name),
            name: Some(&member.name),
        });
        return Some(Values { list: list.collect(), span: shape.span });
    }
    let definitions = shape.traits.get(ENUM)?;
    let list = definitions.as_array()?.iter().filter_map(|definition| {
        let value = definition.get("value")?.as_str()?;
        Some(Value { value, name: definition.get("name").and_then(Node::as_str) })
    });
    Some(Values { list: list.collect(), span: definitions.span })
}
