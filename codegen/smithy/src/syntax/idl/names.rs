//! What relative names mean.

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use crate::model::{Reference, ShapeId};
use crate::source::Span;
use crate::syntax::{Mention, MentionKind};

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
        let (root, member) = match name.split_once('$') {
            Some((root, member)) => (root, Some(member)),
            None => (name, None),
        };
        let absolute = match self.imports.get(root) {
            Some(imported) => imported.as_str().to_owned(),
            None if root.contains('#') => root.to_owned(),
            None => {
                let own = format!("{}#{root}", self.namespace.unwrap_or("smithy.api"));
                let is_prelude = self.names.prelude.contains(root) && !self.names.hiding.contains(own.as_str());
                if is_prelude { format!("smithy.api#{root}") } else { own }
            }
        };
        let absolute = member.map_or_else(|| absolute.clone(), |member| format!("{absolute}${member}"));
        match self.ids.get(&absolute) {
            Some(id) => Ok(id),
            None => self.error(None, span, format!("Invalid shape ID: {name}")),
        }
    }

    /// Notes that a shape has to exist.
    pub(super) fn mention(&mut self, kind: MentionKind, id: &ShapeId, span: Span) {
        self.out.mentions.push(Mention { kind, id: id.clone(), span });
    }
}
