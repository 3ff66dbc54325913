//! Checks an input before it is sent: types, required and unknown members, minimum lengths and values.
//!
//! As in the AWS CLI, the service checks the rest (patterns, enums, maximum lengths): it may be newer than the model.

use whitesmith_schema::{Member, Number, Schema, ShapeType, Value, ValueMap};

use crate::failure::{Failure, REDACTED};
use crate::json;
use crate::timestamps;

/// How much of a value an error shows.
const SHOWN_CHARACTERS: usize = 200;
static DOCUMENT: Schema = Schema::simple("smithy.api#Document", ShapeType::Document);

/// Checks an operation's input. The failure lists every problem on a line of its own, without sensitive values.
pub fn check(input: &ValueMap, schema: &'static Schema) -> Result<(), Failure> {
    let mut problems = Vec::new();
    check_structure(input, schema, "", schema.traits.sensitive, &mut problems);
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!("parameter validation failed:\n{}", problems.join("\n"))))
}

fn place(path: &str) -> &str {
    match path.strip_prefix('.') {
        Some(path) => path,
        None if path.is_empty() => "the input",
        None => path,
    }
}

fn check_structure(map: &ValueMap, schema: &'static Schema, path: &str, hidden: bool, problems: &mut Vec<String>) {
    if schema.shape_type == ShapeType::Union && map.len() != 1 {
        let names: Vec<&str> = schema.members.iter().map(|member| member.name).collect();
        problems.push(format!("invalid parameter {}: expected exactly one of {}", place(path), names.join(", ")));
    }
    for member in schema.members.iter().filter(|member| member.required && !member.idempotency_token) {
        if !map.contains_key(member.name) {
            problems.push(format!("missing required parameter in {}: \"{}\"", place(path), member.name));
        }
    }
    for (name, _) in map.iter().filter(|(name, _)| schema.member(name).is_none()) {
        let names: Vec<&str> = schema.members.iter().map(|member| member.name).collect();
        problems.push(format!(
            "unknown parameter in {}: \"{name}\", expected one of: {}",
            place(path),
            names.join(", ")
        ));
    }
    for (name, value) in map.iter() {
        if let Some(member) = schema.member(name) {
            check_value(value, member, &format!("{path}.{name}"), hidden, problems);
        }
    }
}

fn check_value(value: &Value, member: &'static Member, path: &str, hidden: bool, problems: &mut Vec<String>) {
    let schema = member.target;
    let hidden = hidden || member.is_sensitive();
    match (schema.shape_type, value) {
        (ShapeType::Structure | ShapeType::Union, Value::Map(map)) => {
            check_structure(map, schema, path, hidden, problems);
        }
        (ShapeType::Map, Value::Map(map)) => {
            for (key, value) in map.iter() {
                if let (Some(key_member), Some(value_member)) = (schema.map_key(), schema.map_value()) {
                    let shown = if hidden || key_member.is_sensitive() { REDACTED } else { key };
                    check_length(key.chars().count(), key_member, &format!("{path} (key: {shown})"), problems);
                    check_value(value, value_member, &format!("{path}.{shown}"), hidden, problems);
                }
            }
        }
        (ShapeType::List, Value::List(items)) => {
            check_length(items.len(), member, path, problems);
            if let Some(element) = schema.list_member() {
                for (at, item) in items.iter().enumerate() {
                    check_value(item, element, &format!("{path}[{at}]"), hidden, problems);
                }
            }
        }
        (ShapeType::String | ShapeType::Enum, Value::String(text)) => {
            check_length(text.chars().count(), member, path, problems);
        }
        (
            ShapeType::Byte
            | ShapeType::Short
            | ShapeType::Integer
            | ShapeType::Long
            | ShapeType::IntEnum
            | ShapeType::BigInteger,
            Value::Number(number @ (Number::Integer(_) | Number::Big(_))),
        ) => check_least(number, member, path, hidden, problems),
        (ShapeType::Float | ShapeType::Double | ShapeType::BigDecimal, Value::Number(number)) => {
            check_least(number, member, path, hidden, problems);
        }
        (ShapeType::Boolean, Value::Boolean(_))
        | (ShapeType::Blob, Value::Blob(_) | Value::String(_))
        | (ShapeType::Timestamp, Value::Timestamp(_)) => {}
        (ShapeType::Document, _) => check_document(value, path, hidden, problems),
        (ShapeType::Timestamp, _) if timestamps::instant(value).is_some() => {}
        _ => problems.push(wrong_type(value, schema, path, hidden)),
    }
}

/// A document holds what JSON can say: YAML's dates and binaries are refused.
fn check_document(value: &Value, path: &str, hidden: bool, problems: &mut Vec<String>) {
    match value {
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                check_document(item, &format!("{path}[{at}]"), hidden, problems);
            }
        }
        Value::Map(map) => {
            for (key, value) in map.iter() {
                check_document(value, &format!("{path}.{key}"), hidden, problems);
            }
        }
        Value::Timestamp(_) | Value::Blob(_) => problems.push(wrong_type(value, &DOCUMENT, path, hidden)),
        _ => {}
    }
}

fn wrong_type(value: &Value, schema: &Schema, path: &str, hidden: bool) -> String {
    let wanted = match schema.shape_type {
        ShapeType::Structure | ShapeType::Union | ShapeType::Map => "a map",
        ShapeType::List => "a list",
        ShapeType::String | ShapeType::Enum => "a string",
        ShapeType::Boolean => "true or false",
        ShapeType::Blob => "binary",
        ShapeType::Timestamp => "a date and time",
        ShapeType::Float | ShapeType::Double | ShapeType::BigDecimal => "a number",
        ShapeType::Document => "a JSON value",
        _ => "an integer",
    };
    let shown = match value {
        _ if hidden => REDACTED.to_owned(),
        Value::String(text) => text.clone(),
        Value::Timestamp(instant) => {
            instant.to_date_time().trim_end_matches('Z').trim_end_matches("T00:00:00").replacen('T', " ", 1)
        }
        Value::Blob(bytes) => String::from_utf8_lossy(&bytes.0).into_owned(),
        other => json::to_compact(other),
    };
    let shown: String = shown.chars().take(SHOWN_CHARACTERS).collect();
    let kind = match value {
        Value::Null => "null".to_owned(),
        Value::Timestamp(_) => "a date".to_owned(),
        Value::Blob(_) => "binary data".to_owned(),
        Value::Number(Number::Float(_)) => "a float".to_owned(),
        Value::Number(Number::Integer(_) | Number::Big(_)) => "an integer".to_owned(),
        other => format!("a {}", other.kind()),
    };
    format!("invalid type for parameter {}: expected {wanted}, found {kind}, value: {shown}", place(path))
}

fn check_length(length: usize, member: &Member, path: &str, problems: &mut Vec<String>) {
    if let Some(least) = member.length().and_then(|length| length.min)
        && (length as u64) < least
    {
        problems.push(format!("invalid length for parameter {}, value: {length}, minimum: {least}", place(path)));
    }
}

fn check_least(number: &Number, member: &Member, path: &str, hidden: bool, problems: &mut Vec<String>) {
    let as_float = |text: &str| text.parse::<f64>().ok();
    if let Some(least) = member.range().and_then(|range| range.min)
        && let (Some(value), Some(bound)) = (as_float(&number.to_string()), as_float(least))
        && value < bound
    {
        let shown = if hidden { REDACTED.to_owned() } else { number.to_string() };
        problems.push(format!("invalid value for parameter {}, value: {shown}, minimum: {least}", place(path)));
    }
}

/// Converts the texts of timestamps, and texts that stand for bytes, to what the protocol writes.
pub fn prepare(value: Value, schema: &'static Schema) -> Value {
    match (schema.shape_type, value) {
        (ShapeType::Timestamp, value) => timestamps::instant(&value).map_or(value, Value::Timestamp),
        (ShapeType::Blob, Value::String(text)) => Value::Blob(text.into_bytes().into()),
        (ShapeType::Structure | ShapeType::Union, Value::Map(map)) => {
            prepare_entries(map, |key| schema.member(key).map(|member| member.target))
        }
        (ShapeType::Map, Value::Map(map)) => prepare_entries(map, |_| schema.map_value().map(|member| member.target)),
        (ShapeType::List, Value::List(items)) => match schema.list_member() {
            Some(member) => Value::List(items.into_iter().map(|item| prepare(item, member.target)).collect()),
            None => Value::List(items),
        },
        (_, value) => value,
    }
}

fn prepare_entries(map: ValueMap, target: impl Fn(&str) -> Option<&'static Schema>) -> Value {
    let mut prepared = ValueMap::new();
    for (key, value) in map {
        let value = match target(&key) {
            Some(schema) => prepare(value, schema),
            None => value,
        };
        prepared.insert(key, value);
    }
    Value::Map(prepared)
}
