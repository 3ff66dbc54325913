//! Deserialization of structures, unions and their members.

use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{Deserialize as _, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::simple::{NumberVisitor, read_decimal};
use crate::{
    Blob, DeserializeMembers, IntEnum, Member, Number, Schema, ShapeType, StringEnum, Timestamp, Value, ValueMap,
    from_value,
};

/// Reads a structure or union from a map of its members. Unknown entries are skipped; a missing required member is an error.
///
/// # Errors
/// Those of the format, and [`crate::FromValueError`] as the format's own.
pub fn read_members<'de, T: DeserializeMembers, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = deserializer.deserialize_map(Members(T::SCHEMA))?;
    from_value(value).map_err(D::Error::custom)
}

/// Reads an enum. A value unknown to its model is kept.
///
/// # Errors
/// If the value is not a string.
pub fn read_string_enum<'de, T: StringEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer).map(|text| T::from(&text))
}

/// Reads an intEnum. A value unknown to its model is kept.
///
/// # Errors
/// If the value is not an integer of 32 bits.
pub fn read_int_enum<'de, T: IntEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    i32::deserialize(deserializer).map(T::from)
}

/// Reads the value of a member by its schema, so that formats need not be self-describing.
#[derive(Clone, Copy)]
struct At(&'static Member);

impl<'de> DeserializeSeed<'de> for At {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let schema = self.0.target;
        let whole = |number: i64| Value::Number(Number::Integer(number));
        Ok(match schema.shape_type {
            ShapeType::Blob => Value::Blob(Blob::deserialize(deserializer)?),
            ShapeType::Boolean => Value::Boolean(bool::deserialize(deserializer)?),
            ShapeType::String | ShapeType::Enum => Value::String(String::deserialize(deserializer)?),
            ShapeType::Byte => whole(i8::deserialize(deserializer)?.into()),
            ShapeType::Short => whole(i16::deserialize(deserializer)?.into()),
            ShapeType::Integer | ShapeType::IntEnum => whole(i32::deserialize(deserializer)?.into()),
            ShapeType::Long => whole(i64::deserialize(deserializer)?),
            ShapeType::Float | ShapeType::Double if deserializer.is_human_readable() => {
                Value::Number(deserializer.deserialize_any(NumberVisitor)?)
            }
            ShapeType::Float => Value::Number(Number::Float(f32::deserialize(deserializer)?.into())),
            ShapeType::Double => Value::Number(Number::Float(f64::deserialize(deserializer)?)),
            ShapeType::BigInteger | ShapeType::BigDecimal => Value::Number(Number::Big(read_decimal(deserializer)?)),
            ShapeType::Timestamp => Value::Timestamp(Timestamp::deserialize(deserializer)?),
            ShapeType::Document => Value::deserialize(deserializer)?,
            ShapeType::List => deserializer.deserialize_seq(Items(self.0))?,
            ShapeType::Map => deserializer.deserialize_map(Entries(self.0))?,
            ShapeType::Structure | ShapeType::Union => deserializer.deserialize_map(Members(schema))?,
        })
    }
}

/// Reads a value that may be null.
struct Nullable(&'static Member);

impl<'de> DeserializeSeed<'de> for Nullable {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Nullable {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} or null", self.0.target.shape_type.name())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        At(self.0).deserialize(deserializer)
    }
}

struct Items(&'static Member);

impl<'de> Visitor<'de> for Items {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list for `{}`", self.0.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let member = self.0.target.list_member().unwrap_or(self.0);
        let mut list = Vec::new();
        loop {
            let item = match self.0.target.traits.sparse {
                true => items.next_element_seed(Nullable(member))?,
                false => items.next_element_seed(At(member))?,
            };
            match item {
                Some(item) => list.push(item),
                None => return Ok(Value::List(list)),
            }
        }
    }
}

struct Entries(&'static Member);

impl<'de> Visitor<'de> for Entries {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map for `{}`", self.0.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let member = self.0.target.map_value().unwrap_or(self.0);
        let mut map = ValueMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = match self.0.target.traits.sparse {
                true => entries.next_value_seed(Nullable(member))?,
                false => entries.next_value_seed(At(member))?,
            };
            map.insert(key, value);
        }
        Ok(Value::Map(map))
    }
}

struct Members(&'static Schema);

impl<'de> Visitor<'de> for Members {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} {}", self.0.shape_type.name(), self.0.name())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = ValueMap::new();
        while let Some(member) = entries.next_key_seed(Name(self.0))? {
            let Some(member) = member else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            if map.contains_key(member.name) {
                return Err(A::Error::duplicate_field(member.name));
            }
            map.insert(member.name, entries.next_value_seed(Nullable(member))?);
        }
        Ok(Value::Map(map))
    }
}

/// Reads a member's name; `None` for one unknown to the shape.
struct Name(&'static Schema);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static Member>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static Member>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a member of {}", self.0.name())
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.member(name))
    }
}
