//! Simple shapes, enums, and shapes with members.

use foldhash::HashSet;

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use super::traits::PendingTrait;
use crate::model::{Details, Event, Member, Reference, Shape, ShapeId, ShapeType, Traits};
use crate::source::Span;
use crate::syntax::{Definition, ShapeKeyword, Version};

/// How many members are compared by name one by one.
const FEW_MEMBERS: usize = 16;

impl Parser<'_> {
    /// Parses a shape from its name on.
    pub(super) fn shape(
        &mut self,
        keyword: ShapeKeyword,
        start: usize,
        keyword_span: Span,
        traits: Vec<PendingTrait>,
    ) -> Parsed<()> {
        let name_span = self.token_span();
        let name = self.take_identifier()?;
        if let Some(previous) = self.imports.get(name) {
            let message = format!("Shape name `{name}` conflicts with imported shape `{previous}`");
            return self.error(None, name_span, message);
        }
        let id = self.own_id(name);
        let span = Span { start: self.span(start, start).start, ..keyword_span };
        let mut definition = self.definition(keyword, id.clone(), span);
        match keyword.shape_type {
            ShapeType::Enum | ShapeType::IntEnum => {
                self.mixins(&mut definition)?;
                self.enum_members(&mut definition)?;
            }
            shape_type if shape_type.is_aggregate() => self.aggregate(&mut definition)?,
            ShapeType::Service => self.service(&mut definition)?,
            ShapeType::Resource => self.resource(&mut definition)?,
            ShapeType::Operation => self.operation(&mut definition)?,
            _ => self.mixins(&mut definition)?,
        }
        self.out.shapes.push(definition);
        self.apply(&id, traits);
        Ok(())
    }

    pub(super) fn definition(&self, keyword: ShapeKeyword, id: ShapeId, span: Span) -> Definition {
        let shape = Shape {
            id,
            shape_type: keyword.shape_type,
            span,
            traits: Traits::default(),
            members: Vec::new(),
            mixins: Vec::new(),
            details: Details::None,
        };
        Definition::new(shape, self.out.version, keyword)
    }

    /// Parses a structure, union, list or map after its name.
    pub(super) fn aggregate(&mut self, definition: &mut Definition) -> Parsed<()> {
        self.bound_resource(definition)?;
        self.mixins(definition)?;
        self.members(definition)
    }

    fn bound_resource(&mut self, definition: &mut Definition) -> Parsed<()> {
        self.skip_spaces();
        if !self.at_keyword("for") {
            return Ok(());
        }
        self.require_v2(&definition.shape.id, "Structures can only be bound to resources")?;
        self.advance();
        self.take_spaces()?;
        definition.resource = Some(self.take_reference()?);
        Ok(())
    }

    /// Reports that something is used that only 2.0 has.
    pub(super) fn require_v2(&mut self, id: &ShapeId, what: &str) -> Parsed<()> {
        if self.out.version == Version::V2 {
            return Ok(());
        }
        let message =
            format!("{what} with Smithy version 2 or later; this file has version 1.0. Add `$version: \"2\"`");
        self.error(Some(id), self.token_span(), message)
    }

    pub(super) fn mixins(&mut self, definition: &mut Definition) -> Parsed<()> {
        self.skip_spaces();
        if !self.at_keyword("with") {
            return Ok(());
        }
        self.require_v2(&definition.shape.id, "Mixins can only be used")?;
        self.advance();
        self.skip_whitespace_and_docs();
        self.take(TokenKind::LeftBracket)?;
        self.skip_whitespace_and_docs();
        loop {
            definition.shape.mixins.push(self.take_reference()?);
            self.skip_whitespace_and_docs();
            if self.at(TokenKind::RightBracket) {
                self.advance();
                return Ok(());
            }
        }
    }

    fn members(&mut self, definition: &mut Definition) -> Parsed<()> {
        self.skip_whitespace_and_docs();
        self.drop_docs();
        self.take(TokenKind::LeftBrace)?;
        self.skip_whitespace();
        let mut names = Names::default();
        while !self.at_end() && !self.at(TokenKind::RightBrace) {
            self.member(definition, &mut names)?;
            self.skip_whitespace();
        }
        self.take(TokenKind::RightBrace)
    }

    fn member(&mut self, definition: &mut Definition, names: &mut Names) -> Parsed<()> {
        let mut traits = self.take_traits_before(true)?;
        if self.at(TokenKind::RightBrace) && matches!(traits.as_slice(), [only] if only.is_documentation_comment) {
            self.warn_of_docs(self.token_span(), "");
            return Ok(());
        }
        let start = self.start();
        let is_elided = self.at(TokenKind::Dollar);
        if is_elided {
            self.advance();
        }
        let name_span = self.token_span();
        let owner = definition.shape.id.clone();
        if !self.at(TokenKind::Identifier) {
            return self.unexpected_instead_of(if is_elided { "a member name" } else { "a member or `}`" });
        }
        let name = self.lexeme();
        if !names.insert(&definition.shape.members, name) {
            return self.error(Some(&owner), name_span, format!("Duplicate member of `{owner}`: '{name}'"));
        }
        let id = self.member_id(&owner, name);
        if is_elided {
            self.require_v2(&id, "Members can only elide targets")?;
        }
        self.advance();
        let is_expected = is_expected_member(definition.shape.shape_type, name);
        let target = if is_elided {
            if is_expected {
                definition.elided.push(definition.shape.members.len());
            }
            Reference { target: self.prelude_id("Unit"), span: name_span }
        } else {
            self.skip_spaces();
            if self.at(TokenKind::Identifier) && ShapeKeyword::parse(name).is_some() {
                return self.unexpected_instead_of(&format!("`:` (is a `}}` missing before this {name}?)"));
            }
            self.take(TokenKind::Colon)?;
            self.skip_spaces();
            self.take_reference()?
        };
        self.skip_spaces();
        if self.at(TokenKind::Equal) {
            self.require_v2(&id, "Default values can only be assigned")?;
            traits.push(self.assigned("default")?);
        }
        if is_expected {
            self.push_member(definition, id, name, start, target, traits);
        } else {
            let shape_type = definition.shape.shape_type.name();
            let message = format!("Unexpected member `{name}` of the {shape_type} `{owner}`");
            self.out.events.push(Event::error("Model", Some(owner), name_span, message));
        }
        Ok(())
    }

    /// Parses `= value` after a member, with its optional comma and the line break; returns the trait that it means.
    fn assigned(&mut self, name: &str) -> Parsed<PendingTrait> {
        self.advance();
        self.skip_spaces();
        let value = self.take_value()?;
        let assigned = self.annotation(name, value.span).assigned(value);
        self.skip_spaces();
        if self.at(TokenKind::Comma) {
            self.advance();
        }
        self.take_line_break()?;
        Ok(assigned)
    }

    fn push_member(
        &mut self,
        definition: &mut Definition,
        id: ShapeId,
        name: &str,
        start: usize,
        target: Reference,
        traits: Vec<PendingTrait>,
    ) {
        self.apply(&id, traits);
        definition.shape.members.push(Member {
            id,
            name: name.into(),
            target: target.target,
            traits: Traits::default(),
            span: self.span(start, start + name.len()),
            target_span: target.span,
            mixins: Vec::new(),
        });
    }

    fn enum_members(&mut self, definition: &mut Definition) -> Parsed<()> {
        self.skip_whitespace_and_docs();
        self.take(TokenKind::LeftBrace)?;
        self.skip_whitespace();
        let owner = definition.shape.id.clone();
        let mut names = Names::default();
        while !self.at_end() && !self.at(TokenKind::RightBrace) {
            let mut traits = self.take_traits_before(true)?;
            let (start, span) = (self.start(), self.token_span());
            if !self.at(TokenKind::Identifier) {
                let is_after_name = self.at(TokenKind::Colon) && !definition.shape.members.is_empty();
                return self.unexpected_instead_of(if is_after_name { "`=`" } else { "a member name or `}`" });
            }
            let name = self.lexeme();
            if !names.insert(&definition.shape.members, name) {
                return self.error(Some(&owner), span, format!("Found conflicting member name, `{name}`"));
            }
            let id = self.member_id(&owner, name);
            self.advance();
            self.skip_spaces();
            if self.at(TokenKind::Equal) {
                traits.push(self.assigned("enumValue")?);
            } else {
                self.skip_whitespace();
            }
            let target = Reference { target: self.prelude_id("Unit"), span };
            self.push_member(definition, id, name, start, target, traits);
        }
        self.take(TokenKind::RightBrace)
    }
}

/// Whether a shape of a type can have a member of a name.
fn is_expected_member(shape_type: ShapeType, name: &str) -> bool {
    match shape_type {
        ShapeType::List | ShapeType::Map => shape_type.member_keys().contains(&name),
        _ => true,
    }
}

/// The names of members so far; of few members, the members themselves are looked through.
#[derive(Default)]
struct Names {
    seen: HashSet<Box<str>>,
}

impl Names {
    /// Whether a name is new.
    fn insert(&mut self, members: &[Member], name: &str) -> bool {
        if members.len() < FEW_MEMBERS {
            return members.iter().all(|member| &*member.name != name);
        }
        if self.seen.is_empty() {
            self.seen.extend(members.iter().map(|member| member.name.clone()));
        }
        self.seen.insert(name.into())
    }
}
