//! What relative names mean.

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use crate::model::{Reference, ShapeId};
use crate::source::Span;
use crate::syntax::{Mention, MentionKind};

/// The namespace of the prelude.
const PRELUDE: &str = "smithy.api";

impl<'a> Parser<'a> {
    /// Moves past a namespace.
    pub(super) fn take_namespace(&mut self) -> Parsed<&'a str> {
        let start = self.start();
        let end = self.skip_namespace()?;
        Ok(self.slice(start, end))
    }

    /// Moves past a relative or absolute shape ID.
    pub(super) fn take_shape_id(&mut self) -> Parsed<(&'a str, Span)> {
        let start = self.start();
        let mut end = self.skip_namespace()?;
        if self.at(TokenKind::Dollar) || self.at(TokenKind::Pound) {
            self.advance();
            end = self.skip_root()?;
        }
        Ok((self.slice(start, end), self.span(start, end)))
    }

    /// Moves past an absolute shape ID.
    pub(super) fn take_absolute_shape_id(&mut self) -> Parsed<(&'a str, Span)> {
        let start = self.start();
        self.skip_namespace()?;
        self.take(TokenKind::Pound)?;
        let end = self.skip_root()?;
        Ok((self.slice(start, end), self.span(start, end)))
    }

    fn skip_namespace(&mut self) -> Parsed<usize> {
        let mut end = self.skip_identifier()?;
        while self.at(TokenKind::Dot) {
            self.advance();
            end = self.skip_identifier()?;
        }
        Ok(end)
    }

    fn skip_root(&mut self) -> Parsed<usize> {
        let mut end = self.skip_identifier()?;
        if self.at(TokenKind::Dollar) {
            self.advance();
            end = self.skip_identifier()?;
        }
        Ok(end)
    }

    fn skip_identifier(&mut self) -> Parsed<usize> {
        self.expect(TokenKind::Identifier)?;
        let end = self.start() + self.lexeme().len();
        self.advance();
        Ok(end)
    }

    /// Parses the ID of a shape that is referred to.
    pub(super) fn take_reference(&mut self) -> Parsed<Reference> {
        let (name, span) = self.take_shape_id()?;
        Ok(Reference { target: self.resolve(name, span)?, span })
    }

    /// The shape that a relative or absolute ID of this file's text means.
    pub(super) fn resolve(&mut self, name: &'a str, span: Span) -> Parsed<ShapeId> {
        if let Some(known) = self.resolved.get(name) {
            return Ok(known.clone());
        }
        let id = self.resolve_text(name, span)?;
        self.resolved.insert(name, id.clone());
        Ok(id)
    }

    /// The shape that a relative or absolute ID means.
    pub(super) fn resolve_text(&mut self, name: &str, span: Span) -> Parsed<ShapeId> {
        let root = name.split_once('$').map_or(name, |(root, _)| root);
        match self.imports.get(root) {
            Some(imported) => put_together(&mut self.buffer, &[imported.as_str()]),
            None if root.contains('#') => put_together(&mut self.buffer, &[root]),
            None => {
                put_together(&mut self.buffer, &[self.namespace.unwrap_or(PRELUDE), "#", root]);
                if self.names.prelude.contains(root) && !self.names.hiding.contains(self.buffer.as_str()) {
                    put_together(&mut self.buffer, &[PRELUDE, "#", root]);
                }
            }
        }
        self.buffer.push_str(name.get(root.len()..).unwrap_or(""));
        match self.ids.get(&self.buffer) {
            Some(id) => Ok(id),
            None => self.error(None, span, format!("Invalid shape ID: {name}")),
        }
    }

    /// The shape of an identifier in the file's own namespace.
    pub(super) fn own_id(&mut self, name: &str) -> ShapeId {
        put_together(&mut self.buffer, &[self.namespace.unwrap_or(PRELUDE), "#", name]);
        self.ids.get_well_formed(&self.buffer)
    }

    /// The shape of an identifier in the prelude.
    pub(super) fn prelude_id(&mut self, name: &str) -> ShapeId {
        put_together(&mut self.buffer, &[PRELUDE, "#", name]);
        self.ids.get_well_formed(&self.buffer)
    }

    /// The member of a shape that an identifier names.
    pub(super) fn member_id(&mut self, shape: &ShapeId, name: &str) -> ShapeId {
        put_together(&mut self.buffer, &[shape.as_str(), "$", name]);
        ShapeId::of_well_formed(&self.buffer)
    }

    /// Notes that a shape has to exist.
    pub(super) fn mention(&mut self, kind: MentionKind, id: &ShapeId, span: Span) {
        self.out.mentions.push(Mention { kind, id: id.clone(), span });
    }
}

fn put_together(buffer: &mut String, parts: &[&str]) {
    buffer.clear();
    parts.iter().for_each(|part| buffer.push_str(part));
}
