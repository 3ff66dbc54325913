//! The JSON parser.

use foldhash::HashSet;
use memchr::memchr2;

use super::files::BYTE_ORDER_MARK;
use super::{Entry, FileId, Node, NodeValue, Number, Object, Span};

/// How deep arrays and objects may be nested: far more than any model needs (endpoint rule sets reach about 30), and
/// little enough for every later recursion over a node.
pub const MAX_DEPTH: usize = 500;

/// Below this many entries, comparing every key with every other is quicker than hashing.
const FEW_KEYS: usize = 16;

/// What is wrong with a text that should be JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseErrorKind {
    /// Something else was due.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What could have stood here.
        expected: &'static str,
        /// What does.
        found: String,
    },
    /// See [`MAX_DEPTH`].
    #[error("arrays and objects are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// The same key twice in an object.
    #[error("duplicate key \"{0}\"")]
    DuplicateKey(String),
    /// A `\u` escape of half a character.
    #[error("the escape \\u{0:04x} is half of a surrogate pair and means no character alone")]
    LoneSurrogate(u16),
    /// A backslash before a character that it does not escape.
    #[error("no such escape in a JSON string")]
    BadEscape,
    /// A raw control character in a string.
    #[error("the control character U+{0:04X} must be escaped in a JSON string")]
    ControlCharacter(u8),
    /// The closing quote is missing.
    #[error("the string is not closed")]
    OpenString,
    /// Not a number as JSON has them.
    #[error("malformed number")]
    BadNumber,
    /// An exponent that would make a number of astronomical length.
    #[error("the number is out of range: its exponent has more than 4 digits")]
    NumberOutOfRange,
}

/// A text that is not JSON, and where it stops being so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// Where.
    pub span: Span,
}

/// Parses one JSON value that fills the text, a byte order mark aside; `file` is only noted in the spans.
///
/// # Errors
/// When the text is not JSON, is nested deeper than [`MAX_DEPTH`], or has duplicate keys.
pub fn parse(file: FileId, text: &str) -> Result<Node, ParseError> {
    parse_file(file, text, false)
}

/// The same for a text with comments, `// …` up to the end of the line, wherever white space may stand.
pub(crate) fn parse_with_comments(file: FileId, text: &str) -> Result<Node, ParseError> {
    parse_file(file, text, true)
}

fn parse_file(file: FileId, text: &str, allows_comments: bool) -> Result<Node, ParseError> {
    let at = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let mut parser = Parser { file, text, bytes: text.as_bytes(), at, depth: 0, allows_comments };
    parser.skip_space();
    let node = parser.value()?;
    parser.skip_space();
    if parser.at < parser.bytes.len() {
        return Err(parser.unexpected("the end of the file"));
    }
    Ok(node)
}

struct Parser<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    allows_comments: bool,
}

impl Parser<'_> {
    #[allow(clippy::cast_possible_truncation, reason = "Sources takes no file that 32 bits cannot count")]
    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    fn error(&self, kind: ParseErrorKind, start: usize, end: usize) -> ParseError {
        ParseError { kind, span: self.span(start, end.min(self.bytes.len())) }
    }

    fn unexpected(&self, expected: &'static str) -> ParseError {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let width = found.map_or(0, char::len_utf8);
        let found = found.map_or_else(|| "the end of the file".to_owned(), |c| format!("{c:?}"));
        self.error(ParseErrorKind::Unexpected { expected, found }, self.at, self.at + width)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
        if self.allows_comments {
            self.skip_comments();
        }
    }

    fn skip_comments(&mut self) {
        while let Some(comment) = self.text.get(self.at..).filter(|rest| rest.starts_with("//")) {
            self.at += memchr2(b'\n', b'\r', comment.as_bytes()).unwrap_or(comment.len());
            while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
                self.at += 1;
            }
        }
    }

    fn value(&mut self) -> Result<Node, ParseError> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => NodeValue::String(self.string()?),
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b't') => self.word("true", NodeValue::Bool(true))?,
            Some(b'f') => self.word("false", NodeValue::Bool(false))?,
            Some(b'n') => self.word("null", NodeValue::Null)?,
            Some(b'-' | b'0'..=b'9') => NodeValue::Number(self.number()?),
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Node { span: self.span(start, self.at), value })
    }

    fn word(&mut self, word: &'static str, value: NodeValue) -> Result<NodeValue, ParseError> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.unexpected("a value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<NodeValue, ParseError>) -> Result<NodeValue, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(ParseErrorKind::TooDeep, self.at, self.at + 1));
        }
        self.depth += 1;
        self.at += 1;
        let value = inner(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<NodeValue, ParseError> {
        let mut elements = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(NodeValue::Array(elements));
        }
        loop {
            self.skip_space();
            elements.push(self.value()?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.unexpected("',' or ']'")),
            }
        }
        self.at += 1;
        elements.shrink_to_fit();
        Ok(NodeValue::Array(elements))
    }

    fn object(&mut self) -> Result<NodeValue, ParseError> {
        let mut entries = Vec::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(NodeValue::Object(Object::default()));
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key"));
            }
            let key = self.string()?;
            let key_span = self.span(start, self.at);
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("':'"));
            }
            self.at += 1;
            self.skip_space();
            entries.push(Entry { key, key_span, value: self.value()? });
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.unexpected("',' or '}'")),
            }
        }
        self.at += 1;
        entries.shrink_to_fit();
        if let Some(twin) = duplicate(&entries) {
            return Err(ParseError { kind: ParseErrorKind::DuplicateKey(shorten(&twin.key)), span: twin.key_span });
        }
        Ok(NodeValue::Object(Object::new(entries)))
    }

    fn string(&mut self) -> Result<Box<str>, ParseError> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        let mut unescaped: Option<String> = None;
        let mut piece = start;
        loop {
            self.skip_plain();
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let plain = self.text.get(piece..self.at).unwrap_or("");
                    let mut text = unescaped.take().unwrap_or_default();
                    text.push_str(plain);
                    text.push(self.escape()?);
                    unescaped = Some(text);
                    piece = self.at;
                }
                Some(control) => {
                    return Err(self.error(ParseErrorKind::ControlCharacter(control), self.at, self.at + 1));
                }
                None => return Err(self.error(ParseErrorKind::OpenString, open, open + 1)),
            }
        }
        let plain = self.text.get(piece..self.at).unwrap_or("");
        self.at += 1;
        Ok(match unescaped {
            None => plain.into(),
            Some(mut text) => {
                text.push_str(plain);
                text.into_boxed_str()
            }
        })
    }

    /// Passes over what a string holds as it stands.
    fn skip_plain(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
        self.at += length.unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        let start = self.at;
        let bad = |parser: &Self| parser.error(ParseErrorKind::BadEscape, start, start + 1);
        let escaped = self.bytes.get(start + 1).copied().ok_or_else(|| bad(self))?;
        self.at += 2;
        Ok(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex4().ok_or_else(|| bad(self))?;
                let lone = |parser: &Self| parser.error(ParseErrorKind::LoneSurrogate(first), start, start + 6);
                let mut units = vec![first];
                if (0xD800..0xDC00).contains(&first) {
                    if self.text.get(self.at..self.at + 2) != Some("\\u") {
                        return Err(lone(self));
                    }
                    self.at += 2;
                    units.push(self.hex4().ok_or_else(|| bad(self))?);
                }
                match char::decode_utf16(units).next() {
                    Some(Ok(c)) => c,
                    _ => return Err(lone(self)),
                }
            }
            _ => return Err(bad(self)),
        })
    }

    fn hex4(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Result<Number, ParseError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.peek();
        let whole = self.digits();
        let mut good = whole > 0 && (whole == 1 || first != Some(b'0'));
        if self.peek() == Some(b'.') {
            self.at += 1;
            good &= self.digits() > 0;
        }
        let mut exponent = 0;
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            exponent = self.digits();
            good &= exponent > 0;
        }
        if !good {
            return Err(self.error(ParseErrorKind::BadNumber, start, self.at));
        }
        if exponent > 4 {
            return Err(self.error(ParseErrorKind::NumberOutOfRange, start, self.at));
        }
        Ok(Number::from_literal(self.text.get(start..self.at).unwrap_or("0")))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - start
    }
}

fn duplicate(entries: &[Entry]) -> Option<&Entry> {
    if entries.len() <= FEW_KEYS {
        let twin = |at: usize, entry: &Entry| entries.iter().take(at).any(|earlier| earlier.key == entry.key);
        return entries.iter().enumerate().find(|(at, entry)| twin(*at, entry)).map(|(_, entry)| entry);
    }
    let mut seen = HashSet::default();
    seen.reserve(entries.len());
    entries.iter().find(|entry| !seen.insert(&*entry.key))
}

/// A hostile key must not fill the screen.
fn shorten(key: &str) -> String {
    const LONGEST: usize = 80;
    match key.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or("")),
        None => key.to_owned(),
    }
}
