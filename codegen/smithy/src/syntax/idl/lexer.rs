//! Text to tokens. Every byte belongs to exactly one token, white space and comments included.

use memchr::memchr2;

use super::token::{LexicalError, Token, TokenKind};

/// What a byte can be part of, a bit for each.
const CLASSES: [u8; 256] = classes();
/// Letters, digits and underscores.
const IDENTIFIER: u8 = 1;
/// What means nothing between tokens, comments aside.
const BLANK: u8 = 1 << 1;
/// What stands for itself in a string.
const PLAIN: u8 = 1 << 2;

#[allow(clippy::indexing_slicing, reason = "a constant: out of range would not compile")]
const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "below 256")]
        let c = byte as u8;
        if c.is_ascii_alphanumeric() || c == b'_' {
            classes[byte] |= IDENTIFIER;
        }
        if matches!(c, b' ' | b'\t' | b'\n' | b'\r' | b',') {
            classes[byte] |= BLANK;
        }
        if c >= b' ' && c != b'"' && c != b'\\' {
            classes[byte] |= PLAIN;
        }
        byte += 1;
    }
    classes
}

fn is(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|classes| classes & class != 0)
}

/// An iterator over the tokens of a text; it ends with [`TokenKind::End`], which repeats.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether what stands between the quotes of the last string is its value.
    is_plain: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, is_plain: false }
    }

    /// Whether what stands between the quotes of the last string is its value, without escapes or control characters.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Moves past spaces, line breaks and commas.
    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(|byte| is(byte, BLANK));
    }

    /// Moves to what is found in the rest of the text, or to its end.
    fn skip_to(&mut self, find: impl Fn(&[u8]) -> Option<usize>) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += find(rest).unwrap_or(rest.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_while(&mut self, accepts: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !accepts(*byte)).unwrap_or(rest.len());
        self.at += length;
        length
    }

    pub(crate) fn next_token(&mut self) -> Token {
        let start = self.at;
        let kind = self.scan();
        Token { kind, start, end: self.at }
    }

    fn scan(&mut self) -> TokenKind {
        let Some(byte) = self.peek() else { return TokenKind::End };
        self.at += 1;
        match byte {
            b' ' | b'\t' => {
                self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
                TokenKind::Space
            }
            b'\n' => TokenKind::Newline,
            b'\r' => {
                self.skip_line_feed();
                TokenKind::Newline
            }
            b',' => TokenKind::Comma,
            b'@' => TokenKind::At,
            b'$' => TokenKind::Dollar,
            b'.' => TokenKind::Dot,
            b'{' => TokenKind::LeftBrace,
            b'}' => TokenKind::RightBrace,
            b'[' => TokenKind::LeftBracket,
            b']' => TokenKind::RightBracket,
            b'(' => TokenKind::LeftParen,
            b')' => TokenKind::RightParen,
            b'#' => TokenKind::Pound,
            b'=' => TokenKind::Equal,
            b':' if self.peek() == Some(b'=') => {
                self.at += 1;
                TokenKind::Walrus
            }
            b':' => TokenKind::Colon,
            b'"' => self.string(),
            b'/' => self.comment(),
            b'-' | b'0'..=b'9' => self.number(byte),
            b'_' | b'A'..=b'Z' | b'a'..=b'z' => self.identifier(byte),
            _ => {
                self.skip_while(|byte| !is_boundary(byte));
                TokenKind::Error(LexicalError::Character)
            }
        }
    }

    fn skip_line_feed(&mut self) {
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
    }

    fn identifier(&mut self, first: u8) -> TokenKind {
        if first == b'_' {
            self.skip_while(|byte| byte == b'_');
            if !self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
                return TokenKind::Error(LexicalError::Identifier);
            }
        }
        self.skip_while(|byte| is(byte, IDENTIFIER));
        TokenKind::Identifier
    }

    fn number(&mut self, first: u8) -> TokenKind {
        const BAD: TokenKind = TokenKind::Error(LexicalError::Number);
        let digits = |lexer: &mut Self| lexer.skip_while(|byte| byte.is_ascii_digit()) > 0;
        if !digits(self) && first == b'-' {
            return BAD;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !digits(self) {
                return BAD;
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if !digits(self) {
                return BAD;
            }
        }
        TokenKind::Number
    }

    fn comment(&mut self) -> TokenKind {
        if self.peek() != Some(b'/') {
            return TokenKind::Error(LexicalError::Slash);
        }
        self.at += 1;
        let kind = if self.peek() == Some(b'/') { TokenKind::DocComment } else { TokenKind::Comment };
        self.skip_to(|rest| memchr2(b'\n', b'\r', rest));
        match self.peek() {
            Some(b'\r') => {
                self.at += 1;
                self.skip_line_feed();
            }
            Some(_) => self.at += 1,
            None => {}
        }
        kind
    }

    fn string(&mut self) -> TokenKind {
        let length = self.skip_while(|byte| is(byte, PLAIN));
        self.is_plain = self.peek() == Some(b'"');
        if !self.is_plain {
            return self.until_closed(false);
        }
        self.at += 1;
        if length > 0 || self.peek() != Some(b'"') {
            return TokenKind::String;
        }
        self.at += 1;
        self.until_closed(true)
    }

    fn until_closed(&mut self, triple: bool) -> TokenKind {
        loop {
            self.skip_to(|rest| memchr2(b'"', b'\\', rest));
            match self.peek() {
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(_) if !triple => {
                    self.at += 1;
                    return TokenKind::String;
                }
                Some(_) if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"\"\"\"")) => {
                    self.at += 3;
                    return TokenKind::TextBlock;
                }
                Some(_) => self.at += 1,
                None if triple => return TokenKind::Error(LexicalError::OpenTextBlock),
                None => return TokenKind::Error(LexicalError::OpenString),
            }
        }
    }
}

/// Whether an unexpected character ends before a byte: the continuation bytes of UTF-8 belong to it.
fn is_boundary(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
