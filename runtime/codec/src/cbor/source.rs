//! Parsing of CBOR.

use std::borrow::Cow;

use whitesmith_schema::{Blob, Member, Schema, TimestampFormat};

use super::head::{
    self, ARRAY, BIG_TAGS, BREAK, BYTES, DECIMAL_TAG, EPOCH_TAG, Head, MAP, NEGATIVE, SIMPLE, TAG, TEXT, UNSIGNED,
};
use crate::read::{Kind, Moment, NextMember, Numeral, Reader, Source};
use crate::{ReadError, ReadOptions, ReadProblem};

/// Reads CBOR, RFC 8949.
pub type CborReader<'a> = Reader<CborSource<'a>, Entries>;

/// CBOR and a position in it. Nothing is allocated for a length before its bytes are there.
#[derive(Debug)]
pub struct CborSource<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The number of entries that remain of a list or map; `None` if its length is indefinite.
#[derive(Clone, Copy, Debug)]
pub struct Entries(Option<u64>);

impl<'a> CborReader<'a> {
    /// Starts at the beginning of a data item.
    pub fn new(body: &'a [u8], options: ReadOptions) -> Self {
        Self::over(CborSource { bytes: body, at: 0 }, options)
    }

    /// Checks that nothing follows.
    pub(super) fn finish(&self) -> Result<(), ReadError> {
        match self.source.peek() {
            None => Ok(()),
            Some(_) => Err(self.source.error(ReadProblem::TrailingData, None)),
        }
    }
}

impl<'a> CborSource<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Moves on; a position in a slice does not overflow.
    fn advance(&mut self, len: usize) {
        self.at = self.at.saturating_add(len);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Returns the next head without consuming it.
    fn head(&self, what: &'static str, at: Option<&'static Member>) -> Result<Head, ReadError> {
        head::read(self.rest()).ok_or_else(|| self.expected(what, at))
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], ReadError> {
        let len = usize::try_from(len).map_err(|_| self.error(ReadProblem::UnexpectedEnd, None))?;
        let taken = self.rest().get(..len).ok_or_else(|| self.error(ReadProblem::UnexpectedEnd, None))?;
        self.advance(len);
        Ok(taken)
    }

    /// Reads a tag if one comes next.
    fn tag(&mut self) -> Option<u64> {
        let head = head::read(self.rest()).filter(|head| head.major == TAG)?;
        self.advance(head.len);
        head.argument
    }

    /// Opens a list or map.
    fn open(&mut self, major: u8, what: &'static str) -> Result<Entries, ReadError> {
        let head = self.head(what, None)?;
        if head.major != major {
            return Err(self.expected(what, None));
        }
        self.advance(head.len);
        Ok(Entries(head.argument))
    }

    /// Advances to the next entry; `false` at the end, which is consumed.
    fn next_entry(&mut self, entries: &mut Entries) -> bool {
        match &mut entries.0 {
            Some(0) => false,
            Some(count) => {
                *count = count.saturating_sub(1);
                true
            }
            None => {
                let ends = self.peek() == Some(BREAK);
                self.advance(usize::from(ends));
                !ends
            }
        }
    }

    /// Reads bytes or text, in one chunk or in several.
    fn pieces(
        &mut self,
        major: u8,
        what: &'static str,
        at: Option<&'static Member>,
    ) -> Result<Cow<'a, [u8]>, ReadError> {
        let head = self.head(what, at)?;
        if head.major != major {
            return Err(self.expected(what, at));
        }
        self.advance(head.len);
        if let Some(len) = head.argument {
            return self.take(len).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        while self.peek() != Some(BREAK) {
            let head = self.head(what, at)?;
            let Some(len) = head.argument.filter(|_| head.major == major) else {
                return Err(self.expected(what, at));
            };
            self.advance(head.len);
            whole.extend_from_slice(self.take(len)?);
        }
        self.advance(1);
        Ok(Cow::Owned(whole))
    }

    fn utf8(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        let start = self.at;
        let not_utf8 = |_| ReadError::new(ReadProblem::NotUtf8, start, at);
        Ok(match self.pieces(TEXT, "a text", at)? {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(not_utf8)?),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|error| not_utf8(error.utf8_error()))?),
        })
    }

    /// Reads an integer, which has up to 128 bits if it is tagged as a big one.
    fn whole(&mut self, at: Option<&'static Member>) -> Result<i128, ReadError> {
        let start = self.at;
        let out_of_range = || ReadError::new(ReadProblem::OutOfRange("number of 128 bits"), start, at);
        if let Some(tag) = self.tag() {
            let bytes = self.pieces(BYTES, "a big number", at)?;
            let magnitude = bytes.iter().try_fold(0_i128, |number, byte| {
                number.checked_mul(256).and_then(|number| number.checked_add(i128::from(*byte)))
            });
            let magnitude = magnitude.ok_or_else(out_of_range)?;
            return match tag {
                tag if tag == BIG_TAGS[0] => Ok(magnitude),
                tag if tag == BIG_TAGS[1] => Ok(!magnitude),
                _ => Err(ReadError::new(ReadProblem::Expected("a whole number"), start, at)),
            };
        }
        let head = self.head("a whole number", at)?;
        let number = match (head.major, head.argument) {
            (UNSIGNED, Some(number)) => i128::from(number),
            (NEGATIVE, Some(number)) => !i128::from(number),
            _ => return Err(self.expected("a whole number", at)),
        };
        self.advance(head.len);
        Ok(number)
    }

    /// Returns the next tag without consuming it.
    fn peek_tag(&self) -> Option<u64> {
        head::read(self.rest()).filter(|head| head.major == TAG)?.argument
    }

    fn is_float(&self) -> bool {
        matches!(self.peek(), Some(head::HALF | head::SINGLE | head::DOUBLE))
    }

    fn floating(&mut self) -> Result<f64, ReadError> {
        let float = match self.rest() {
            [head::HALF, rest @ ..] => rest.first_chunk().map(|bytes| (half(u16::from_be_bytes(*bytes)), 3)),
            [head::SINGLE, rest @ ..] => rest.first_chunk().map(|bytes| (f32::from_be_bytes(*bytes).into(), 5)),
            [head::DOUBLE, rest @ ..] => rest.first_chunk().map(|bytes| (f64::from_be_bytes(*bytes), 9)),
            _ => None,
        };
        let (number, len) = float.ok_or_else(|| self.error(ReadProblem::UnexpectedEnd, None))?;
        self.advance(len);
        Ok(number)
    }

    /// Reads a decimal fraction: an exponent of ten and a mantissa.
    fn decimal(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        const WHAT: &str = "an exponent and a mantissa";
        self.tag();
        if self.open(ARRAY, WHAT)?.0 != Some(2) {
            return Err(self.expected(WHAT, at));
        }
        let (exponent, mantissa) = (self.whole(at)?, self.whole(at)?);
        Ok(Numeral::Text(format!("{mantissa}E{exponent}").into()))
    }
}

/// Converts a number of 16 bits, IEEE 754's binary16.
fn half(bits: u16) -> f64 {
    let mantissa = f64::from(bits & 0x3ff);
    let magnitude = match bits >> 10 & 0x1f {
        0 => mantissa * 2f64.powi(-24),
        0x1f if bits & 0x3ff == 0 => f64::INFINITY,
        0x1f => f64::NAN,
        exponent => (mantissa + 1024.0) * 2f64.powi(i32::from(exponent).saturating_sub(25)),
    };
    if bits >> 15 == 0 { magnitude } else { -magnitude }
}

impl<'a> Source<'a> for CborSource<'a> {
    type Entries = Entries;

    /// Timestamps are tagged numbers of seconds, whatever the model says (Smithy RPC v2 CBOR, "Timestamp").
    fn timestamp_format(_: Option<&'static Member>) -> TimestampFormat {
        TimestampFormat::EpochSeconds
    }

    fn offset(&self) -> usize {
        self.at
    }

    #[cold]
    fn unexpected(&self, what: &'static str) -> ReadProblem {
        match self.bytes.get(self.at) {
            Some(_) => ReadProblem::Expected(what),
            None => ReadProblem::UnexpectedEnd,
        }
    }

    fn kind(&mut self) -> Result<Kind, ReadError> {
        loop {
            let head = self.head("a value", None)?;
            return Ok(match (head.major, head.argument) {
                (UNSIGNED | NEGATIVE, _) => Kind::Number,
                (BYTES, _) => Kind::Blob,
                (TEXT, _) => Kind::Text,
                (ARRAY, _) => Kind::List,
                (MAP, _) => Kind::Map,
                (TAG, Some(EPOCH_TAG)) => Kind::Timestamp,
                (TAG, Some(tag)) if tag == DECIMAL_TAG || BIG_TAGS.contains(&tag) => Kind::Number,
                // Other tags do not change what the value is read as.
                (TAG, Some(_)) => {
                    self.advance(head.len);
                    continue;
                }
                (SIMPLE, Some(_)) => match self.peek() {
                    Some(head::TRUE | head::FALSE) => Kind::Boolean,
                    Some(head::NULL | head::UNDEFINED) => Kind::Null,
                    Some(head::HALF | head::SINGLE | head::DOUBLE) => Kind::Number,
                    _ => Kind::Other,
                },
                _ => return Err(self.expected("a value", None)),
            });
        }
    }

    fn null(&mut self) -> bool {
        let is_null = matches!(self.peek(), Some(head::NULL | head::UNDEFINED));
        self.advance(usize::from(is_null));
        is_null
    }

    fn boolean(&mut self, at: Option<&'static Member>) -> Result<bool, ReadError> {
        let value = match self.peek() {
            Some(head::TRUE) => true,
            Some(head::FALSE) => false,
            _ => return Err(self.expected("true or false", at)),
        };
        self.advance(1);
        Ok(value)
    }

    fn number(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        if self.is_float() {
            return self.floating().map(Numeral::Float);
        }
        if self.peek_tag() == Some(DECIMAL_TAG) {
            return self.decimal(at);
        }
        let number = self.whole(at)?;
        Ok(i64::try_from(number).map_or_else(|_| Numeral::Text(number.to_string().into()), Numeral::Integer))
    }

    fn float(&mut self, at: Option<&'static Member>) -> Result<Numeral<'a>, ReadError> {
        self.number(at)
    }

    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        self.utf8(at)
    }

    fn blob(&mut self, at: Option<&'static Member>) -> Result<Blob, ReadError> {
        self.pieces(BYTES, "bytes", at).map(|bytes| Blob(bytes.into_owned()))
    }

    fn moment(&mut self, at: Option<&'static Member>, options: ReadOptions) -> Result<Moment<'a>, ReadError> {
        match self.peek_tag() {
            Some(EPOCH_TAG) => {
                self.tag();
            }
            None if options.tolerant => {}
            _ => return Err(self.expected("a timestamp of the tag 1", at)),
        }
        match head::read(self.rest()) {
            Some(head) if options.tolerant && head.major == TEXT => self.utf8(at).map(Moment::Text),
            _ => self.number(at).map(Moment::Number),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), ReadError> {
        match self.kind()? {
            Kind::Number => self.number(None).map(|_| ()),
            Kind::Text | Kind::Blob => {
                let major = self.head("a value", None)?.major;
                self.pieces(major, "a value", None).map(|_| ())
            }
            Kind::Timestamp => {
                self.tag();
                self.number(None).map(|_| ())
            }
            _ => {
                let len = self.head("a value", None)?.len;
                self.advance(len);
                Ok(())
            }
        }
    }

    fn open_list(&mut self, _: Option<&'static Member>) -> Result<Entries, ReadError> {
        self.open(ARRAY, "a list")
    }

    fn next_element(&mut self, list: &mut Entries) -> Result<bool, ReadError> {
        Ok(self.next_entry(list))
    }

    fn open_map(&mut self, _: Option<&'static Member>) -> Result<Entries, ReadError> {
        self.open(MAP, "a map")
    }

    fn next_key(&mut self, map: &mut Entries) -> Result<Option<Cow<'a, str>>, ReadError> {
        if self.next_entry(map) { self.utf8(None).map(Some) } else { Ok(None) }
    }

    fn open_structure(&mut self) -> Result<Entries, ReadError> {
        self.open(MAP, "a map")
    }

    fn next_member(
        &mut self,
        structure: &mut Entries,
        schema: &'static Schema,
        expected: usize,
    ) -> Result<NextMember, ReadError> {
        if !self.next_entry(structure) {
            return Ok(NextMember::End);
        }
        let key = self.utf8(None)?;
        let follows = schema.members.get(expected).is_some_and(|member| member.name == key);
        let index = if follows { Some(expected) } else { schema.member_index(&key) };
        let index = index.or_else(|| schema.message_index(&key));
        Ok(index.map_or(NextMember::Unknown, NextMember::Known))
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    #[allow(clippy::float_cmp, reason = "these are exact")]
    fn halves_are_those_of_the_specification() {
        assert_eq!([0x0000, 0x3c00, 0x3e00, 0x7bff, 0xc400].map(half), [0.0, 1.0, 1.5, 65_504.0, -4.0]);
        assert_eq!(half(0x0001), 5.960_464_477_539_063e-8);
        assert_eq!(half(0xfc00), f64::NEG_INFINITY);
        assert!(half(0x7e00).is_nan());
    }
}
