//! The parser's core: the current token, expectations, documentation comments, and errors.

use foldhash::HashMap;

use super::lexer::Lexer;
use super::scope::Names;
use super::string;
use super::token::{Token, TokenKind};
use crate::model::{Event, Severity, ShapeId};
use crate::source::{Entry, FileId, Node, Span};
use crate::syntax::{Definitions, Ids, Version};

/// A syntax error has been reported; the statement that it is in has to be given up.
#[derive(Debug)]
pub(super) struct Reported;

pub(super) type Parsed<T> = Result<T, Reported>;

/// How deep values may be nested, as in the reference.
const MAX_NESTING: usize = 64;
/// How many syntax errors of a file are reported.
const MAX_ERRORS: usize = 20;
/// How many characters of an unexpected token are quoted.
const QUOTED: usize = 40;

/// The state that the parts of the grammar share.
pub(super) struct Parser<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) names: &'a Names<'a>,
    pub(super) ids: &'a mut Ids,
    lexer: Lexer<'a>,
    token: Token,
    /// Documentation comments that have not been attached to anything yet.
    docs: Vec<&'a str>,
    nesting: usize,
    errors: usize,
    pub(super) namespace: Option<&'a str>,
    /// The shapes of `use` statements, by name.
    pub(super) imports: HashMap<&'a str, ShapeId>,
    /// Relative names that have been resolved.
    pub(super) resolved: HashMap<&'a str, ShapeId>,
    /// Where IDs are put together.
    pub(super) buffer: String,
    /// The elements and entries of the values that are being read, the outermost first.
    pub(super) elements: Vec<Node>,
    pub(super) entries: Vec<Entry>,
    /// What the names of inline inputs and outputs end with.
    pub(super) input_suffix: Box<str>,
    pub(super) output_suffix: Box<str>,
    pub(super) out: Definitions,
}

impl<'a> Parser<'a> {
    pub(super) fn new(file: FileId, text: &'a str, names: &'a Names<'a>, ids: &'a mut Ids) -> Self {
        let mut parser = Self {
            file,
            text,
            names,
            ids,
            lexer: Lexer::new(text),
            token: Token { kind: TokenKind::Newline, start: 0, end: 0 },
            docs: Vec::new(),
            nesting: 0,
            errors: 0,
            namespace: None,
            imports: HashMap::default(),
            resolved: HashMap::default(),
            buffer: String::new(),
            elements: Vec::new(),
            entries: Vec::new(),
            input_suffix: "Input".into(),
            output_suffix: "Output".into(),
            out: Definitions::new(Version::V1),
        };
        parser.advance();
        parser
    }

    // The current token.

    pub(super) fn kind(&self) -> TokenKind {
        self.token.kind
    }

    pub(super) fn at(&self, kind: TokenKind) -> bool {
        self.token.kind == kind
    }

    pub(super) fn at_end(&self) -> bool {
        self.at(TokenKind::End)
    }

    pub(super) fn start(&self) -> usize {
        self.token.start
    }

    pub(super) fn lexeme(&self) -> &'a str {
        self.slice(self.token.start, self.token.end)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Whether the current token is a keyword.
    pub(super) fn at_keyword(&self, keyword: &str) -> bool {
        self.at(TokenKind::Identifier) && self.lexeme() == keyword
    }

    pub(super) fn token_span(&self) -> Span {
        self.span(self.token.start, self.token.end)
    }

    #[allow(clippy::cast_possible_truncation, reason = "Sources takes no file that 32 bits cannot count")]
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// Moves on to the next token; documentation comments are remembered until something claims them.
    pub(super) fn advance(&mut self) {
        self.token = self.lexer.next_token();
        if self.token.kind == TokenKind::DocComment {
            let line = self.lexeme().trim_end_matches(['\n', '\r']);
            let line = line.get(3..).unwrap_or("");
            self.docs.push(line.strip_prefix(' ').unwrap_or(line));
        }
    }

    // Expectations.

    pub(super) fn expect(&mut self, kind: TokenKind) -> Parsed<()> {
        if self.at(kind) { Ok(()) } else { self.unexpected(&[kind]) }
    }

    /// Expects a token and moves past it.
    pub(super) fn take(&mut self, kind: TokenKind) -> Parsed<()> {
        self.expect(kind)?;
        self.advance();
        Ok(())
    }

    /// Expects one of several tokens.
    pub(super) fn expect_any(&mut self, kinds: &[TokenKind]) -> Parsed<TokenKind> {
        if kinds.contains(&self.kind()) { Ok(self.kind()) } else { self.unexpected(kinds) }
    }

    /// Expects an identifier and moves past it.
    pub(super) fn take_identifier(&mut self) -> Parsed<&'a str> {
        self.expect(TokenKind::Identifier)?;
        let name = self.lexeme();
        self.advance();
        Ok(name)
    }

    pub(super) fn unexpected<T>(&mut self, kinds: &[TokenKind]) -> Parsed<T> {
        let expected = kinds.iter().map(|kind| kind.description()).collect::<Vec<_>>();
        let expected = match expected.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        };
        self.unexpected_instead_of(&expected)
    }

    /// Reports that the current token is not what was expected.
    pub(super) fn unexpected_instead_of<T>(&mut self, expected: &str) -> Parsed<T> {
        let message = match self.kind() {
            TokenKind::Error(super::token::LexicalError::Character) => {
                let lexeme = self.lexeme();
                let hint = if lexeme == "'" { "; strings stand between double quotes" } else { "" };
                format!("Unexpected character {lexeme:?}: expected {expected}{hint}")
            }
            TokenKind::Error(error) => error.description().to_owned(),
            _ => format!("Expected {expected}, but found {}", self.found()),
        };
        self.error(None, self.token_span(), message)
    }

    /// The current token, as messages name it.
    fn found(&self) -> String {
        match self.kind() {
            kind @ (TokenKind::Identifier | TokenKind::Number | TokenKind::String) => {
                let lexeme = self.lexeme();
                let shown: String = lexeme.chars().take(QUOTED).collect();
                let cut = if shown.len() < lexeme.len() { "…" } else { "" };
                format!("{} `{shown}{cut}`", kind.description().trim_start_matches("an ").trim_start_matches("a "))
            }
            kind => kind.description().to_owned(),
        }
    }

    // White space.

    pub(super) fn skip_spaces(&mut self) {
        while self.at(TokenKind::Space) {
            self.advance();
        }
    }

    pub(super) fn skip_whitespace(&mut self) {
        while self.kind().is_whitespace() {
            self.lexer.skip_blanks();
            self.advance();
        }
    }

    pub(super) fn skip_whitespace_and_docs(&mut self) {
        while self.kind().is_whitespace() || self.at(TokenKind::DocComment) {
            self.lexer.skip_blanks();
            self.advance();
        }
    }

    /// Moves past the current token and the white space behind it.
    pub(super) fn advance_past_whitespace(&mut self) {
        self.lexer.skip_blanks();
        self.advance();
        self.skip_whitespace_and_docs();
    }

    pub(super) fn take_spaces(&mut self) -> Parsed<()> {
        self.take(TokenKind::Space)?;
        self.skip_spaces();
        Ok(())
    }

    pub(super) fn take_whitespace(&mut self) -> Parsed<()> {
        if !self.kind().is_whitespace() {
            return self.unexpected_instead_of("white space");
        }
        self.skip_whitespace_and_docs();
        Ok(())
    }

    /// The end of a statement (`br` in the grammar): spaces, then a line break, a comment or the end of the file.
    pub(super) fn take_line_break(&mut self) -> Parsed<()> {
        self.skip_spaces();
        self.drop_docs();
        match self.kind() {
            TokenKind::Newline | TokenKind::Comment | TokenKind::DocComment => {
                self.advance();
                self.skip_whitespace();
                Ok(())
            }
            TokenKind::End => Ok(()),
            _ => self.unexpected(&[TokenKind::Newline]),
        }
    }

    // Documentation comments.

    /// The comments read since the last call, joined.
    pub(super) fn take_docs(&mut self) -> Option<String> {
        if self.docs.is_empty() {
            return None;
        }
        let text = self.docs.join("\n");
        self.docs.clear();
        Some(text)
    }

    /// Drops comments that belong to nothing, with a warning.
    pub(super) fn drop_docs(&mut self) {
        if let Some(docs) = self.take_docs() {
            self.warn_of_docs(self.token_span(), &docs);
        }
    }

    pub(super) fn warn_of_docs(&mut self, span: Span, docs: &str) {
        let message = format!(
            "Found documentation comments ('///') attached to nothing. Documentation comments must appear on their own \
             lines, directly before shapes and members, and before any traits. The invalid comments were: {docs}"
        );
        self.out.events.push(Event::error("Model.BadDocumentationComment", None, span, message).at(Severity::Warning));
    }

    // Errors.

    pub(super) fn error<T>(&mut self, shape: Option<&ShapeId>, span: Span, message: impl Into<String>) -> Parsed<T> {
        self.errors += 1;
        if self.errors <= MAX_ERRORS {
            self.out.events.push(Event::error("Model", shape.cloned(), span, message));
        }
        Err(Reported)
    }

    pub(super) fn warn(&mut self, shape: Option<&ShapeId>, span: Span, message: impl Into<String>) {
        self.out.events.push(Event::error("Model", shape.cloned(), span, message).at(Severity::Warning));
    }

    /// Whether so many errors were reported that going on helps nobody.
    pub(super) fn gives_up(&self) -> bool {
        self.errors >= MAX_ERRORS
    }

    /// Skips to the next line that begins like a statement.
    pub(super) fn recover(&mut self) {
        while !self.at_end() {
            self.advance();
            let begins_line = self.token.start == 0
                || self.text.as_bytes().get(self.token.start - 1).is_some_and(|byte| matches!(byte, b'\n' | b'\r'));
            let begins_statement = matches!(
                self.kind(),
                TokenKind::Identifier | TokenKind::DocComment | TokenKind::At | TokenKind::Dollar
            );
            if begins_line && begins_statement {
                break;
            }
        }
        self.nesting = 0;
        self.elements.clear();
        self.entries.clear();
    }

    /// Parses something nested.
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            let message = format!("Parser exceeded maximum allowed depth of {MAX_NESTING}");
            return self.error(None, self.token_span(), message);
        }
        let parsed = parse(self);
        self.nesting = self.nesting.saturating_sub(1);
        parsed
    }

    /// The value of the current token, which is a string or a text block; moves past it.
    pub(super) fn take_string(&mut self) -> Parsed<Box<str>> {
        let lexeme = self.lexeme();
        let content = lexeme.get(1..lexeme.len().saturating_sub(1)).unwrap_or("");
        let value = if self.at(TokenKind::TextBlock) {
            string::text_block(lexeme.get(3..lexeme.len().saturating_sub(3)).unwrap_or(""))
        } else if self.lexer.is_plain() {
            Ok(content.into())
        } else {
            string::value(content)
        };
        match value {
            Ok(value) => {
                self.advance();
                Ok(value.into())
            }
            Err(problem) => self.error(None, self.token_span(), problem.0),
        }
    }

    /// The value of the current token, which is a string or an identifier; moves past it.
    pub(super) fn take_key(&mut self) -> Parsed<Box<str>> {
        match self.kind() {
            TokenKind::String => self.take_string(),
            TokenKind::Identifier => {
                let name = self.lexeme();
                self.advance();
                Ok(name.into())
            }
            _ => self.unexpected(&[TokenKind::Identifier, TokenKind::String]),
        }
    }
}
