//! Writing of CBOR.

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, Number, Serialize, SerializeMembers, Serializer, ShapeType, Timestamp,
    Value,
};

use super::head::{self, ARRAY, BIG_TAGS, BYTES, DECIMAL_TAG, EPOCH_TAG, MAP, NEGATIVE, TAG, TEXT, UNSIGNED};
use crate::WriteError;
use crate::write::{self, Entry};

/// Writes CBOR. Structures have an indefinite length, since the number of members that are set is not known before.
#[derive(Debug, Default)]
pub struct CborWriter {
    out: Vec<u8>,
}

impl CborWriter {
    /// Returns the data item.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a structure. `first` is a text member before its own, `token` the idempotency token if none is set.
    pub(crate) fn message<T: SerializeMembers>(
        &mut self,
        value: &T,
        first: Option<(&str, &str)>,
        token: Option<&str>,
    ) -> Result<(), WriteError> {
        self.out.push(head::OPEN_MAP);
        if let Some((name, text)) = first {
            self.text(name);
            self.text(text);
        }
        write::members(self, value, token)?;
        self.out.push(head::BREAK);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        head::write(&mut self.out, TEXT, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        head::write(&mut self.out, BYTES, bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn whole(&mut self, number: i64) {
        match u64::try_from(number) {
            Ok(number) => head::write(&mut self.out, UNSIGNED, number),
            Err(_) => head::write(&mut self.out, NEGATIVE, number.unsigned_abs().saturating_sub(1)),
        }
    }

    fn floating(&mut self, number: f64) {
        self.out.push(head::DOUBLE);
        self.out.extend_from_slice(&number.to_be_bytes());
    }

    fn truth(&mut self, value: bool) {
        self.out.push(if value { head::TRUE } else { head::FALSE });
    }

    fn instant(&mut self, instant: Timestamp) {
        head::write(&mut self.out, TAG, EPOCH_TAG);
        match write::whole_seconds(instant) {
            Some(seconds) => self.whole(seconds),
            None => self.floating(write::epoch_seconds(instant).parse().unwrap_or_default()),
        }
    }

    /// Writes an integer of up to 128 bits.
    fn big(&mut self, number: i128) {
        if let Ok(number) = i64::try_from(number) {
            return self.whole(number);
        }
        let (tag, magnitude) = if number < 0 {
            (BIG_TAGS[1], number.unsigned_abs().saturating_sub(1))
        } else {
            (BIG_TAGS[0], number.unsigned_abs())
        };
        head::write(&mut self.out, TAG, tag);
        let bytes = magnitude.to_be_bytes();
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or_default();
        self.bytes(bytes.get(start..).unwrap_or_default());
    }

    fn any(&mut self, value: &Document) {
        match value {
            Value::Null => self.out.push(head::NULL),
            Value::Boolean(value) => self.truth(*value),
            Value::Number(Number::Integer(number)) => self.whole(*number),
            Value::Number(Number::Float(number)) => self.floating(*number),
            Value::Number(Number::Big(text)) | Value::String(text) => self.text(text),
            Value::Blob(bytes) => self.bytes(bytes),
            Value::Timestamp(instant) => self.instant(*instant),
            Value::List(items) => {
                head::write(&mut self.out, ARRAY, items.len() as u64);
                items.iter().for_each(|item| self.any(item));
            }
            Value::Map(map) => {
                head::write(&mut self.out, MAP, map.len() as u64);
                for (key, value) in map.iter() {
                    self.text(key);
                    self.any(value);
                }
            }
        }
    }
}

/// Splits decimal text into a mantissa and an exponent of ten.
fn decimal(text: &str) -> Option<(i128, i64)> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent: i64 = exponent.parse().ok()?;
    let mantissa = format!("{whole}{fraction}").parse().ok()?;
    Some((mantissa, exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?))
}

impl Serializer for CborWriter {
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
        self.out.push(head::SINGLE);
        self.out.extend_from_slice(&value.to_be_bytes());
        Ok(())
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked to stay finite")]
    fn double(&mut self, at: &'static Member, value: f64) -> Result<(), WriteError> {
        let narrow = value as f32;
        // A dynamic value of a float. What no float can hold is sent as it is, for the service to decide.
        if at.target.shape_type == ShapeType::Float && narrow.is_finite() == value.is_finite() {
            return self.float(at, narrow);
        }
        self.floating(value);
        Ok(())
    }

    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Result<(), WriteError> {
        self.big(value.as_str().parse().map_err(|_| write::not_a_number(at, value.as_str()))?);
        Ok(())
    }

    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Result<(), WriteError> {
        let (mantissa, exponent) = decimal(value.as_str()).ok_or_else(|| write::not_a_number(at, value.as_str()))?;
        head::write(&mut self.out, TAG, DECIMAL_TAG);
        head::write(&mut self.out, ARRAY, 2);
        self.whole(exponent);
        self.big(mantissa);
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), WriteError> {
        self.text(value);
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.bytes(value);
        Ok(())
    }

    fn timestamp(&mut self, _: &'static Member, value: Timestamp) -> Result<(), WriteError> {
        self.instant(value);
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), WriteError> {
        self.any(value);
        Ok(())
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        self.out.push(head::NULL);
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = write::list_member(at)?;
        head::write(&mut self.out, ARRAY, items.len() as u64);
        for item in items {
            item.serialize(member, self)?;
        }
        Ok(())
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = write::map_value(at)?;
        head::write(&mut self.out, MAP, entries.len() as u64);
        for (key, value) in entries {
            self.text(key);
            value.serialize(member, self)?;
        }
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), WriteError> {
        self.message(value, None, None)
    }
}

impl Entry for CborWriter {
    type Writer = Self;

    fn open(&mut self, member: &'static Member) -> &mut Self {
        self.text(member.name);
        self
    }
}
