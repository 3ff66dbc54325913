//! Traits and documentation comments before shapes and members, and in `apply` statements.

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use crate::model::ShapeId;
use crate::source::{Node, NodeValue, Span};
use crate::syntax::Application;

/// A trait whose target has not been read yet.
pub(super) struct PendingTrait {
    pub(super) id: ShapeId,
    id_span: Span,
    value: Node,
    is_annotation: bool,
    is_assigned: bool,
    pub(super) is_documentation_comment: bool,
}

impl PendingTrait {
    /// The trait with a value that `=` assigns.
    pub(super) fn assigned(self, value: Node) -> Self {
        Self { value, is_assigned: true, ..self }
    }
}

impl Parser<'_> {
    /// The trait of documentation comments.
    pub(super) fn documentation(&mut self, docs: String, span: Span) -> PendingTrait {
        PendingTrait {
            id: self.prelude_id("documentation"),
            id_span: span,
            value: Node { span, value: NodeValue::String(docs.into()) },
            is_annotation: false,
            is_assigned: false,
            is_documentation_comment: true,
        }
    }

    /// A trait of the prelude without a value.
    pub(super) fn annotation(&mut self, name: &str, span: Span) -> PendingTrait {
        let id = self.prelude_id(name);
        let value = Node { span, ..Node::empty_object() };
        PendingTrait {
            id,
            id_span: span,
            value,
            is_annotation: false,
            is_assigned: false,
            is_documentation_comment: false,
        }
    }

    /// Parses the documentation comment and the traits before a shape or member.
    pub(super) fn take_traits_before(&mut self, is_member: bool) -> Parsed<Vec<PendingTrait>> {
        self.skip_whitespace();
        let mut documentation = None;
        if self.at(TokenKind::DocComment) {
            let span = self.token_span();
            self.skip_whitespace_and_docs();
            if let Some(docs) = self.take_docs() {
                documentation = Some(self.documentation(docs, span));
            }
        }
        let mut traits = self.take_traits()?;
        traits.extend(documentation);
        if is_member {
            self.drop_docs();
        }
        Ok(traits)
    }

    /// Parses traits that follow each other.
    pub(super) fn take_traits(&mut self) -> Parsed<Vec<PendingTrait>> {
        let mut traits = Vec::new();
        while self.at(TokenKind::At) {
            traits.push(self.take_trait()?);
            self.skip_whitespace_and_docs();
        }
        Ok(traits)
    }

    /// Parses one trait.
    pub(super) fn take_trait(&mut self) -> Parsed<PendingTrait> {
        let start = self.start();
        self.take(TokenKind::At)?;
        let (name, id_span) = self.take_shape_id()?;
        let id_span = Span { start: self.span(start, start).start, ..id_span };
        let id = self.resolve(name, id_span)?;
        let mut value = None;
        if self.at(TokenKind::LeftParen) {
            self.advance_past_whitespace();
            if !self.at(TokenKind::RightParen) {
                value = Some(self.take_trait_value()?);
                self.skip_whitespace_and_docs();
                self.expect(TokenKind::RightParen)?;
            }
            self.advance();
        }
        let is_annotation = value.is_none();
        // As in the reference, a trait's value stands where the trait does.
        let value = Node { span: id_span, value: value.unwrap_or(NodeValue::Null) };
        Ok(PendingTrait { id, id_span, value, is_annotation, is_assigned: false, is_documentation_comment: false })
    }

    fn take_trait_value(&mut self) -> Parsed<NodeValue> {
        let key_span = self.token_span();
        match self.kind() {
            TokenKind::String => {
                let text = self.take_string()?;
                self.skip_whitespace_and_docs();
                if self.at(TokenKind::Colon) {
                    return self.take_braceless_object(text, key_span).map(NodeValue::Object);
                }
                Ok(NodeValue::String(text))
            }
            TokenKind::Identifier => {
                let (name, span) = self.take_shape_id()?;
                self.skip_whitespace_and_docs();
                let is_key = !self.at(TokenKind::RightParen) && !name.contains(['.', '$', '#']);
                if is_key {
                    return self.take_braceless_object(name.into(), key_span).map(NodeValue::Object);
                }
                self.named_value(name, span).map(|node| node.value)
            }
            _ => self.take_value().map(|node| node.value),
        }
    }

    /// Applies the traits that a shape or member states.
    pub(super) fn apply(&mut self, target: &ShapeId, traits: Vec<PendingTrait>) {
        self.add_applications(target, traits, false);
    }

    /// Applies the traits of an `apply` statement.
    pub(super) fn apply_by_statement(&mut self, target: &ShapeId, traits: Vec<PendingTrait>) {
        self.add_applications(target, traits, true);
    }

    fn add_applications(&mut self, target: &ShapeId, traits: Vec<PendingTrait>, is_statement: bool) {
        let version = self.out.version;
        let is_prelude = self.namespace == Some("smithy.api");
        self.out.applications.extend(traits.into_iter().map(|pending| Application {
            target: target.clone(),
            id: pending.id,
            id_span: pending.id_span,
            value: pending.value,
            is_annotation: pending.is_annotation,
            is_statement,
            is_assigned: pending.is_assigned,
            is_prelude,
            version,
        }));
    }
}
