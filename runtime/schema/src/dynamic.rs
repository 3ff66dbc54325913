//! Reading and writing of dynamic values.

use crate::erased::{ErasedDeserializer, ErasedFailure};
use crate::{
    BigDecimal, BigInteger, Deserialize, Deserializer, Member, MemberSerializer, Number, Schema, Serialize,
    SerializeMembers, Serializer, ShapeType, Value, ValueMap,
};

/// A dynamic structure or union: entries with their shape. Entries unknown to the shape are not written.
#[derive(Clone, Copy, Debug)]
pub struct Structure<'a> {
    /// The shape.
    pub schema: &'static Schema,
    /// The members that are set, by name, in the order in which they are written.
    pub members: &'a ValueMap,
}

impl SerializeMembers for Structure<'_> {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        for (name, value) in self.members.iter() {
            if let Some(member) = self.schema.member(name) {
                serializer.member(member, value)?;
            }
        }
        Ok(())
    }
}

/// A value that does not match the schema is written as what it is; validators find the difference.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        if at.target.shape_type == ShapeType::Document {
            return serializer.document(at, self);
        }
        match self {
            Self::Null => serializer.null(at),
            Self::Boolean(value) => serializer.boolean(at, *value),
            Self::Number(number) => serialize_number(number, at, serializer),
            Self::String(text) => serializer.string(at, text),
            Self::Blob(bytes) => serializer.blob(at, bytes),
            Self::Timestamp(instant) => serializer.timestamp(at, *instant),
            Self::List(items) => serializer.list(at, items.iter()),
            Self::Map(map) => match at.target.shape_type {
                ShapeType::Structure | ShapeType::Union => {
                    serializer.structure(at, &Structure { schema: at.target, members: map })
                }
                _ => serializer.map(at, map.iter()),
            },
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a double holds what it can")]
fn serialize_number<S: Serializer>(number: &Number, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
    match (at.target.shape_type, number) {
        (ShapeType::BigInteger, number) => serializer.big_integer(at, &BigInteger::new(number.to_string())),
        (ShapeType::BigDecimal, number) => serializer.big_decimal(at, &BigDecimal::new(number.to_string())),
        (ShapeType::Float | ShapeType::Double, Number::Integer(number)) => serializer.double(at, *number as f64),
        (_, Number::Integer(number)) => serializer.long(at, *number),
        (_, Number::Float(number)) => serializer.double(at, *number),
        (_, Number::Big(text)) => serializer.big_decimal(at, &BigDecimal::new(text.clone())),
    }
}

impl Value {
    /// Adds a further piece of a list or map.
    fn extend(&mut self, more: Self) {
        match (self, more) {
            (Self::List(items), Self::List(mut more)) => items.append(&mut more),
            (Self::Map(map), Self::Map(more)) => {
                more.into_iter().for_each(|(key, value)| map.insert(key, value));
            }
            (value, read) => *value = read,
        }
    }
}

impl Deserialize for Value {
    fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
        deserializer.value(at)
    }

    fn read_more(
        &mut self,
        at: &'static Member,
        deserializer: &mut dyn ErasedDeserializer,
    ) -> Result<(), ErasedFailure> {
        self.extend(Self::read(at, deserializer)?);
        Ok(())
    }

    fn deserialize<D: Deserializer>(at: &'static Member, deserializer: &mut D) -> Result<Self, D::Error> {
        let integer = |number: i64| Self::Number(Number::Integer(number));
        Ok(match at.target.shape_type {
            ShapeType::Blob => Self::Blob(deserializer.blob(at)?),
            ShapeType::Boolean => Self::Boolean(deserializer.boolean(at)?),
            ShapeType::String | ShapeType::Enum => Self::String(deserializer.string(at)?),
            ShapeType::Byte => integer(deserializer.byte(at)?.into()),
            ShapeType::Short => integer(deserializer.short(at)?.into()),
            ShapeType::Integer | ShapeType::IntEnum => integer(deserializer.integer(at)?.into()),
            ShapeType::Long => integer(deserializer.long(at)?),
            // At double width, so that 0.1 is shown as 0.1.
            ShapeType::Float | ShapeType::Double => Self::Number(Number::Float(deserializer.double(at)?)),
            ShapeType::BigInteger => Self::Number(Number::Big(deserializer.big_integer(at)?.to_string())),
            ShapeType::BigDecimal => Self::Number(Number::Big(deserializer.big_decimal(at)?.to_string())),
            ShapeType::Timestamp => Self::Timestamp(deserializer.timestamp(at)?),
            ShapeType::Document => deserializer.document(at)?,
            // The deserializer decides which nulls come through.
            ShapeType::List => {
                Self::List(deserializer.list::<Option<Self>>(at)?.into_iter().map(Option::unwrap_or_default).collect())
            }
            ShapeType::Map => {
                let mut map = ValueMap::new();
                deserializer.map::<Option<Self>>(at, |key, value| map.insert(key, value.unwrap_or_default()))?;
                Self::Map(map)
            }
            ShapeType::Structure | ShapeType::Union => deserializer.dynamic_structure(at.target)?,
        })
    }

    fn deserialize_more<D: Deserializer>(&mut self, at: &'static Member, deserializer: &mut D) -> Result<(), D::Error> {
        self.extend(Self::deserialize(at, deserializer)?);
        Ok(())
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}
