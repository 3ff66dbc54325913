//! Inputs, outputs and errors of operations, and the errors that all operations of a service share.

use super::change::Side;
use super::differences::{Differences, Pair};
use super::report::Report;
use crate::model::{Operation, Reference, Service, Severity, Shape, ShapeId};
use crate::source::Span;

/// What both kinds of added errors end with.
const ADDED_ERROR_ADVICE: &str = "This is backward-compatible if the error is only encountered as a result of a change \
                                  in behavior of the client (for example, the client sends a new parameter to an \
                                  operation).";

/// `ChangedOperationInput`
pub(super) fn input(differences: &Differences<'_>, report: &mut Report) {
    replaced(differences, report, "input", "ChangedOperationInput", |operation| &operation.input);
}

/// `ChangedOperationOutput`
pub(super) fn output(differences: &Differences<'_>, report: &mut Report) {
    replaced(differences, report, "output", "ChangedOperationOutput", |operation| &operation.output);
}

fn replaced(
    differences: &Differences<'_>,
    report: &mut Report,
    what: &str,
    event_id: &str,
    pick: fn(&Operation) -> &Reference,
) {
    for (pair, old, new) in of(differences, Shape::as_operation) {
        let (old, new) = (&pick(old).target, &pick(new).target);
        if old != new {
            let id = format!("{event_id}.From.{old}.To.{new}");
            let message = format!("Changed operation {what} of `{}` from `{old}` to `{new}`", pair.old.id());
            report.add(Severity::Error, &id, pair.new, message);
        }
    }
}

/// `AddedOperationError`
pub(super) fn added_errors(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in of(differences, Shape::as_operation) {
        for error in missing(&new.errors, &old.errors) {
            let id = format!("AddedOperationError.{}", error.name());
            let message =
                format!("The `{error}` error was added to the `{}` operation. {ADDED_ERROR_ADVICE}", pair.old.id());
            let span = differences.new.shape(error).map_or(Span::NONE, |shape| shape.span);
            report.add_at(Severity::Warning, &id, Some(pair.new.id()), (Side::New, span), message);
        }
    }
}

/// `RemovedOperationError`
pub(super) fn removed_errors(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in of(differences, Shape::as_operation) {
        for error in missing(&old.errors, &new.errors) {
            let id = format!("RemovedOperationError.{}", error.name());
            let message = format!("The `{error}` error was removed from the `{}` operation.", pair.old.id());
            report.add(Severity::Warning, &id, pair.new, message);
        }
    }
}

/// `AddedServiceError`
pub(super) fn added_service_errors(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in services(differences) {
        for error in missing(&new.errors, &old.errors) {
            let message = format!(
                "The `{error}` error was added to the `{}` service, making this error common to all operations within \
                 the service. {ADDED_ERROR_ADVICE}",
                pair.old.id()
            );
            report.add(Severity::Warning, "AddedServiceError", pair.new, message);
        }
    }
}

/// `RemovedServiceError`
pub(super) fn removed_service_errors(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in services(differences) {
        for error in missing(&old.errors, &new.errors) {
            let message = format!(
                "The `{error}` error was removed from the `{}` service. This means that it is no longer considered an \
                 error common to all operations within the service.",
                pair.old.id()
            );
            report.add(Severity::Warning, "RemovedServiceError", pair.new, message);
        }
    }
}

/// The changed shapes that have certain properties on both sides.
pub(super) fn of<'a, T>(
    differences: &'a Differences<'a>,
    pick: fn(&'a Shape) -> Option<&'a T>,
) -> impl Iterator<Item = (Pair<'a>, &'a T, &'a T)> {
    differences.changed.iter().filter_map(move |pair| {
        let (old, new) = pair.shapes()?;
        Some((*pair, pick(old)?, pick(new)?))
    })
}

/// The changed services.
pub(super) fn services<'a>(
    differences: &'a Differences<'a>,
) -> impl Iterator<Item = (Pair<'a>, &'a Service, &'a Service)> {
    of(differences, Shape::as_service)
}

/// The IDs that one list has and the other has not, each once.
pub(super) fn missing<'a>(list: &'a [Reference], other: &[Reference]) -> Vec<&'a ShapeId> {
    let mut found = Vec::new();
    for reference in list {
        if !other.contains(reference) && !found.contains(&&reference.target) {
            found.push(&reference.target);
        }
    }
    found
}
