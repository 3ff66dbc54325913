//! What the evaluators found.

use crate::model::{Event, Severity, ShapeId};
use crate::source::Span;

use super::change::{Change, Side};
use super::differences::Subject;

/// The growing list of findings.
#[derive(Default)]
pub(super) struct Report {
    pub(super) changes: Vec<Change>,
}

impl Report {
    /// A finding about a shape or member, at its place in the new model.
    pub(super) fn add(&mut self, severity: Severity, id: &str, subject: Subject<'_>, message: impl Into<String>) {
        self.add_at(severity, id, Some(subject.id()), (Side::New, subject.span()), message);
    }

    /// A finding about a shape or member, at its place in the old model.
    pub(super) fn add_old(&mut self, severity: Severity, id: &str, subject: Subject<'_>, message: impl Into<String>) {
        self.add_at(severity, id, Some(subject.id()), (Side::Old, subject.span()), message);
    }

    /// A finding about an operation or resource that was bound to a shape, or unbound from it.
    pub(super) fn add_binding(
        &mut self,
        severity: Severity,
        id: &str,
        subject: Subject<'_>,
        bound: &ShapeId,
        message: String,
    ) {
        self.add(severity, id, subject, message);
        if let Some(change) = self.changes.last_mut() {
            change.binding = Some(bound.clone());
        }
    }

    /// A finding at any place.
    pub(super) fn add_at(
        &mut self,
        severity: Severity,
        id: &str,
        shape: Option<&ShapeId>,
        (side, span): (Side, Span),
        message: impl Into<String>,
    ) {
        let event = Event { severity, id: id.to_owned(), shape: shape.cloned(), message: message.into(), span };
        self.changes.push(Change { event, side, binding: None });
    }
}
