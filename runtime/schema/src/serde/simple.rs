//! Values without members: blobs, timestamps, numbers, documents.

use std::fmt;

use serde_core::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::Error as _;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{BigDecimal, BigInteger, Blob, Number, Timestamp, Value, ValueMap};

/// Bytes: base64 in human-readable formats.
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&base64_simd::STANDARD.encode_to_string(self.0))
        } else {
            serializer.serialize_bytes(self.0)
        }
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Bytes(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(BlobVisitor)
        } else {
            deserializer.deserialize_byte_buf(BlobVisitor)
        }
    }
}

struct BlobVisitor;

impl Visitor<'_> for BlobVisitor {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes as base64")
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Blob, E> {
        let bytes = base64_simd::STANDARD.decode_to_vec(text);
        bytes.map(Blob).map_err(|_| E::invalid_value(serde_core::de::Unexpected::Str(text), &self))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Blob, E> {
        Ok(Blob::from(bytes))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Blob, E> {
        Ok(Blob(bytes))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&self.to_date_time())
        } else {
            (self.seconds(), self.subsecond_nanos()).serialize(serializer)
        }
    }
}

/// In human-readable formats, RFC 3339 or a number of seconds since 1970.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(TimestampVisitor);
        }
        let (seconds, nanos) = Deserialize::deserialize(deserializer)?;
        Ok(Self::new(seconds, nanos))
    }
}

struct TimestampVisitor;

impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time as RFC 3339 writes them, or seconds since 1970")
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Timestamp, E> {
        Timestamp::parse_date_time(text).map_err(E::custom)
    }

    fn visit_i64<E>(self, seconds: i64) -> Result<Timestamp, E> {
        Ok(Timestamp::new(seconds, 0))
    }

    fn visit_u64<E: serde_core::de::Error>(self, seconds: u64) -> Result<Timestamp, E> {
        i64::try_from(seconds).map(|seconds| Timestamp::new(seconds, 0)).map_err(E::custom)
    }

    fn visit_f64<E: serde_core::de::Error>(self, seconds: f64) -> Result<Timestamp, E> {
        Timestamp::from_epoch_seconds(seconds)
            .ok_or_else(|| E::invalid_value(serde_core::de::Unexpected::Float(seconds), &self))
    }
}

/// A floating-point number; in human-readable formats a string if it is not finite, since JSON has no number for it.
pub(super) enum Float {
    Single(f32),
    Double(f64),
}

impl Serialize for Float {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wide = match self {
            Self::Single(number) => f64::from(*number),
            Self::Double(number) => *number,
        };
        if serializer.is_human_readable() && !wide.is_finite() {
            return serializer.serialize_str(not_finite(wide));
        }
        match self {
            Self::Single(number) => serializer.serialize_f32(*number),
            Self::Double(number) => serializer.serialize_f64(*number),
        }
    }
}

fn not_finite(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

/// Writes a decimal text: in human-readable formats as a number if that is exact, else as a string.
pub(super) fn write_decimal<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if !is_decimal(text) {
        return Err(S::Error::custom(format_args!("invalid number `{text}`")));
    }
    if serializer.is_human_readable() {
        if let Ok(number) = text.parse::<i64>() {
            return serializer.serialize_i64(number);
        }
        if let Some(number) = text.parse::<f64>().ok().filter(|number| number.to_string() == text) {
            return serializer.serialize_f64(number);
        }
    }
    serializer.serialize_str(text)
}

fn is_decimal(text: &str) -> bool {
    let parses = text.parse::<f64>().is_ok();
    parses && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'))
}

/// Reads what [`Float`] or [`write_decimal`] writes in human-readable formats, or any other number.
pub(super) struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or one of the texts NaN, Infinity and -Infinity")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Number, E> {
        Ok(Number::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Number, E> {
        Ok(i64::try_from(number).map_or_else(|_| Number::Big(number.to_string()), Number::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Number, E> {
        Ok(Number::Float(number))
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Number, E> {
        match text {
            "NaN" => Ok(Number::Float(f64::NAN)),
            "Infinity" => Ok(Number::Float(f64::INFINITY)),
            "-Infinity" => Ok(Number::Float(f64::NEG_INFINITY)),
            text if is_decimal(text) => Ok(Number::Big(text.to_owned())),
            text => Err(E::invalid_value(serde_core::de::Unexpected::Str(text), &self)),
        }
    }
}

macro_rules! decimal {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write_decimal(self.as_str(), serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read_decimal(deserializer).map(Self::new)
            }
        }
    )*};
}
decimal!(BigInteger, BigDecimal);

/// Reads the text of a decimal number.
pub(super) fn read_decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let number = if deserializer.is_human_readable() {
        deserializer.deserialize_any(NumberVisitor)?
    } else {
        deserializer.deserialize_str(NumberVisitor)?
    };
    match number {
        Number::Float(number) if !number.is_finite() => Err(D::Error::custom("the number is not finite")),
        Number::Float(number) => Ok(number.to_string()),
        number => Ok(number.to_string()),
    }
}

/// Without a schema, blobs and timestamps become strings in human-readable formats and are read back as strings.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(Number::Integer(number)) => serializer.serialize_i64(*number),
            Self::Number(Number::Float(number)) => Float::Double(*number).serialize(serializer),
            Self::Number(Number::Big(text)) => write_decimal(text, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Blob(bytes) => bytes.serialize(serializer),
            Self::Timestamp(instant) => instant.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(map) => serializer.collect_map(map.iter()),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

macro_rules! visit {
    ($($method:ident($value:ident: $type:ty) => $made:expr),* $(,)?) => {$(
        fn $method<E>(self, $value: $type) -> Result<Value, E> {
            Ok($made)
        }
    )*};
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    visit! {
        visit_bool(value: bool) => Value::Boolean(value),
        visit_i64(number: i64) => Value::from(number),
        visit_u64(number: u64) => match i64::try_from(number) {
            Ok(number) => Value::from(number),
            Err(_) => Value::Number(Number::Big(number.to_string())),
        },
        visit_f64(number: f64) => Value::Number(Number::Float(number)),
        visit_str(text: &str) => Value::from(text),
        visit_string(text: String) => Value::from(text),
        visit_bytes(bytes: &[u8]) => Value::Blob(Blob::from(bytes)),
        visit_byte_buf(bytes: Vec<u8>) => Value::Blob(Blob(bytes)),
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = ValueMap::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            map.insert(key, value);
        }
        Ok(Value::Map(map))
    }
}
