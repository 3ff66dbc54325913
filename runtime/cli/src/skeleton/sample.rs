//! Sample values of shapes.

use whitesmith_schema::{Schema, ShapeType, Timestamp, Value, ValueMap};

use crate::json;

/// The content of sample strings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// The first value of an enum, or an empty string.
    Empty,
    /// The member's name.
    Names,
}

/// Returns an input with all members as JSON.
pub fn input_json(schema: &'static Schema) -> String {
    json::to_pretty(&structure(schema, Fill::Empty, &mut Vec::new())) + "\n"
}

/// Returns an output with all members; strings are the names of their members.
pub fn output(schema: &'static Schema) -> Value {
    structure(schema, Fill::Names, &mut Vec::new())
}

/// Returns what is printed of an output with events: its other members, if there are any, and an event of each kind.
#[cfg(feature = "event-stream")]
pub fn events(output: &'static Schema) -> Vec<Value> {
    let Value::Map(members) = self::output(output) else { return Vec::new() };
    let stream = output.members.iter().find(|member| member.is_event_stream());
    let (mut lines, mut others) = (Vec::new(), ValueMap::new());
    for (name, sample) in members {
        match (stream.filter(|stream| stream.name == name), sample) {
            (Some(stream), Value::Map(events)) => {
                let is_error = |name: &str| stream.target.member(name).is_some_and(|it| it.target.error.is_some());
                let events = events.into_iter().filter(|(name, _)| !is_error(name));
                lines.extend(events.map(|event| Value::Map([event].into_iter().collect())));
            }
            (_, sample) => others.insert(name, sample),
        }
    }
    if !others.is_empty() {
        lines.insert(0, Value::Map(others));
    }
    lines
}

/// Returns a string's first enum value, or an empty string.
pub fn empty_string(schema: &Schema) -> Value {
    Value::from(schema.values.first().and_then(whitesmith_schema::EnumValue::as_str).unwrap_or_default())
}

/// Returns a sample of a scalar; null for blobs.
pub fn scalar(schema: &Schema) -> Value {
    match schema.shape_type {
        ShapeType::String | ShapeType::Enum => empty_string(schema),
        ShapeType::Boolean => Value::Boolean(true),
        ShapeType::Timestamp => Value::Timestamp(Timestamp::UNIX_EPOCH),
        ShapeType::Float | ShapeType::Double | ShapeType::BigDecimal => {
            Value::Number(whitesmith_schema::Number::Float(0.0))
        }
        ShapeType::Byte
        | ShapeType::Short
        | ShapeType::Integer
        | ShapeType::IntEnum
        | ShapeType::Long
        | ShapeType::BigInteger => Value::from(0_i64),
        ShapeType::Document | ShapeType::Structure | ShapeType::Union => Value::Map(ValueMap::new()),
        _ => Value::Null,
    }
}

/// Whether a recursive shape is cut off.
pub fn is_cut_off(schema: &Schema, within: &[&'static str]) -> bool {
    within.iter().filter(|id| **id == schema.id).count() > 1
}

fn structure(schema: &'static Schema, fill: Fill, within: &mut Vec<&'static str>) -> Value {
    sample(schema, "", fill, within)
}

fn sample(schema: &'static Schema, name: &str, fill: Fill, within: &mut Vec<&'static str>) -> Value {
    within.push(schema.id);
    let value = match schema.shape_type {
        ShapeType::Structure | ShapeType::Union if is_cut_off(schema, within) => Value::Map(ValueMap::new()),
        ShapeType::Structure | ShapeType::Union => {
            let members = schema.members.iter();
            Value::Map(members.map(|member| (member.name, sample(member.target, member.name, fill, within))).collect())
        }
        ShapeType::List => match schema.list_member() {
            Some(member) => Value::List(vec![sample(member.target, member.target.name(), fill, within)]),
            None => Value::List(Vec::new()),
        },
        ShapeType::Map => match schema.map_value() {
            Some(member) => Value::Map([("KeyName", sample(member.target, "", fill, within))].into_iter().collect()),
            None => Value::Map(ValueMap::new()),
        },
        ShapeType::String | ShapeType::Enum if fill == Fill::Names => Value::from(name),
        _ => scalar(schema),
    };
    within.pop();
    value
}
