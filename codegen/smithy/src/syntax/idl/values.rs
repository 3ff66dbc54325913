//! Values: those of traits, metadata and control statements.

use std::collections::HashSet;

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
        let value = match self.expect_any(&BEGINNINGS)? {
            TokenKind::String | TokenKind::TextBlock => NodeValue::String(self.take_string()?),
            TokenKind::Number => NodeValue::Number(self.take_number()),
            TokenKind::LeftBrace => NodeValue::Object(self.nested(Self::take_object)?),
            TokenKind::LeftBracket => NodeValue::Array(self.nested(Self::take_array)?),
            _ => {
                let (name, span) = self.take_shape_id()?;
                return self.named_value(name, span);
            }
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
        let mut elements = Vec::new();
        self.take(TokenKind::LeftBracket)?;
        self.skip_whitespace_and_docs();
        while !self.at(TokenKind::RightBracket) {
            elements.push(self.take_value()?);
            self.skip_whitespace_and_docs();
        }
        self.advance();
        elements.shrink_to_fit();
        Ok(elements)
    }

    fn take_object(&mut self) -> Parsed<Object> {
        self.take(TokenKind::LeftBrace)?;
        self.skip_whitespace_and_docs();
        let mut keys = Keys::default();
        let mut entries = Vec::new();
        loop {
            let expected = [TokenKind::RightBrace, TokenKind::String, TokenKind::Identifier];
            if self.expect_any(&expected)? == TokenKind::RightBrace {
                break;
            }
            let entry = self.take_entry()?;
            if !keys.insert(&entries, &entry.key) {
                return self.error(None, entry.key_span, format!("Duplicate member: '{}'", entry.key));
            }
            entries.push(entry);
            self.skip_whitespace_and_docs();
        }
        self.advance();
        Ok(Object::new(entries))
    }

    /// Parses a key, a colon and a value.
    fn take_entry(&mut self) -> Parsed<Entry> {
        let key_span = self.token_span();
        let key = self.take_key()?;
        self.skip_whitespace_and_docs();
        self.take(TokenKind::Colon)?;
        self.skip_whitespace_and_docs();
        Ok(Entry { key, key_span, value: self.take_value()? })
    }

    /// Parses the entries of a trait's value whose braces are left out, up to the closing parenthesis; the first key has
    /// been read, and its colon is next.
    pub(super) fn take_braceless_object(&mut self, key: Box<str>, key_span: Span) -> Parsed<Object> {
        self.take(TokenKind::Colon)?;
        self.skip_whitespace_and_docs();
        self.nested(|parser| {
            let mut keys = Keys::default();
            let value = parser.take_value()?;
            keys.insert(&[], &key);
            let mut entries = vec![Entry { key, key_span, value }];
            parser.skip_whitespace_and_docs();
            while !parser.at(TokenKind::RightParen) {
                let entry = parser.take_entry()?;
                if !keys.insert(&entries, &entry.key) {
                    return parser.error(None, entry.key_span, format!("Duplicate member of trait: '{}'", entry.key));
                }
                entries.push(entry);
                parser.skip_whitespace_and_docs();
            }
            Ok(Object::new(entries))
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
