//! What the parts of the JSON AST share: IDs, expectations, and errors.

use crate::model::{Event, ShapeId};
use crate::source::{Node, NodeValue, Object, Span};
use crate::syntax::{Application, Definitions, Ids, additional_properties};

/// Reads a file.
pub(super) struct Reader<'a> {
    pub(super) ids: &'a mut Ids,
    pub(super) out: Definitions,
}

impl Reader<'_> {
    pub(super) fn error(&mut self, shape: Option<&ShapeId>, span: Span, message: impl Into<String>) {
        self.out.events.push(Event::error("Model", shape.cloned(), span, message));
    }

    /// The shape ID of a text; an event says if it is none.
    pub(super) fn expect_id(&mut self, text: &str, owner: Option<&ShapeId>, span: Span) -> Option<ShapeId> {
        let id = self.ids.get(text);
        if id.is_none() {
            self.error(owner, span, format!("Invalid shape ID: {text}"));
        }
        id
    }

    /// The object that a node should be.
    pub(super) fn expect_object(&mut self, owner: &ShapeId, what: &str, node: Node) -> Option<Object> {
        let found = node.kind();
        match node.value {
            NodeValue::Object(object) => Some(object),
            _ => {
                let message = format!("Expected `{what}` to be an object, but found {}", found.name());
                self.error(Some(owner), node.span, message);
                None
            }
        }
    }

    pub(super) fn warn_additional(
        &mut self,
        shape: Option<&ShapeId>,
        possible: &[&str],
        additional: Vec<(Box<str>, Span)>,
    ) {
        self.out.events.extend(additional_properties(shape, possible, additional));
    }

    /// Notes the traits of a shape or of one of its members.
    pub(super) fn read_traits(&mut self, owner: &ShapeId, target: &ShapeId, node: Node) {
        self.apply(owner, target, node, false);
    }

    /// The same for the traits of an `apply` statement.
    pub(super) fn read_applied_traits(&mut self, target: &ShapeId, node: Node) {
        self.apply(target, target, node, true);
    }

    fn apply(&mut self, owner: &ShapeId, target: &ShapeId, node: Node, is_statement: bool) {
        let Some(traits) = self.expect_object(owner, "traits", node) else { return };
        for entry in traits {
            let Some(id) = self.expect_id(&entry.key, Some(owner), entry.key_span) else { continue };
            self.out.applications.push(Application {
                target: target.clone(),
                id,
                id_span: entry.key_span,
                value: entry.value,
                is_annotation: false,
                is_statement,
                is_assigned: false,
                is_prelude: false,
                version: self.out.version,
            });
        }
    }
}
