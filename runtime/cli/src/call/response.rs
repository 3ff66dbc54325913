//! Reads a response through its shape as the AWS CLI does: members that the shape does not have are dropped, values of
//! another type than the shape's are shown as they are.

use whitesmith_schema::{Schema, ShapeType, Value, ValueMap};

use crate::json;
use crate::timestamps;

/// How timestamps are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampStyle {
    /// ISO 8601.
    Iso8601,
    /// As they come.
    Wire,
}

/// A response that does not fit its shape at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectionError {
    /// A structure, map or list is expected and something else came.
    #[error("the response has {found} where the model says {expected}")]
    Kind {
        /// What the model says.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
    /// A text or number that is no timestamp.
    #[error("the response has the timestamp \"{0}\", which cannot be read as one")]
    Timestamp(String),
}

/// What a response says, through the shape.
pub fn project(value: Value, schema: &'static Schema, style: TimestampStyle) -> Result<Value, ProjectionError> {
    Ok(match (schema.shape_type, value) {
        (ShapeType::Structure | ShapeType::Union, Value::Null) => Value::Null,
        (ShapeType::Structure, Value::Map(map)) => members(map, schema, style)?,
        (ShapeType::Union, Value::Map(map)) => {
            let unknown = map.iter().find(|(name, value)| *name != "__type" && **value != Value::Null);
            match unknown.filter(|(name, _)| schema.member(name).is_none()) {
                // A member that the model does not know yet is shown by its name.
                Some((name, _)) => {
                    let tag = Value::Map([("name", Value::from(name))].into_iter().collect());
                    Value::Map([("SDK_UNKNOWN_MEMBER", tag)].into_iter().collect())
                }
                None => members(map, schema, style)?,
            }
        }
        (ShapeType::Map, Value::Map(map)) => {
            let mut projected = ValueMap::new();
            for (key, value) in map {
                let value = match (schema.map_value(), value) {
                    (Some(member), value) if value != Value::Null => project(value, member.target, style)?,
                    (_, value) => value,
                };
                projected.insert(key, value);
            }
            Value::Map(projected)
        }
        (ShapeType::List, Value::List(items)) => match schema.list_member() {
            Some(member) => {
                let items = items.into_iter().map(|item| project(item, member.target, style));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            None => Value::List(items),
        },
        (ShapeType::Structure | ShapeType::Union | ShapeType::Map, other) => {
            return Err(ProjectionError::Kind { expected: "an object", found: other.kind() });
        }
        (ShapeType::List, other) => return Err(ProjectionError::Kind { expected: "a list", found: other.kind() }),
        (ShapeType::Timestamp, value) if style == TimestampStyle::Iso8601 => match timestamps::to_iso(&value) {
            Some(text) => Value::String(text),
            None => {
                let shown = value.as_str().map_or_else(|| json::to_scalar(&value), str::to_owned);
                return Err(ProjectionError::Timestamp(shown));
            }
        },
        (_, value) => value,
    })
}

fn members(map: ValueMap, schema: &'static Schema, style: TimestampStyle) -> Result<Value, ProjectionError> {
    let mut projected = ValueMap::new();
    for member in schema.members {
        if let Some(value) = map.get(member.name).filter(|value| **value != Value::Null) {
            projected.insert(member.name, project(value.clone(), member.target, style)?);
        }
    }
    Ok(Value::Map(projected))
}
