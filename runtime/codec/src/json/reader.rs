//! JSON to values, pulled member by member.

use std::borrow::Cow;

use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Deserialize, Deserializer, Document, Member, Number, Schema, Timestamp,
    TimestampFormat, Value, ValueMap,
};

use super::escape::read_escape;
use super::number::{NumberExtent, measure};
use super::scan::plain_run_end;
use crate::{ReadError, ReadOptions, ReadProblem, Seed};

/// Reads JSON, RFC 8259.
///
/// Keys are compared in place, first with the member that the model says comes next; nothing is allocated but what the
/// values themselves keep.
#[derive(Debug)]
pub struct JsonReader<'a> {
    text: &'a str,
    at: usize,
    depth_left: u32,
    options: ReadOptions,
    object: ObjectState,
}

/// How far the innermost structure has been read.
#[derive(Clone, Copy, Debug, Default)]
struct ObjectState {
    /// Whether a member has been read, so that a comma comes before the next.
    started: bool,
    /// Whether its closing brace has been read.
    ended: bool,
    /// The index of the member that comes next if the message follows the model's order.
    expected: usize,
}

impl<'a> JsonReader<'a> {
    /// Starts at the beginning of a text.
    pub fn new(body: &'a [u8], options: ReadOptions) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(body)
            .map_err(|error| ReadError::new(ReadProblem::NotUtf8, error.valid_up_to(), None))?;
        Ok(Self { text, at: 0, depth_left: options.max_depth, options, object: ObjectState::default() })
    }

    /// Reads the structure at the top of a message, after which nothing may follow. An empty message has no members.
    pub(crate) fn message<S: Seed>(body: &'a [u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        let body = if body.is_empty() { b"{}" } else { body };
        let mut reader = Self::new(body, options)?;
        let value = reader.structure_with(seed.schema(), |reader| seed.read_members(reader))?;
        reader.finish()?;
        Ok(value)
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.error(ReadProblem::TrailingData)),
        }
    }

    #[cold]
    fn error(&self, problem: ReadProblem) -> ReadError {
        ReadError::new(problem, self.at, None)
    }

    /// The error for what stands next not being what it should be.
    #[cold]
    fn expected(&self, what: &'static str, at: Option<&'static Member>) -> ReadError {
        let problem = match self.bytes().get(self.at) {
            Some(_) => ReadProblem::Expected(what),
            None => ReadProblem::UnexpectedEnd,
        };
        ReadError::new(problem, self.at, at)
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes().get(self.at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), ReadError> {
        if self.peek() != Some(byte) {
            return Err(self.expected(what, None));
        }
        self.at += 1;
        Ok(())
    }

    fn enter(&mut self) -> Result<(), ReadError> {
        self.depth_left =
            self.depth_left.checked_sub(1).ok_or_else(|| self.error(ReadProblem::TooDeep(self.options.max_depth)))?;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth_left += 1;
    }

    /// Steps to the next entry of the list or object that `close` ends; `false` at its end, which is then read.
    fn next_entry(&mut self, started: bool, close: u8) -> Result<bool, ReadError> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if started => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if !started => Ok(true),
            _ => Err(self.expected("a comma or the end of the list or object", None)),
        }
    }

    fn literal(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn text_token(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string", at));
        }
        let start = self.at + 1;
        let end = plain_run_end(self.bytes(), start);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
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
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let escape = self.bytes().get(end + 1..).unwrap_or_default();
                    let (character, len) = read_escape(escape).ok_or_else(|| self.expected("an escape", at))?;
                    text.push(character);
                    let run = end + 1 + len;
                    end = plain_run_end(self.bytes(), run);
                    text.push_str(self.slice(run, end));
                }
                _ => return Err(self.expected("the end of a string", at)),
            }
        }
    }

    fn number_token(&mut self, at: Option<&'static Member>) -> Result<(&'a str, NumberExtent), ReadError> {
        self.peek();
        let extent = measure(self.rest()).ok_or_else(|| self.expected("a number", at))?;
        let start = self.at;
        self.at += extent.len;
        Ok((self.slice(start, self.at), extent))
    }

    fn whole<T: std::str::FromStr>(&mut self, at: &'static Member, kind: &'static str) -> Result<T, ReadError> {
        let (text, extent) = self.number_token(Some(at))?;
        let out_of_range = || ReadError::new(ReadProblem::OutOfRange(kind), self.at - extent.len, Some(at));
        if !extent.whole {
            return Err(out_of_range());
        }
        text.parse().map_err(|_| out_of_range())
    }

    fn floating(&mut self, at: &'static Member, kind: &'static str) -> Result<f64, ReadError> {
        if self.peek() != Some(b'"') {
            let (text, extent) = self.number_token(Some(at))?;
            return text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or_else(|| ReadError::new(ReadProblem::OutOfRange(kind), self.at - extent.len, Some(at)));
        }
        let start = self.at;
        match &*self.text_token(Some(at))? {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => {
                let what = "a number, or NaN, Infinity or -Infinity as a string";
                Err(ReadError::new(ReadProblem::Expected(what), start, Some(at)))
            }
        }
    }

    fn instant(&mut self, at: &'static Member) -> Result<Timestamp, ReadError> {
        let format = at.timestamp_format().unwrap_or(TimestampFormat::EpochSeconds);
        let is_text = self.peek() == Some(b'"');
        let start = self.at;
        if !is_text {
            if format != TimestampFormat::EpochSeconds && !self.options.tolerant {
                return Err(self.expected("a timestamp as a string", Some(at)));
            }
            let (text, _) = self.number_token(Some(at))?;
            return parse_epoch_seconds(text)
                .ok_or_else(|| ReadError::new(ReadProblem::OutOfRange("timestamp"), start, Some(at)));
        }
        if format == TimestampFormat::EpochSeconds && !self.options.tolerant {
            return Err(self.expected("a timestamp as a number of seconds", Some(at)));
        }
        let text = self.text_token(Some(at))?;
        let read = match format {
            TimestampFormat::HttpDate => Timestamp::parse_http_date(&text),
            TimestampFormat::DateTime | TimestampFormat::EpochSeconds => Timestamp::parse_date_time(&text),
        };
        read.or_else(|error| if self.options.tolerant { parse_any(&text).ok_or(error) } else { Err(error) })
            .map_err(|error| ReadError::new(ReadProblem::Timestamp(error), start, Some(at)))
    }

    fn any(&mut self) -> Result<Value, ReadError> {
        Ok(match self.peek() {
            Some(b'"') => Value::String(self.text_token(None)?.into_owned()),
            Some(b'{') => {
                let mut map = ValueMap::new();
                self.entries(|reader, key| {
                    map.insert(key, reader.any()?);
                    Ok(())
                })?;
                Value::Map(map)
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.elements(|reader| {
                    items.push(reader.any()?);
                    Ok(())
                })?;
                Value::List(items)
            }
            Some(b't') if self.literal(b"true") => Value::Boolean(true),
            Some(b'f') if self.literal(b"false") => Value::Boolean(false),
            Some(b'n') if self.literal(b"null") => Value::Null,
            Some(b'-' | b'0'..=b'9') => {
                let (text, extent) = self.number_token(None)?;
                Value::Number(parse_number(text, extent))
            }
            _ => return Err(self.expected("a value", None)),
        })
    }

    fn elements(&mut self, mut read: impl FnMut(&mut Self) -> Result<(), ReadError>) -> Result<(), ReadError> {
        self.enter()?;
        self.expect(b'[', "a list")?;
        let mut started = false;
        while self.next_entry(started, b']')? {
            started = true;
            read(self)?;
        }
        self.leave();
        Ok(())
    }

    /// Reads an object without a schema, entry by entry.
    pub(crate) fn entries(
        &mut self,
        mut read: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.enter()?;
        self.expect(b'{', "an object")?;
        let mut started = false;
        while self.next_entry(started, b'}')? {
            started = true;
            let key = self.text_token(None)?;
            self.expect(b':', "a colon")?;
            read(self, key)?;
        }
        self.leave();
        Ok(())
    }

    /// The string that stands next, or `None` after passing over another value.
    pub(crate) fn text_or_skip(&mut self) -> Result<Option<String>, ReadError> {
        if self.peek() == Some(b'"') {
            return self.text_token(None).map(|text| Some(text.into_owned()));
        }
        self.skip().map(|()| None)
    }

    /// The index of the member whose name is the key that stands next; reads the key.
    fn member_key(&mut self, schema: &'static Schema) -> Result<Option<usize>, ReadError> {
        let expected = self.object.expected;
        if let (Some(member), Some(b'"')) = (schema.members.get(expected), self.peek()) {
            let name = member.name.as_bytes();
            let start = self.at + 1;
            let end = start + name.len();
            if self.bytes().get(end) == Some(&b'"') && self.bytes().get(start..end) == Some(name) {
                self.at = end + 1;
                return Ok(Some(expected));
            }
        }
        let key = self.text_token(None)?;
        Ok(schema.member_index(&key))
    }
}

fn parse_any(text: &str) -> Option<Timestamp> {
    Timestamp::parse_date_time(text)
        .or_else(|_| Timestamp::parse_http_date(text))
        .ok()
        .or_else(|| parse_epoch_seconds(text))
}

/// Reads decimal seconds exactly, to the nanosecond; those with an exponent through a double.
fn parse_epoch_seconds(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, fraction.as_bytes()),
        None => (text, &[][..]),
    };
    let exact = whole.parse::<i64>().ok().filter(|_| fraction.iter().all(u8::is_ascii_digit));
    let Some(seconds) = exact else {
        return text.parse().ok().and_then(Timestamp::from_epoch_seconds);
    };
    let digits = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    let nanos = digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'));
    if nanos > 0 && text.starts_with('-') {
        return Some(Timestamp::new(seconds.checked_sub(1)?, 1_000_000_000 - nanos));
    }
    Some(Timestamp::new(seconds, nanos))
}

fn parse_number(text: &str, extent: NumberExtent) -> Number {
    if !extent.whole {
        return match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Number::Float(number),
            _ => Number::Big(text.to_owned()),
        };
    }
    text.parse().map_or_else(|_| Number::Big(text.to_owned()), Number::Integer)
}

impl Deserializer for JsonReader<'_> {
    type Error = ReadError;

    fn boolean(&mut self, at: &'static Member) -> Result<bool, ReadError> {
        match self.peek() {
            Some(b't') if self.literal(b"true") => Ok(true),
            Some(b'f') if self.literal(b"false") => Ok(false),
            _ => Err(self.expected("true or false", Some(at))),
        }
    }

    fn byte(&mut self, at: &'static Member) -> Result<i8, ReadError> {
        self.whole(at, "byte")
    }

    fn short(&mut self, at: &'static Member) -> Result<i16, ReadError> {
        self.whole(at, "short")
    }

    fn integer(&mut self, at: &'static Member) -> Result<i32, ReadError> {
        self.whole(at, "integer")
    }

    fn long(&mut self, at: &'static Member) -> Result<i64, ReadError> {
        self.whole(at, "long")
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked to stay finite")]
    fn float(&mut self, at: &'static Member) -> Result<f32, ReadError> {
        let number = self.floating(at, "float")?;
        let narrow = number as f32;
        if number.is_finite() && narrow.is_infinite() {
            return Err(ReadError::new(ReadProblem::OutOfRange("float"), self.at, Some(at)));
        }
        Ok(narrow)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, ReadError> {
        self.floating(at, "double")
    }

    fn big_integer(&mut self, at: &'static Member) -> Result<BigInteger, ReadError> {
        let (text, extent) = self.number_token(Some(at))?;
        if !extent.whole {
            return Err(ReadError::new(ReadProblem::OutOfRange("bigInteger"), self.at - extent.len, Some(at)));
        }
        Ok(BigInteger::new(text))
    }

    fn big_decimal(&mut self, at: &'static Member) -> Result<BigDecimal, ReadError> {
        self.number_token(Some(at)).map(|(text, _)| BigDecimal::new(text))
    }

    fn string(&mut self, at: &'static Member) -> Result<String, ReadError> {
        self.text_token(Some(at)).map(Cow::into_owned)
    }

    fn string_with<T>(&mut self, at: &'static Member, take: impl FnOnce(&str) -> T) -> Result<T, ReadError> {
        self.text_token(Some(at)).map(|text| take(&text))
    }

    fn blob(&mut self, at: &'static Member) -> Result<Blob, ReadError> {
        self.peek();
        let start = self.at;
        let text = self.text_token(Some(at))?;
        let bytes = base64_simd::STANDARD
            .decode_to_vec(text.as_bytes())
            .map_err(|_| ReadError::new(ReadProblem::NotBase64, start, Some(at)))?;
        Ok(Blob(bytes))
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, ReadError> {
        self.instant(at)
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, ReadError> {
        self.any()
    }

    fn null(&mut self) -> Result<bool, ReadError> {
        Ok(self.peek() == Some(b'n') && self.literal(b"null"))
    }

    fn list_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let leave_out_null = !at.target.traits.sparse && self.options.tolerant;
        self.elements(|reader| if leave_out_null && reader.null()? { Ok(()) } else { read(reader) })
    }

    fn map_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let leave_out_null = !at.target.traits.sparse && self.options.tolerant;
        self.entries(|reader, key| if leave_out_null && reader.null()? { Ok(()) } else { read(reader, key) })
    }

    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        self.enter()?;
        self.expect(b'{', "an object")?;
        let outer = std::mem::take(&mut self.object);
        let value = read(self)?;
        while !self.object.ended {
            if self.next_member(schema)?.is_some() {
                self.skip()?;
            }
        }
        self.object = outer;
        self.leave();
        Ok(value)
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, ReadError> {
        if self.object.ended {
            return Ok(None);
        }
        while self.next_entry(self.object.started, b'}')? {
            self.object.started = true;
            let index = self.member_key(schema)?;
            self.expect(b':', "a colon")?;
            let Some(index) = index else {
                self.skip()?;
                continue;
            };
            self.object.expected = index + 1;
            if !self.null()? {
                return Ok(Some(index));
            }
        }
        self.object.ended = true;
        Ok(None)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        match self.peek() {
            Some(b'"') => self.text_token(None).map(|_| ()),
            Some(b'{') => self.entries(|reader, _| reader.skip()),
            Some(b'[') => self.elements(Self::skip),
            Some(b't') if self.literal(b"true") => Ok(()),
            Some(b'f') if self.literal(b"false") => Ok(()),
            Some(b'n') if self.literal(b"null") => Ok(()),
            Some(b'-' | b'0'..=b'9') => self.number_token(None).map(|_| ()),
            _ => Err(self.expected("a value", None)),
        }
    }

    fn missing(&self, member: &'static Member) -> ReadError {
        ReadError::new(ReadProblem::Missing, self.at, Some(member))
    }

    fn fills_defaults(&self) -> bool {
        !self.options.tolerant
    }

    fn required<T: Deserialize>(&self, member: &'static Member, value: Option<T>) -> Result<T, ReadError> {
        // Only a client makes do with a stand-in.
        let value = if self.options.tolerant { value.or_else(T::absent) } else { value };
        value.ok_or_else(|| self.missing(member))
    }
}
