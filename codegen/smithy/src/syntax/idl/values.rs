//! Values: those of traits, metadata and control statements.

use foldhash::HashSet;

use super::parser::{Parsed, Parser};
use super::token::TokenKind;
use crate::source::{Entry, Node, NodeValue, Number, Object, Span};
use crate::syntax::MentionKind;

/// The tokens that a value begins with.
const BEGINNINGS: [TokenKind; 6] = [
    TokenKind::String,
    TokenKind::TextBlock,
    TokenKind::Number,
    TokenKind::Identifier,
    TokenKind::LeftBrace,
    TokenKind::LeftBracket,
];

impl<'a> Parser<'a> {
    /// Parses a value.
    pub(super) fn take_value(&mut self) -> Parsed<Node> {
        let start = self.start();
        let value = match self.kind() {
            TokenKind::String | TokenKind::TextBlock => NodeValue::String(self.take_string()?),
            TokenKind::Number => NodeValue::Number(self.take_number()),
            TokenKind::LeftBrace => NodeValue::Object(self.nested(Self::take_object)?),
            TokenKind::LeftBracket => NodeValue::Array(self.nested(Self::take_array)?),
            TokenKind::Identifier => {
                let (name, span) = self.take_shape_id()?;
                return self.named_value(name, span);
            }
            _ => return self.unexpected(&BEGINNINGS),
        };
        Ok(Node { span: self.span(start, self.start()), value })
    }

    /// The value of an unquoted name: a keyword, else the ID of a shape.
    pub(super) fn named_value(&mut self, name: &'a str, span: Span) -> Parsed<Node> {
        let value = match name {
            "true" => NodeValue::Bool(true),
            "false" => NodeValue::Bool(false),
            "null" => NodeValue::Null,
            _ => {
                let id = self.resolve(name, span)?;
                self.mention(MentionKind::Value, &id, span);
                NodeValue::String(id.as_str().into())
            }
        };
        Ok(Node { span, value })
    }

    pub(super) fn take_number(&mut self) -> Number {
        let number = Number::from_literal(self.lexeme());
        self.advance();
        number
    }

    fn take_array(&mut self) -> Parsed<Vec<Node>> {
        let first = self.elements.len();
        self.advance_past_whitespace();
        while !self.at(TokenKind::RightBracket) {
            let element = self.take_value()?;
            self.elements.push(element);
            self.skip_whitespace_and_docs();
        }
        self.advance();
        Ok(self.elements.drain(first..).collect())
    }

    fn take_object(&mut self) -> Parsed<Object> {
        let first = self.entries.len();
        self.advance_past_whitespace();
        self.take_entries(first, TokenKind::RightBrace)
    }

    /// Parses entries up to a closing token; the first ones may have been read.
    fn take_entries(&mut self, first: usize, close: TokenKind) -> Parsed<Object> {
        let mut keys = Keys::default();
        while !self.at(close) {
            if !matches!(self.kind(), TokenKind::String | TokenKind::Identifier) {
                return self.unexpected(&[close, TokenKind::String, TokenKind::Identifier]);
            }
            let entry = self.take_entry()?;
            if !keys.insert(self.entries.get(first..).unwrap_or_default(), &entry.key) {
                return self.error(None, entry.key_span, format!("Duplicate member: '{}'", entry.key));
            }
            self.entries.push(entry);
            self.skip_whitespace_and_docs();
        }
        if close == TokenKind::RightBrace {
            self.advance();
        }
        Ok(Object::new(self.entries.drain(first..).collect()))
    }

    /// Parses a key, a colon and a value.
    fn take_entry(&mut self) -> Parsed<Entry> {
        let key_span = self.token_span();
        let key = self.take_key()?;
        self.skip_whitespace_and_docs();
        self.expect(TokenKind::Colon)?;
        self.advance_past_whitespace();
        Ok(Entry { key, key_span, value: self.take_value()? })
    }

    /// Parses the entries of a trait's value whose braces are left out, up to the closing parenthesis; the first key has
    /// been read, and its colon is next.
    pub(super) fn take_braceless_object(&mut self, key: Box<str>, key_span: Span) -> Parsed<Object> {
        self.expect(TokenKind::Colon)?;
        self.advance_past_whitespace();
        self.nested(|parser| {
            let first = parser.entries.len();
            let value = parser.take_value()?;
            parser.entries.push(Entry { key, key_span, value });
            parser.skip_whitespace_and_docs();
            parser.take_entries(first, TokenKind::RightParen)
        })
    }
}

/// The keys of an object so far. Few are compared one by one, many are hashed.
#[derive(Default)]
struct Keys {
    seen: HashSet<Box<str>>,
}

impl Keys {
    const FEW: usize = 16;

    /// Whether a key is new.
    fn insert(&mut self, entries: &[Entry], key: &str) -> bool {
        if entries.len() < Self::FEW {
            return entries.iter().all(|entry| &*entry.key != key);
        }
        if self.seen.is_empty() {
            self.seen.extend(entries.iter().map(|entry| entry.key.clone()));
        }
        self.seen.insert(key.into())
    }
}
