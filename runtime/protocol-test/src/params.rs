//! The values of cases: JSON as the trait `smithy.test#httpRequestTests` describes its `params`. Blobs are their text,
//! timestamps seconds since 1970 or date-times, floats that are not finite strings.

use whitesmith_codec::{Cbor, Codec as _, Json, ReadOptions};
use whitesmith_schema::{
    DeserializeMembers, Member, Number, Schema, ShapeType, Timestamp, Value, ValueMap, from_value, prelude,
};

use crate::Failure;

static DOCUMENT: Member = Member::new("params", &prelude::DOCUMENT);

/// Reads a generated type.
///
/// # Errors
/// When the text is not JSON, or does not fit the type's schema.
pub fn params<T: DeserializeMembers>(text: &str) -> Result<T, Failure> {
    let value = shaped(read(text)?, T::SCHEMA)?;
    from_value(value).map_err(|error| Failure::step("the case's params", &error))
}

/// Reads JSON without a schema.
pub(crate) fn read(text: &str) -> Result<Value, Failure> {
    let step = |error| Failure::step("the JSON of the case", &error);
    Json::read_value(text.as_bytes(), ReadOptions::SERVER, &DOCUMENT).map_err(step)
}

/// Reads CBOR without a schema.
pub(crate) fn read_cbor(bytes: &[u8]) -> Result<Value, Failure> {
    Cbor::read_value(bytes, ReadOptions::SERVER, &DOCUMENT).map_err(|error| Failure::step("the CBOR", &error))
}

/// Gives JSON the types of a shape.
pub(crate) fn shaped(value: Value, schema: &'static Schema) -> Result<Value, Failure> {
    let unfit = || Failure(format!("the case's params do not fit {}", schema.id));
    Ok(match (schema.shape_type, value) {
        (ShapeType::Document, value) => value,
        (_, Value::Null) => Value::Null,
        (ShapeType::Structure | ShapeType::Union, Value::Map(entries)) => {
            let mut members = ValueMap::new();
            for (name, value) in entries {
                let member = schema.member(&name).ok_or_else(unfit)?;
                match shaped(value, member.target)? {
                    // Cases write a member that is not set as null, too.
                    Value::Null if member.target.shape_type != ShapeType::Document => {}
                    value => members.insert(name, value),
                }
            }
            Value::Map(members)
        }
        (ShapeType::List, Value::List(items)) => {
            let target = schema.list_member().ok_or_else(unfit)?.target;
            Value::List(items.into_iter().map(|item| shaped(item, target)).collect::<Result<_, _>>()?)
        }
        (ShapeType::Map, Value::Map(entries)) => {
            let target = schema.map_value().ok_or_else(unfit)?.target;
            let mut map = ValueMap::new();
            for (key, value) in entries {
                map.insert(key, shaped(value, target)?);
            }
            Value::Map(map)
        }
        (ShapeType::Blob, Value::String(text)) => Value::Blob(text.as_str().into()),
        (ShapeType::Timestamp, Value::String(text)) => {
            Value::Timestamp(Timestamp::parse_date_time(&text).map_err(|_| unfit())?)
        }
        (ShapeType::Timestamp, Value::Number(number)) => Value::Timestamp(timestamp(&number).ok_or_else(unfit)?),
        (ShapeType::Float | ShapeType::Double, Value::String(text)) => {
            let number = match text.as_str() {
                "NaN" => f64::NAN,
                "Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                _ => return Err(unfit()),
            };
            Value::Number(Number::Float(number))
        }
        (_, value) => value,
    })
}

fn timestamp(number: &Number) -> Option<Timestamp> {
    match number {
        Number::Integer(seconds) => Some(Timestamp::new(*seconds, 0)),
        Number::Float(seconds) => Timestamp::from_epoch_seconds(*seconds),
        Number::Big(_) => None,
    }
}
