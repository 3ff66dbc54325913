//! The differences of two models, judged as the reference implementation's `smithy diff` judges them: the same severities,
//! event IDs, shapes and messages, so that a team may change from one tool to the other.

mod applied_traits;
mod bindings;
mod breaking_traits;
mod change;
mod constraints;
mod defaults;
mod differences;
mod enums;
mod json;
mod members;
mod metadata;
mod nullability;
mod operations;
mod renames;
mod report;
mod scope;
mod shapes;
mod signing;
mod targets;
mod trait_definitions;

pub use change::{Change, Side};
pub use scope::Scope;

use self::differences::Differences;
use self::report::Report;
use crate::model::{Model, Suppressions};

type Evaluator = fn(&Differences<'_>, &mut Report);

/// Every evaluator, in the order in which the reference implementation registers them: where a message lists the
/// differences of two targets, they stand in this order.
const EVALUATORS: [Evaluator; 30] = [
    bindings::added,
    metadata::added,
    operations::added_errors,
    members::added_required,
    operations::added_service_errors,
    shapes::added,
    trait_definitions::added,
    defaults::changed,
    enums::values,
    constraints::length,
    members::order,
    targets::changed,
    metadata::changed,
    nullability::changed,
    operations::input,
    operations::output,
    constraints::range,
    bindings::identifiers,
    shapes::changed_type,
    applied_traits::changed,
    bindings::removed,
    metadata::removed,
    operations::removed_errors,
    operations::removed_service_errors,
    shapes::removed,
    trait_definitions::removed,
    renames::changed,
    breaking_traits::changed,
    signing::modeled,
    signing::of_endpoints,
];

/// Compares two models. Both should have been loaded with [`super::assemble`], which leaves them as they are written.
///
/// The changes are ordered by shape, then by severity, the worst first, then by event ID and message.
#[must_use]
pub fn diff(old: &Model, new: &Model) -> Vec<Change> {
    let mut changes = evaluate(&Differences::detect(old, new, evaluate));
    changes.sort_by(|left, right| {
        let (left, right) = (&left.event, &right.event);
        let weight = right.severity.cmp(&left.severity);
        let rest = || (&left.id, &left.message).cmp(&(&right.id, &right.message));
        left.shape.cmp(&right.shape).then(weight).then_with(rest)
    });
    changes.dedup();
    changes
}

/// Runs every evaluator.
fn evaluate(differences: &Differences<'_>) -> Vec<Change> {
    let mut report = Report::default();
    for evaluator in EVALUATORS {
        evaluator(differences, &mut report);
    }
    let suppressions = Suppressions::of(differences.new);
    for change in &mut report.changes {
        suppressions.apply(&mut change.event);
    }
    report.changes
}
