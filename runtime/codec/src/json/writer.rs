//! Values to JSON.

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Number, Serialize, SerializeMembers, Serializer,
    Timestamp, TimestampFormat, Value,
};

use super::escape::write_string;
use super::number::is_number;
use crate::WriteError;

/// How JSON looks where JSON leaves a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JsonFormat {
    /// No spaces, UTF-8.
    #[default]
    Compact,
    /// A space after commas and colons, everything outside of ASCII escaped: what the AWS CLI sends.
    SpacedAscii,
}

/// Writes JSON.
#[derive(Debug, Default)]
pub struct JsonWriter {
    out: Vec<u8>,
    format: JsonFormat,
}

impl JsonWriter {
    /// Room for a usual request, so that writing it allocates once.
    const CAPACITY: usize = 512;

    /// An empty text.
    pub fn new(format: JsonFormat) -> Self {
        Self { out: Vec::with_capacity(Self::CAPACITY), format }
    }

    /// The text.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes the structure at the top of a message. `first` goes before its members and `token` after them, where it
    /// has a member of the `idempotencyToken` trait that is not set.
    pub(crate) fn message<T: SerializeMembers>(
        &mut self,
        value: &T,
        first: Option<(&str, &str)>,
        token: Option<&str>,
    ) -> Result<(), WriteError> {
        self.out.push(b'{');
        let mut members = JsonMembers { writer: self, first: true, token_written: false };
        if let Some((name, text)) = first {
            members.key(name);
            members.writer.text(text);
        }
        value.serialize_members(&mut members)?;
        if let (Some(token), false) = (token, members.token_written)
            && let Some(member) = value.schema().members.iter().find(|member| member.idempotency_token)
        {
            members.key(member.name);
            members.writer.text(token);
        }
        self.out.push(b'}');
        Ok(())
    }

    fn separate(&mut self) {
        self.out.push(b',');
        if self.format == JsonFormat::SpacedAscii {
            self.out.push(b' ');
        }
    }

    fn colon(&mut self) {
        self.out.push(b':');
        if self.format == JsonFormat::SpacedAscii {
            self.out.push(b' ');
        }
    }

    fn text(&mut self, text: &str) {
        write_string(&mut self.out, text, self.format == JsonFormat::SpacedAscii);
    }

    fn whole(&mut self, number: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn float_text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn not_finite(&mut self, number: f64) {
        self.text(if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        });
    }

    fn decimal(&mut self, at: &'static Member, text: &str) -> Result<(), WriteError> {
        // It goes out without quotation marks: anything else would be an injection.
        if !is_number(text) {
            return Err(WriteError::NotANumber { member: at.name, text: text.to_owned() });
        }
        self.float_text(text);
        Ok(())
    }

    fn epoch_seconds(&mut self, instant: Timestamp) {
        let nanos = instant.subsecond_nanos();
        if nanos == 0 {
            return self.whole(instant.seconds());
        }
        // Decimal texts are exact; before 1970 the fraction counts downwards.
        let (seconds, nanos) = match instant.seconds() {
            seconds @ 0.. => (seconds, nanos),
            seconds => {
                self.out.push(b'-');
                (-(seconds + 1), 1_000_000_000 - nanos)
            }
        };
        self.whole(seconds);
        self.float_text(format!(".{nanos:09}").trim_end_matches('0'));
    }

    /// Writes a value without a schema.
    pub(crate) fn any(&mut self, value: &Document) {
        match value {
            Value::Null => self.out.extend_from_slice(b"null"),
            Value::Boolean(value) => self.truth(*value),
            Value::Number(Number::Integer(number)) => self.whole(*number),
            Value::Number(Number::Float(number)) => self.floating(*number),
            Value::Number(Number::Big(text)) if is_number(text) => self.float_text(text),
            Value::Number(Number::Big(text)) | Value::String(text) => self.text(text),
            Value::Blob(bytes) => self.base64(bytes),
            Value::Timestamp(instant) => self.epoch_seconds(*instant),
            Value::List(items) => {
                self.out.push(b'[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        self.separate();
                    }
                    self.any(item);
                }
                self.out.push(b']');
            }
            Value::Map(map) => {
                self.out.push(b'{');
                for (position, (key, value)) in map.iter().enumerate() {
                    if position > 0 {
                        self.separate();
                    }
                    self.text(key);
                    self.colon();
                    self.any(value);
                }
                self.out.push(b'}');
            }
        }
    }

    fn truth(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn floating(&mut self, value: f64) {
        if value.is_finite() {
            self.float_text(ryu::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value);
        }
    }

    fn base64(&mut self, bytes: &[u8]) {
        self.out.push(b'"');
        base64_simd::STANDARD.encode_append(bytes, &mut self.out);
        self.out.push(b'"');
    }
}

impl Serializer for JsonWriter {
    type Error = WriteError;

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), WriteError> {
        self.truth(value);
        Ok(())
    }

    fn long(&mut self, _: &'static Member, value: i64) -> Result<(), WriteError> {
        self.whole(value);
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), WriteError> {
        if value.is_finite() {
            self.float_text(ryu::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value.into());
        }
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), WriteError> {
        self.floating(value);
        Ok(())
    }

    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Result<(), WriteError> {
        self.decimal(at, value.as_str())
    }

    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Result<(), WriteError> {
        self.decimal(at, value.as_str())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), WriteError> {
        self.text(value);
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.base64(value);
        Ok(())
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) -> Result<(), WriteError> {
        match at.timestamp_format() {
            None | Some(TimestampFormat::EpochSeconds) => self.epoch_seconds(value),
            Some(TimestampFormat::DateTime) => {
                self.out.push(b'"');
                value.write_date_time(&mut self.out);
                self.out.push(b'"');
            }
            Some(TimestampFormat::HttpDate) => self.text(&value.to_http_date()),
        }
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), WriteError> {
        self.any(value);
        Ok(())
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn list<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = at.target.list_member().ok_or_else(|| not_an_aggregate(at, "list"))?;
        self.out.push(b'[');
        for (position, item) in items.enumerate() {
            if position > 0 {
                self.separate();
            }
            item.serialize(member, self)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn map<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = at.target.map_value().ok_or_else(|| not_an_aggregate(at, "map"))?;
        self.out.push(b'{');
        for (position, (key, value)) in entries.enumerate() {
            if position > 0 {
                self.separate();
            }
            self.text(key);
            self.colon();
            value.serialize(member, self)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), WriteError> {
        self.message(value, None, None)
    }
}

#[cold]
fn not_an_aggregate(at: &'static Member, kind: &'static str) -> WriteError {
    WriteError::NotAnAggregate { member: at.name, shape: at.target.id, kind }
}

struct JsonMembers<'a> {
    writer: &'a mut JsonWriter,
    first: bool,
    token_written: bool,
}

impl JsonMembers<'_> {
    fn key(&mut self, name: &str) {
        let JsonWriter { out, format } = &mut *self.writer;
        let [before, after]: [&[u8]; 2] = match (&*format, self.first) {
            (_, true) => [b"\"", b"\":"],
            (JsonFormat::Compact, false) => [b",\"", b"\":"],
            (JsonFormat::SpacedAscii, false) => [b", \"", b"\":"],
        };
        self.first = false;
        out.reserve(before.len() + name.len() + after.len() + 1);
        out.extend_from_slice(before);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(after);
        if *format == JsonFormat::SpacedAscii {
            out.push(b' ');
        }
    }
}

impl MemberSerializer for JsonMembers<'_> {
    type Error = WriteError;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), WriteError> {
        if value.is_absent() {
            return Ok(());
        }
        self.token_written |= member.idempotency_token;
        self.key(member.name);
        value.serialize(member, self.writer)
    }
}
