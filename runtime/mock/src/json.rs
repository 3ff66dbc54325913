//! The JSON form of schema values in the control API and in scripts. It is the same for every protocol: members by their
//! names in the model, blobs as base64, timestamps as RFC 3339 text.

use serde_json::{Map, Number as JsonNumber, Value as Json};
use whitesmith_schema::{
    Blob, EnumValue, EnumValueKind, Member, Number, Schema, ShapeType, Timestamp, Value, ValueMap,
};

use crate::events::ERROR;
use crate::place::{At, DescriptionError};

/// Writes a value.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        Value::Number(Number::Integer(number)) => Json::from(*number),
        Value::Number(Number::Float(number)) => match JsonNumber::from_f64(*number) {
            Some(number) => Json::Number(number),
            None if number.is_nan() => Json::from(NAN),
            None => Json::from(if *number > 0.0 { INFINITY } else { NEGATIVE_INFINITY }),
        },
        Value::Number(Number::Big(text)) | Value::String(text) => Json::from(text.as_str()),
        Value::Blob(bytes) => Json::from(base64_simd::STANDARD.encode_to_string(&**bytes)),
        Value::Timestamp(instant) => Json::from(instant.to_date_time()),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(members) => members_to_json(members),
    }
}

/// Writes the members of a structure.
pub(crate) fn members_to_json(members: &ValueMap) -> Json {
    members.iter().map(|(name, value)| (name.to_owned(), to_json(value))).collect::<Map<_, _>>().into()
}

const NAN: &str = "NaN";
const INFINITY: &str = "Infinity";
const NEGATIVE_INFINITY: &str = "-Infinity";

/// Reads members of a structure. Constraints and required members are not checked, names and types are.
///
/// # Errors
/// An unknown member or enum value, or a value of the wrong type.
pub(crate) fn read_members(
    schema: &'static Schema,
    members: &Map<String, Json>,
    at: &At<'_>,
) -> Result<ValueMap, DescriptionError> {
    members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match schema.member(name) {
            Some(member) => Ok((member.name, read(member, value, &at.member(name))?)),
            None => {
                let known = schema.members.iter().map(|member| member.name);
                Err(at.unknown(format!("member of {}", schema.name()), name, known))
            }
        })
        .collect()
}

/// Reads the events of a stream.
///
/// # Errors
/// As [`read_members`].
pub(crate) fn read_events(
    member: &'static Member,
    json: &Json,
    at: &At<'_>,
) -> Result<Vec<ValueMap>, DescriptionError> {
    let items =
        json.as_array().ok_or_else(|| at.invalid(format!("expected a list of events, found {}", kind(json))))?;
    items.iter().enumerate().map(|(index, item)| event(member.target, item, &at.index(index))).collect()
}

fn read(member: &'static Member, json: &Json, at: &At<'_>) -> Result<Value, DescriptionError> {
    let schema = member.target;
    let expected = |what: &str| at.invalid(format!("expected {what}, found {}", kind(json)));
    if member.is_event_stream() {
        return Ok(Value::List(read_events(member, json, at)?.into_iter().map(Value::Map).collect()));
    }
    let text = || json.as_str().ok_or_else(|| expected("a string"));
    Ok(match schema.shape_type {
        ShapeType::Boolean => Value::Boolean(json.as_bool().ok_or_else(|| expected("a boolean"))?),
        ShapeType::String => Value::from(text()?),
        ShapeType::Enum => {
            let text = text()?;
            let known = || schema.values.iter().filter_map(EnumValue::as_str);
            if !schema.values.is_empty() && !known().any(|known| known == text) {
                return Err(at.unknown(format!("value of {}", schema.name()), text, known()));
            }
            Value::from(text)
        }
        ShapeType::IntEnum => {
            let number = json.as_i64().ok_or_else(|| expected("an integer"))?;
            let known =
                |value: &EnumValue| matches!(value.value, EnumValueKind::Integer(known) if i64::from(known) == number);
            if !schema.values.iter().any(known) {
                return Err(at.invalid(format!("unknown value of {} `{number}`", schema.name())));
            }
            Value::from(number)
        }
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long => {
            let (least, most) = match schema.shape_type {
                ShapeType::Byte => (i8::MIN.into(), i8::MAX.into()),
                ShapeType::Short => (i16::MIN.into(), i16::MAX.into()),
                ShapeType::Integer => (i32::MIN.into(), i32::MAX.into()),
                _ => (i64::MIN, i64::MAX),
            };
            let number = json.as_i64().filter(|number| (least..=most).contains(number));
            Value::from(number.ok_or_else(|| expected(&format!("an integer between {least} and {most}")))?)
        }
        ShapeType::Float | ShapeType::Double => Value::from(match json.as_str() {
            Some(NAN) => f64::NAN,
            Some(INFINITY) => f64::INFINITY,
            Some(NEGATIVE_INFINITY) => f64::NEG_INFINITY,
            _ => json.as_f64().ok_or_else(|| expected("a number"))?,
        }),
        ShapeType::BigInteger | ShapeType::BigDecimal => Value::Number(Number::Big(match json {
            Json::Number(number) => number.to_string(),
            Json::String(text) => text.clone(),
            _ => return Err(expected("a number")),
        })),
        ShapeType::Blob => {
            let bytes = base64_simd::STANDARD.decode_to_vec(text()?).map_err(|_| at.invalid("expected base64 text"))?;
            Value::Blob(Blob(bytes))
        }
        ShapeType::Timestamp => {
            Value::Timestamp(timestamp(json).ok_or_else(|| {
                at.invalid("expected a timestamp: RFC 3339 text, an HTTP date, or seconds since 1970")
            })?)
        }
        ShapeType::Document => document(json),
        ShapeType::List => {
            let element = schema.list_member().unwrap_or(member);
            let items = json.as_array().ok_or_else(|| expected("a list"))?;
            let items = items.iter().enumerate();
            Value::List(items.map(|(index, item)| entry(element, item, &at.index(index))).collect::<Result<_, _>>()?)
        }
        ShapeType::Map => {
            let value = schema.map_value().unwrap_or(member);
            let entries = json.as_object().ok_or_else(|| expected("an object"))?;
            let entries = entries.iter().map(|(key, item)| Ok((key.as_str(), entry(value, item, &at.member(key))?)));
            Value::Map(entries.collect::<Result<_, DescriptionError>>()?)
        }
        _ => Value::Map(read_members(schema, json.as_object().ok_or_else(|| expected("an object"))?, at)?),
    })
}

/// Reads an event: a member of the union, or an error that is not in the model.
fn event(union: &'static Schema, json: &Json, at: &At<'_>) -> Result<ValueMap, DescriptionError> {
    let one = json.as_object().filter(|members| members.len() == 1);
    let members = one.ok_or_else(|| at.invalid(format!("expected an event of {}: one member", union.name())))?;
    let Some(error) = members.get(ERROR) else { return read_members(union, members, at) };
    let text = |name: &'static str| error.get(name).and_then(Json::as_str).map(|text| (name, Value::from(text)));
    let code = text("code").ok_or_else(|| at.member(ERROR).invalid("expected `code` and `message`"))?;
    let error: ValueMap = [Some(code), text("message")].into_iter().flatten().collect();
    Ok([(ERROR, Value::Map(error))].into_iter().collect())
}

/// Reads an element or entry, which may be null in a sparse collection.
fn entry(member: &'static Member, json: &Json, at: &At<'_>) -> Result<Value, DescriptionError> {
    if json.is_null() { Ok(Value::Null) } else { read(member, json, at) }
}

fn document(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Value::from(number),
            (None, Some(number)) => Value::from(number),
            (None, None) => Value::Number(Number::Big(number.to_string())),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(document).collect()),
        Json::Object(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.as_str(), document(value))).collect())
        }
    }
}

fn timestamp(json: &Json) -> Option<Timestamp> {
    match json {
        Json::String(text) => Timestamp::parse_date_time(text).or_else(|_| Timestamp::parse_http_date(text)).ok(),
        Json::Number(number) => Timestamp::from_epoch_seconds(number.as_f64()?),
        _ => None,
    }
}

fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
