//! Writing of JSON.

use std::marker::PhantomData;

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, Number, Serialize, SerializeMembers, Serializer, Timestamp,
    TimestampFormat, Value,
};

use super::escape::write_string;
use super::names::{ModelNames, Names};
use crate::WriteError;
use crate::number::{is_number, special_name};
use crate::write::{self, Entry};

/// Writes JSON with members named as `N` says.
#[derive(Debug)]
pub struct JsonWriter<N = ModelNames> {
    out: Vec<u8>,
    names: PhantomData<N>,
}

impl<N: Names> Default for JsonWriter<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N: Names> JsonWriter<N> {
    /// Room for a typical request, so that writing it allocates once.
    const CAPACITY: usize = 512;

    /// Creates an empty text.
    pub fn new() -> Self {
        Self { out: Vec::with_capacity(Self::CAPACITY), names: PhantomData }
    }

    /// Returns the text.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a structure. `first` is a string member before its own, `token` the idempotency token if none is set.
    pub(crate) fn message<T: SerializeMembers>(
        &mut self,
        value: &T,
        first: Option<(&str, &str)>,
        token: Option<&str>,
    ) -> Result<(), WriteError> {
        self.out.push(b'{');
        let mut object = Object { writer: self, first: true };
        if let Some((name, text)) = first {
            object.key(name);
            object.writer.text(text);
        }
        write::members(&mut object, value, token)?;
        self.out.push(b'}');
        Ok(())
    }

    fn separate(&mut self) {
        self.out.push(b',');
    }

    fn colon(&mut self) {
        self.out.push(b':');
    }

    fn text(&mut self, text: &str) {
        write_string(&mut self.out, text);
    }

    fn whole(&mut self, number: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn float_text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn decimal(&mut self, at: &'static Member, text: &str) -> Result<(), WriteError> {
        // The text is written without quotation marks, so anything but a number would be an injection.
        if !is_number(text) {
            return Err(write::not_a_number(at, text));
        }
        if N::BIG_NUMBERS_ARE_STRINGS {
            self.text(text);
            return Ok(());
        }
        self.float_text(text);
        Ok(())
    }

    fn epoch_seconds(&mut self, instant: Timestamp) {
        match write::whole_seconds(instant) {
            Some(seconds) => self.whole(seconds),
            None => self.float_text(&write::epoch_seconds(instant)),
        }
    }

    /// Writes a document.
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
        match special_name(value) {
            None => self.float_text(ryu::Buffer::new().format_finite(value)),
            Some(name) => self.text(name),
        }
    }

    fn base64(&mut self, bytes: &[u8]) {
        self.out.push(b'"');
        base64_simd::STANDARD.encode_append(bytes, &mut self.out);
        self.out.push(b'"');
    }
}

impl<N: Names> Serializer for JsonWriter<N> {
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
        match special_name(value.into()) {
            None => self.float_text(ryu::Buffer::new().format_finite(value)),
            Some(name) => self.text(name),
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
        match at.timestamp_format().filter(|_| !N::TIMESTAMPS_ARE_NUMBERS) {
            None | Some(TimestampFormat::EpochSeconds) => self.epoch_seconds(value),
            Some(TimestampFormat::DateTime) => {
                let value = write::in_calendar(at, value, "date-time")?;
                self.out.push(b'"');
                value.write_date_time(&mut self.out);
                self.out.push(b'"');
            }
            Some(TimestampFormat::HttpDate) => self.text(&write::in_calendar(at, value, "http-date")?.to_http_date()),
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

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = write::list_member(at)?;
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

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = write::map_value(at)?;
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

/// An object that is being written.
struct Object<'a, N> {
    writer: &'a mut JsonWriter<N>,
    first: bool,
}

impl<N> Object<'_, N> {
    fn key(&mut self, name: &str) {
        let out = &mut self.writer.out;
        out.reserve(name.len().saturating_add(4));
        if !self.first {
            out.push(b',');
        }
        self.first = false;
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
    }
}

impl<N: Names> Entry for Object<'_, N> {
    type Writer = JsonWriter<N>;

    #[inline]
    fn open(&mut self, member: &'static Member) -> &mut JsonWriter<N> {
        self.key(N::name(member));
        self.writer
    }
}
