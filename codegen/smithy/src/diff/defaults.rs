//! The `default` trait.

use super::change::Side;
use super::differences::{Differences, Pair, TraitChange};
use super::report::Report;
use crate::model::{Member, Model, Severity, ShapeType};
use crate::source::Node;

const ID: &str = "ChangedDefault";
const DEFAULT: &str = "smithy.api#default";

/// `ChangedDefault`
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        let default = pair.trait_changes().into_iter().find(|(id, _)| **id == DEFAULT);
        match default.map(|(_, change)| change) {
            Some(TraitChange::Removed(old)) => removed(differences.new, *pair, old, report),
            Some(TraitChange::Added(new)) => added(*pair, new, report),
            Some(TraitChange::Updated(old, new)) => updated(differences.new, *pair, old, new, report),
            None => {}
        }
    }
}

fn removed(model: &Model, pair: Pair<'_>, old: &Node, report: &mut Report) {
    // A `null` default only takes away the target's default: without one there it said nothing.
    let said_nothing = pair.new.as_member().is_some_and(|member| {
        old.is_null() && model.target(member).is_none_or(|target| target.traits.default_value().is_none())
    });
    if !said_nothing {
        report.add(
            Severity::Error,
            ID,
            pair.new,
            "@default trait was removed. This will break previously generated code.",
        );
    }
}

fn added(pair: Pair<'_>, new: &Node, report: &mut Report) {
    let what = match pair.new.as_member() {
        None => "to a root-level shape",
        Some(member) if !member.traits.has("smithy.api#addedDefault") && !new.is_null() => {
            "to a member without also adding the @addedDefault trait"
        }
        Some(_) => return,
    };
    let message =
        format!("Adding the @default trait {what} will break previously generated code. Added @default: {new}");
    report.add_at(Severity::Error, ID, Some(pair.new.id()), (Side::New, new.span), message);
}

fn updated(model: &Model, pair: Pair<'_>, old: &Node, new: &Node, report: &mut Report) {
    let Some(member) = pair.new.as_member() else {
        let message = format!(
            "Changing the @default value of a root-level shape will break previously generated code. \
             Old value: {old}. New value: {new}"
        );
        report.add_at(Severity::Error, ID, Some(pair.new.id()), (Side::New, new.span), message);
        return;
    };
    let (severity, message) = match (is_zero(model, member, old), is_zero(model, member, new)) {
        (true, false) => (
            Severity::Error,
            format!(
                "The @default trait of this member changed from the zero value of the target shape, `{old}`, to a \
                 value that is not the zero value, `{new}`. This will break previously generated code."
            ),
        ),
        (false, true) => (
            Severity::Error,
            format!(
                "The @default trait of this member changed from something other than the zero value of the target \
                 shape, `{old}`, to the zero value, `{new}`. This will break previously generated code."
            ),
        ),
        _ => (
            Severity::Danger,
            format!(
                "Changing the @default value of a member is dangerous and could break previously generated code or \
                 lead to subtle errors. Do this only when strictly necessary. Old value: {old}. New value: {new}"
            ),
        ),
    };
    report.add_at(severity, ID, Some(&member.id), (Side::New, new.span), message);
}

/// Whether a value is what Smithy 1.0 took for a number or boolean that was not given.
fn is_zero(model: &Model, member: &Member, value: &Node) -> bool {
    let Some(target) = model.target(member) else { return false };
    match target.shape_type {
        ShapeType::Boolean => value.as_bool() == Some(false),
        ShapeType::BigInteger | ShapeType::BigDecimal => false,
        number if number.is_number() => value.as_f64() == Some(0.0),
        _ => false,
    }
}
