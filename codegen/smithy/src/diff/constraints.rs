//! Constraints that became narrower.

use super::differences::Differences;
use super::report::Report;
use crate::model::Severity;
use crate::source::{Node, Number};

/// `ChangedLengthTrait`: a raised `min` (absent is 0) or a lowered `max`.
pub(super) fn length(differences: &Differences<'_>, report: &mut Report) {
    bounds(differences, report, "smithy.api#length", "ChangedLengthTrait");
}

/// `ChangedRangeTrait`: the same of `range`.
pub(super) fn range(differences: &Differences<'_>, report: &mut Report) {
    bounds(differences, report, "smithy.api#range", "ChangedRangeTrait");
}

fn bounds(differences: &Differences<'_>, report: &mut Report, trait_id: &str, event_id: &str) {
    for pair in &differences.changed {
        let (Some(old), Some(new)) = (pair.old.traits().get(trait_id), pair.new.traits().get(trait_id)) else {
            continue;
        };
        let zero = Number::Integer(0);
        let old_min = bound(old, "min").unwrap_or(&zero);
        let new_min = bound(new, "min").unwrap_or(&zero);
        if is_less(old_min, new_min) {
            let message = format!(
                "{trait_id} trait value `min` was made more restrictive by raising from {old_min} to {new_min}"
            );
            report.add(Severity::Error, event_id, pair.new, message);
        }
        let Some(new_max) = bound(new, "max") else { continue };
        let old_max = bound(old, "max");
        if old_max.is_none_or(|old_max| is_less(new_max, old_max)) {
            let old_max = old_max.map_or_else(|| "null".to_owned(), ToString::to_string);
            let message = format!(
                "{trait_id} trait value `max` was made more restrictive by lowering from {old_max} to {new_max}"
            );
            report.add(Severity::Error, event_id, pair.new, message);
        }
    }
}

fn bound<'a>(value: &'a Node, name: &str) -> Option<&'a Number> {
    value.get(name).and_then(Node::as_number)
}

/// Whole numbers are compared exactly; others as the doubles that they stand for.
fn is_less(left: &Number, right: &Number) -> bool {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => left < right,
        _ => left.as_f64() < right.as_f64(),
    }
}
