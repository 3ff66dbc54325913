//! CBOR to values, pulled member by member.

use std::borrow::Cow;

use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Deserialize, Deserializer, Document, Member, Number, Schema, Timestamp, Value,
    ValueMap,
};

use super::head::{
    self, ARRAY, BIG_TAGS, BREAK, BYTES, DECIMAL_TAG, EPOCH_TAG, Head, MAP, NEGATIVE, SIMPLE, TAG, TEXT, UNSIGNED,
};
use crate::{ReadError, ReadOptions, ReadProblem, Seed};

/// Reads CBOR. What a length says is never trusted before the bytes are seen.
#[derive(Debug)]
pub struct CborReader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth_left: u32,
    options: ReadOptions,
    object: ObjectState,
}

/// How far the innermost structure has been read.
#[derive(Clone, Copy, Debug)]
struct ObjectState {
    entries: Entries,
    ended: bool,
    /// The index of the member that comes next if the message follows the model's order.
    expected: usize,
}

/// How many entries of a list or map are to come: a number, or as many as there are before the break.
type Entries = Option<u64>;

impl<'a> CborReader<'a> {
    /// Starts at the beginning of a data item.
    pub fn new(body: &'a [u8], options: ReadOptions) -> Self {
        let object = ObjectState { entries: Some(0), ended: true, expected: 0 };
        Self { bytes: body, at: 0, depth_left: options.max_depth, options, object }
    }

    /// Reads the structure at the top of a message, after which nothing may follow. An empty message has no members.
    pub(crate) fn message<S: Seed>(body: &'a [u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        let body = if body.is_empty() { &[0xa0] } else { body };
        let mut reader = Self::new(body, options);
        let value = reader.structure_with(seed.schema(), |reader| seed.read_members(reader))?;
        if reader.at < body.len() {
            return Err(reader.error(ReadProblem::TrailingData));
        }
        Ok(value)
    }

    #[cold]
    fn error(&self, problem: ReadProblem) -> ReadError {
        ReadError::new(problem, self.at, None)
    }

    #[cold]
    fn expected(&self, what: &'static str, at: Option<&'static Member>) -> ReadError {
        let problem = match self.bytes.get(self.at) {
            Some(_) => ReadProblem::Expected(what),
            None => ReadProblem::UnexpectedEnd,
        };
        ReadError::new(problem, self.at, at)
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The head that stands next, unread.
    fn head(&self, what: &'static str, at: Option<&'static Member>) -> Result<Head, ReadError> {
        head::read(self.rest()).ok_or_else(|| self.expected(what, at))
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], ReadError> {
        let len = usize::try_from(len).map_err(|_| self.error(ReadProblem::UnexpectedEnd))?;
        let taken = self.rest().get(..len).ok_or_else(|| self.error(ReadProblem::UnexpectedEnd))?;
        self.at += len;
        Ok(taken)
    }

    /// Reads a tag, where one stands next.
    fn tag(&mut self) -> Option<u64> {
        let head = head::read(self.rest()).filter(|head| head.major == TAG)?;
        self.at += head.len;
        head.argument
    }

    fn enter(&mut self) -> Result<(), ReadError> {
        self.depth_left =
            self.depth_left.checked_sub(1).ok_or_else(|| self.error(ReadProblem::TooDeep(self.options.max_depth)))?;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth_left += 1;
    }

    /// Opens a list or map.
    fn open(&mut self, major: u8, what: &'static str) -> Result<Entries, ReadError> {
        let head = self.head(what, None)?;
        if head.major != major {
            return Err(self.expected(what, None));
        }
        self.at += head.len;
        Ok(head.argument)
    }

    /// Steps to the next entry; `false` at the end, which is then read.
    fn next_entry(&mut self, entries: &mut Entries) -> bool {
        match entries {
            Some(0) => false,
            Some(count) => {
                *count -= 1;
                true
            }
            None => {
                let ends = self.peek() == Some(BREAK);
                self.at += usize::from(ends);
                !ends
            }
        }
    }

    /// Bytes or text, in one piece or in several.
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
        self.at += head.len;
        if let Some(len) = head.argument {
            return self.take(len).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        while self.peek() != Some(BREAK) {
            let head = self.head(what, at)?;
            let Some(len) = head.argument.filter(|_| head.major == major) else {
                return Err(self.expected(what, at));
            };
            self.at += head.len;
            whole.extend_from_slice(self.take(len)?);
        }
        self.at += 1;
        Ok(Cow::Owned(whole))
    }

    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        let start = self.at;
        let not_utf8 = |_| ReadError::new(ReadProblem::NotUtf8, start, at);
        Ok(match self.pieces(TEXT, "a text", at)? {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(not_utf8)?),
            Cow::Owned(bytes) => {
                Cow::Owned(String::from_utf8(bytes).map_err(|_| ReadError::new(ReadProblem::NotUtf8, start, at))?)
            }
        })
    }

    /// A whole number, of up to 128 bits where it is tagged as a big one.
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
                tag if tag == BIG_TAGS[1] => Ok(-1 - magnitude),
                _ => Err(ReadError::new(ReadProblem::Expected("a whole number"), start, at)),
            };
        }
        let head = self.head("a whole number", at)?;
        let number = match (head.major, head.argument) {
            (UNSIGNED, Some(number)) => i128::from(number),
            (NEGATIVE, Some(number)) => -1 - i128::from(number),
            _ => return Err(self.expected("a whole number", at)),
        };
        self.at += head.len;
        Ok(number)
    }

    fn fitting<T: TryFrom<i128>>(&mut self, at: &'static Member, kind: &'static str) -> Result<T, ReadError> {
        let start = self.at;
        let number = self.whole(Some(at))?;
        T::try_from(number).map_err(|_| ReadError::new(ReadProblem::OutOfRange(kind), start, Some(at)))
    }

    #[allow(clippy::cast_precision_loss, reason = "that is what a double does to it")]
    fn floating(&mut self, at: Option<&'static Member>) -> Result<f64, ReadError> {
        let float = match self.rest() {
            [head::HALF, rest @ ..] => rest.first_chunk().map(|bytes| (half(u16::from_be_bytes(*bytes)), 3)),
            [head::SINGLE, rest @ ..] => rest.first_chunk().map(|bytes| (f32::from_be_bytes(*bytes).into(), 5)),
            [head::DOUBLE, rest @ ..] => rest.first_chunk().map(|bytes| (f64::from_be_bytes(*bytes), 9)),
            _ => return self.whole(at).map(|number| number as f64),
        };
        let (number, len) = float.ok_or_else(|| self.error(ReadProblem::UnexpectedEnd))?;
        self.at += len;
        Ok(number)
    }

    fn instant(&mut self, at: Option<&'static Member>) -> Result<Timestamp, ReadError> {
        let start = self.at;
        let tag = self.tag();
        if tag != Some(EPOCH_TAG) && !(tag.is_none() && self.options.tolerant) {
            return Err(ReadError::new(ReadProblem::Expected("a timestamp of the tag 1"), start, at));
        }
        let out_of_range = || ReadError::new(ReadProblem::OutOfRange("timestamp"), start, at);
        let is_whole = self.peek().is_some_and(|byte| byte >> 5 <= NEGATIVE);
        if is_whole {
            let seconds = i64::try_from(self.whole(at)?).map_err(|_| out_of_range())?;
            return Ok(Timestamp::new(seconds, 0));
        }
        Timestamp::from_epoch_seconds(self.floating(at)?).ok_or_else(out_of_range)
    }

    fn decimal(&mut self, at: &'static Member) -> Result<BigDecimal, ReadError> {
        let start = self.at;
        let rest = self.rest();
        if head::read(rest).is_some_and(|head| head.major == TAG && head.argument == Some(DECIMAL_TAG)) {
            self.tag();
            if self.open(ARRAY, "an exponent and a mantissa")? != Some(2) {
                return Err(ReadError::new(ReadProblem::Expected("an exponent and a mantissa"), start, Some(at)));
            }
            let (exponent, mantissa) = (self.whole(Some(at))?, self.whole(Some(at))?);
            return Ok(BigDecimal::new(format!("{mantissa}E{exponent}")));
        }
        let is_float = matches!(self.peek(), Some(head::HALF | head::SINGLE | head::DOUBLE));
        if is_float {
            return self.floating(Some(at)).map(|number| BigDecimal::new(number.to_string()));
        }
        self.whole(Some(at)).map(|number| BigDecimal::new(number.to_string()))
    }

    fn any(&mut self) -> Result<Value, ReadError> {
        let head = self.head("a value", None)?;
        Ok(match (head.major, self.peek()) {
            (UNSIGNED | NEGATIVE, _) => number(self.whole(None)?),
            (BYTES, _) => Value::Blob(Blob(self.pieces(BYTES, "bytes", None)?.into_owned())),
            (TEXT, _) => Value::String(self.text(None)?.into_owned()),
            (ARRAY, _) => {
                let mut items = Vec::new();
                self.elements(|reader| {
                    items.push(reader.any()?);
                    Ok(())
                })?;
                Value::List(items)
            }
            (MAP, _) => {
                let mut map = ValueMap::new();
                self.entries(|reader, key| {
                    map.insert(key, reader.any()?);
                    Ok(())
                })?;
                Value::Map(map)
            }
            (TAG, _) if head.argument == Some(EPOCH_TAG) => Value::Timestamp(self.instant(None)?),
            (TAG, _) if head.argument.is_some_and(|tag| BIG_TAGS.contains(&tag)) => number(self.whole(None)?),
            (TAG, _) => {
                self.enter()?;
                self.tag();
                let value = self.any()?;
                self.leave();
                value
            }
            (SIMPLE, Some(head::HALF | head::SINGLE | head::DOUBLE)) => {
                Value::Number(Number::Float(self.floating(None)?))
            }
            (_, Some(simple @ (head::FALSE | head::TRUE))) => {
                self.at += 1;
                Value::Boolean(simple == head::TRUE)
            }
            (_, Some(head::NULL | head::UNDEFINED)) => {
                self.at += 1;
                Value::Null
            }
            _ => return Err(self.expected("a value", None)),
        })
    }

    fn elements(&mut self, mut read: impl FnMut(&mut Self) -> Result<(), ReadError>) -> Result<(), ReadError> {
        self.enter()?;
        let mut entries = self.open(ARRAY, "a list")?;
        while self.next_entry(&mut entries) {
            read(self)?;
        }
        self.leave();
        Ok(())
    }

    /// Reads a map without a schema, entry by entry.
    pub(crate) fn entries(
        &mut self,
        mut read: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.enter()?;
        let mut entries = self.open(MAP, "a map")?;
        while self.next_entry(&mut entries) {
            let key = self.text(None)?;
            read(self, key)?;
        }
        self.leave();
        Ok(())
    }

    /// The text that stands next, or `None` after passing over another value.
    pub(crate) fn text_or_skip(&mut self) -> Result<Option<String>, ReadError> {
        if head::read(self.rest()).is_some_and(|head| head.major == TEXT) {
            return self.text(None).map(|text| Some(text.into_owned()));
        }
        self.skip().map(|()| None)
    }
}

fn number(number: i128) -> Value {
    Value::Number(i64::try_from(number).map_or_else(|_| Number::Big(number.to_string()), Number::Integer))
}

/// A number of 16 bits, IEEE 754's binary16.
fn half(bits: u16) -> f64 {
    let mantissa = f64::from(bits & 0x3ff);
    let magnitude = match bits >> 10 & 0x1f {
        0 => mantissa * 2f64.powi(-24),
        0x1f if bits & 0x3ff == 0 => f64::INFINITY,
        0x1f => f64::NAN,
        exponent => (mantissa + 1024.0) * 2f64.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 0 { magnitude } else { -magnitude }
}

impl Deserializer for CborReader<'_> {
    type Error = ReadError;

    fn boolean(&mut self, at: &'static Member) -> Result<bool, ReadError> {
        let value = match self.peek() {
            Some(head::TRUE) => true,
            Some(head::FALSE) => false,
            _ => return Err(self.expected("true or false", Some(at))),
        };
        self.at += 1;
        Ok(value)
    }

    fn byte(&mut self, at: &'static Member) -> Result<i8, ReadError> {
        self.fitting(at, "byte")
    }

    fn short(&mut self, at: &'static Member) -> Result<i16, ReadError> {
        self.fitting(at, "short")
    }

    fn integer(&mut self, at: &'static Member) -> Result<i32, ReadError> {
        self.fitting(at, "integer")
    }

    fn long(&mut self, at: &'static Member) -> Result<i64, ReadError> {
        self.fitting(at, "long")
    }

    #[allow(clippy::cast_possible_truncation, reason = "a float takes what fits it best")]
    fn float(&mut self, at: &'static Member) -> Result<f32, ReadError> {
        self.floating(Some(at)).map(|number| number as f32)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, ReadError> {
        self.floating(Some(at))
    }

    fn big_integer(&mut self, at: &'static Member) -> Result<BigInteger, ReadError> {
        self.whole(Some(at)).map(|number| BigInteger::new(number.to_string()))
    }

    fn big_decimal(&mut self, at: &'static Member) -> Result<BigDecimal, ReadError> {
        self.decimal(at)
    }

    fn string(&mut self, at: &'static Member) -> Result<String, ReadError> {
        self.text(Some(at)).map(Cow::into_owned)
    }

    fn string_with<T>(&mut self, at: &'static Member, take: impl FnOnce(&str) -> T) -> Result<T, ReadError> {
        self.text(Some(at)).map(|text| take(&text))
    }

    fn blob(&mut self, at: &'static Member) -> Result<Blob, ReadError> {
        self.pieces(BYTES, "bytes", Some(at)).map(|bytes| Blob(bytes.into_owned()))
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, ReadError> {
        self.instant(Some(at))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, ReadError> {
        self.any()
    }

    fn null(&mut self) -> Result<bool, ReadError> {
        let is_null = matches!(self.peek(), Some(head::NULL | head::UNDEFINED));
        self.at += usize::from(is_null);
        Ok(is_null)
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
        let entries = self.open(MAP, "a map")?;
        let outer = std::mem::replace(&mut self.object, ObjectState { entries, ended: false, expected: 0 });
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
        let mut entries = self.object.entries;
        while self.next_entry(&mut entries) {
            self.object.entries = entries;
            let key = self.text(None)?;
            let expected = self.object.expected;
            let follows = schema.members.get(expected).is_some_and(|member| member.name == key);
            let index = if follows { Some(expected) } else { schema.member_index(&key) };
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
        let head = self.head("a value", None)?;
        match (head.major, head.argument) {
            (BYTES | TEXT, _) => self.pieces(head.major, "a value", None).map(|_| ()),
            (ARRAY, _) => self.elements(Self::skip),
            (MAP, _) => {
                self.enter()?;
                let mut entries = self.open(MAP, "a map")?;
                while self.next_entry(&mut entries) {
                    self.skip()?;
                    self.skip()?;
                }
                self.leave();
                Ok(())
            }
            (TAG, _) => {
                self.enter()?;
                self.at += head.len;
                self.skip()?;
                self.leave();
                Ok(())
            }
            (_, None) => Err(self.expected("a value", None)),
            // Numbers, and simple values, whose argument is the whole of them.
            _ => {
                self.at += head.len;
                Ok(())
            }
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
