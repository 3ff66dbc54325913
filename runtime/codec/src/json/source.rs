//! Parsing of JSON.

use std::borrow::Cow;
use std::marker::PhantomData;

use whitesmith_schema::{Blob, Member, Schema, ShapeType, TimestampFormat};

use super::escape::read_escape;
use super::names::{ModelNames, Names};
use super::scan::plain_run_end;
use crate::number::{self, measure};
use crate::read::{Kind, Moment, NextMember, Numeral, Reader, Source};
use crate::{ReadError, ReadOptions, ReadProblem};

/// Reads JSON (RFC 8259) with members named as `N` says.
pub type JsonReader<'a, N = ModelNames> = Reader<JsonSource<'a, N>, Entries>;

/// JSON and a position in it.
///
/// Keys are compared in place, first with the member that comes next in the model.
#[derive(Debug)]
pub struct JsonSource<'a, N> {
    text: &'a str,
    at: usize,
    names: PhantomData<N>,
}

/// The state of a list or object that is being read.
#[derive(Clone, Copy, Debug)]
pub struct Entries {
    /// Whether an entry has been read, so that a comma must come before the next.
    started: bool,
}

impl<'a, N: Names> JsonReader<'a, N> {
    /// Creates a reader of a text.
    ///
    /// # Errors
    /// If the text is not UTF-8.
    pub fn new(body: &'a [u8], options: ReadOptions) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(body)
            .map_err(|error| ReadError::new(ReadProblem::NotUtf8, error.valid_up_to(), None))?;
        Ok(Self::over(JsonSource { text, at: 0, names: PhantomData }, options))
    }

    /// Checks that nothing follows.
    pub(super) fn finish(&mut self) -> Result<(), ReadError> {
        match self.source.peek() {
            None => Ok(()),
            Some(_) => Err(self.source.error(ReadProblem::TrailingData, None)),
        }
    }
}

impl<'a, N: Names> JsonSource<'a, N> {
    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes().get(self.at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Moves on; a position in a slice does not overflow.
    fn advance(&mut self, len: usize) {
        self.at = self.at.saturating_add(len);
    }

    /// Returns the next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.advance(1),
                other => return other.copied(),
            }
        }
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), ReadError> {
        if self.peek() != Some(byte) {
            return Err(self.expected(what, None));
        }
        self.advance(1);
        Ok(())
    }

    /// Advances to the next entry of the list or object that `close` ends; `false` at its end, which is consumed.
    #[inline]
    fn next_entry(&mut self, entries: &mut Entries, close: u8) -> Result<bool, ReadError> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.advance(1);
                return Ok(false);
            }
            Some(b',') if entries.started => self.advance(1),
            Some(_) if !entries.started => entries.started = true,
            _ => return Err(self.expected("a comma or the end of the list or object", None)),
        }
        Ok(true)
    }

    fn literal(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.advance(text.len());
        }
        found
    }

    fn text_token(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string", at));
        }
        let start = self.at.saturating_add(1);
        let end = plain_run_end(self.bytes(), start);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end.saturating_add(1);
            return Ok(Cow::Borrowed(self.slice(start, end)));
        }
        self.escaped_text(start, end, at).map(Cow::Owned)
    }

    #[cold]
    fn escaped_text(&mut self, start: usize, mut end: usize, at: Option<&'static Member>) -> Result<String, ReadError> {
        let mut text = self.slice(start, end).to_owned();
        loop {
            self.at = end;
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.advance(1);
                    return Ok(text);
                }
                Some(b'\\') => {
                    let escape = self.bytes().get(end.saturating_add(1)..).unwrap_or_default();
                    let (character, len) = read_escape(escape).ok_or_else(|| self.expected("an escape", at))?;
                    text.push(character);
                    let run = end.saturating_add(len).saturating_add(1);
                    end = plain_run_end(self.bytes(), run);
                    text.push_str(self.slice(run, end));
                }
                _ => return Err(self.expected("the end of a string", at)),
            }
        }
    }

    fn numeral(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        self.peek();
        let extent = measure(self.rest()).ok_or_else(|| self.expected("a number", at))?;
        let start = self.at;
        self.advance(extent.len);
        let text = self.slice(start, self.at);
        let integer = if extent.whole { text.parse().ok() } else { None };
        Ok(integer.map_or(Numeral::Text(Cow::Borrowed(text)), Numeral::Integer))
    }

    /// Reads a key and returns the member that it names.
    fn member_key(&mut self, schema: &'static Schema, expected: usize) -> Result<NextMember, ReadError> {
        if let (Some(member), Some(b'"')) = (schema.members.get(expected), self.peek()) {
            let name = N::name(member).as_bytes();
            let start = self.at.saturating_add(1);
            let end = start.saturating_add(name.len());
            if self.bytes().get(end) == Some(&b'"') && self.bytes().get(start..end) == Some(name) {
                self.at = end.saturating_add(1);
                return Ok(NextMember::Known(expected));
            }
        }
        let key = self.text_token(None)?;
        let index = schema.members.iter().position(|member| N::name(member) == key);
        Ok(match index {
            Some(index) => NextMember::Known(index),
            None if key == TYPE => NextMember::Ignored,
            None => schema.message_index(&key).map_or(NextMember::Unknown, NextMember::Known),
        })
    }
}

fn is_big(at: &'static Member) -> bool {
    matches!(at.target.shape_type, ShapeType::BigInteger | ShapeType::BigDecimal)
}

/// The key of a shape's name, which services may send beside a union's member.
const TYPE: &str = "__type";

impl<'a, N: Names> Source<'a> for JsonSource<'a, N> {
    type Entries = Entries;

    fn timestamp_format(at: Option<&'static Member>) -> TimestampFormat {
        let format = at.and_then(Member::timestamp_format).filter(|_| !N::TIMESTAMPS_ARE_NUMBERS);
        format.unwrap_or(TimestampFormat::EpochSeconds)
    }

    fn offset(&self) -> usize {
        let space = self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.at.saturating_add(space)
    }

    #[cold]
    fn unexpected(&self, what: &'static str) -> ReadProblem {
        match self.bytes().get(self.at) {
            Some(_) => ReadProblem::Expected(what),
            None => ReadProblem::UnexpectedEnd,
        }
    }

    #[inline]
    fn kind(&mut self) -> Result<Kind, ReadError> {
        Ok(match self.peek() {
            Some(b'"') => Kind::Text,
            Some(b'{') => Kind::Map,
            Some(b'[') => Kind::List,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            _ => return Err(self.expected("a value", None)),
        })
    }

    #[inline]
    fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.literal(b"null")
    }

    fn boolean(&mut self, at: Option<&'static Member>) -> Result<bool, ReadError> {
        match self.peek() {
            Some(b't') if self.literal(b"true") => Ok(true),
            Some(b'f') if self.literal(b"false") => Ok(false),
            _ => Err(self.expected("true or false", at)),
        }
    }

    #[inline]
    fn number(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        if N::BIG_NUMBERS_ARE_STRINGS && self.peek() == Some(b'"') && at.is_some_and(is_big) {
            let start = self.at;
            let text = self.text_token(at)?;
            let is_number = measure(text.as_bytes()).is_some_and(|extent| extent.len == text.len());
            return if is_number {
                Ok(Numeral::Text(text))
            } else {
                Err(ReadError::new(ReadProblem::Expected("a number as a string"), start, at))
            };
        }
        self.numeral(at)
    }

    fn float(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        if self.peek() != Some(b'"') {
            return self.numeral(at);
        }
        let start = self.at;
        let what = "a number, or NaN, Infinity or -Infinity as a string";
        number::special(&self.text_token(at)?)
            .map(Numeral::Float)
            .ok_or_else(|| ReadError::new(ReadProblem::Expected(what), start, at))
    }

    #[inline]
    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        self.text_token(at)
    }

    fn blob(&mut self, at: Option<&'static Member>) -> Result<Blob, ReadError> {
        let start = self.offset();
        let text = self.text_token(at)?;
        let bytes = base64_simd::STANDARD
            .decode_to_vec(text.as_bytes())
            .map_err(|_| ReadError::new(ReadProblem::NotBase64, start, at))?;
        Ok(Blob(bytes))
    }

    fn moment(&mut self, at: Option<&'static Member>, _: ReadOptions) -> Result<Moment<'a>, ReadError> {
        match self.peek() {
            Some(b'"') => self.text_token(at).map(Moment::Text),
            _ => self.numeral(at).map(Moment::Number),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), ReadError> {
        match self.peek() {
            Some(b'"') => self.text_token(None).map(|_| ()),
            Some(b'n') if self.literal(b"null") => Ok(()),
            Some(b't' | b'f') => self.boolean(None).map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.numeral(None).map(|_| ()),
            _ => Err(self.expected("a value", None)),
        }
    }

    fn open_list(&mut self, _: Option<&'static Member>) -> Result<Entries, ReadError> {
        self.expect(b'[', "a list")?;
        Ok(Entries { started: false })
    }

    fn next_element(&mut self, list: &mut Entries) -> Result<bool, ReadError> {
        self.next_entry(list, b']')
    }

    fn open_map(&mut self, _: Option<&'static Member>) -> Result<Entries, ReadError> {
        self.open_structure()
    }

    fn next_key(&mut self, map: &mut Entries) -> Result<Option<Cow<'a, str>>, ReadError> {
        if !self.next_entry(map, b'}')? {
            return Ok(None);
        }
        let key = self.text_token(None)?;
        self.expect(b':', "a colon")?;
        Ok(Some(key))
    }

    fn open_structure(&mut self) -> Result<Entries, ReadError> {
        self.expect(b'{', "an object")?;
        Ok(Entries { started: false })
    }

    #[inline]
    fn next_member(
        &mut self,
        structure: &mut Entries,
        schema: &'static Schema,
        expected: usize,
    ) -> Result<NextMember, ReadError> {
        if !self.next_entry(structure, b'}')? {
            return Ok(NextMember::End);
        }
        let member = self.member_key(schema, expected)?;
        self.expect(b':', "a colon")?;
        Ok(member)
    }
}
