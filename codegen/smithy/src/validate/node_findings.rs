//! What is wrong with a JSON value as the value of a shape.

use super::context::Context;
use crate::model::{Member, Severity, Shape, ShapeId, Traits};
use crate::source::{Node, Span};

/// How a value is checked.
#[derive(Clone, Copy, Default)]
pub(super) struct Mode {
    /// A zero that is out of a range is only a warning: 1.0 had zeros everywhere.
    pub(super) zero_range_is_warning: bool,
    /// What breaks a constraint is only a warning: examples of errors do so on purpose.
    pub(super) constraints_are_warnings: bool,
    /// Blobs must be base64.
    pub(super) base64_blobs: bool,
    /// Timestamps are seconds since 1970, whatever their format.
    pub(super) timestamps_are_seconds: bool,
    /// Null stands for a value that is not there.
    pub(super) allows_nulls: bool,
}

/// Something wrong with a value.
pub(super) struct Finding {
    pub(super) severity: Severity,
    /// What is appended to the event's ID, with its leading dot.
    pub(super) id_suffix: String,
    /// Where in the value: keys and indices with dots between them.
    pub(super) path: String,
    pub(super) message: String,
    pub(super) span: Span,
}

/// What constrains a value: a shape, or a member with the shape that it targets.
#[derive(Clone, Copy)]
pub(super) struct Constrained<'a> {
    pub(super) id: &'a ShapeId,
    pub(super) traits: &'a Traits,
    /// The shape whose type decides what the traits mean.
    pub(super) target: &'a Shape,
    pub(super) is_member: bool,
}

/// A step into a value, by the position there.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Element(usize),
    Entry(usize),
    /// The key of an entry.
    Key(usize),
}

/// A check of one value, and what it has found so far.
pub(super) struct Checker<'c, 'm> {
    pub(super) context: &'c Context<'m>,
    pub(super) mode: Mode,
    root: &'c Node,
    /// Where in the value.
    pub(super) path: Vec<Step>,
    pub(super) findings: Vec<Finding>,
    /// The member that led to the shape at hand.
    pub(super) referring: Option<&'c Member>,
}

impl<'c, 'm> Checker<'c, 'm> {
    pub(super) fn new(context: &'c Context<'m>, root: &'c Node, mode: Mode) -> Self {
        Self { context, mode, root, path: Vec::new(), findings: Vec::new(), referring: None }
    }

    /// The path as findings have it.
    fn path_text(&self) -> String {
        let mut node = Some(self.root);
        let mut parts = Vec::with_capacity(self.path.len());
        for step in &self.path {
            let entry = |at| node.and_then(Node::as_object).and_then(|object| object.iter().nth(at));
            match *step {
                Step::Element(at) => {
                    parts.push(at.to_string());
                    node = node.and_then(Node::as_array).and_then(|elements| elements.get(at));
                }
                Step::Entry(at) => {
                    let entry = entry(at);
                    parts.extend(entry.map(|entry| entry.key.to_string()));
                    node = entry.map(|entry| &entry.value);
                }
                Step::Key(at) => parts.extend(entry(at).map(|entry| format!("{} (map-key)", entry.key))),
            }
        }
        parts.join(".")
    }

    pub(super) fn add(&mut self, severity: Severity, id_suffix: impl Into<String>, value: &Node, message: String) {
        let path = self.path_text();
        let span = value.span;
        self.findings.push(Finding { severity, id_suffix: id_suffix.into(), path, message, span });
    }

    pub(super) fn error(&mut self, value: &Node, message: String) {
        self.add(Severity::Error, "", value, message);
    }

    /// The severity of a broken constraint.
    pub(super) fn constraint_severity(&self) -> Severity {
        if self.mode.constraints_are_warnings { Severity::Warning } else { Severity::Error }
    }
}

/// The ID that messages name.
pub(super) fn name_of(id: &ShapeId) -> String {
    format!("`{id}`")
}
