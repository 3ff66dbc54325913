//! Projects a response onto its shape as the AWS CLI does: unknown members are dropped, scalars of another type than the
//! shape's are shown unchanged.

use whitesmith_schema::{
    HttpBinding, Member, Number, ProtocolId, ProtocolStyle, Schema, ShapeType, Timestamp, TimestampFormat, Value,
    ValueMap,
};

use crate::json;
use crate::timestamps;

/// How timestamps are shown (`cli_timestamp_format`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampStyle {
    /// ISO 8601.
    Iso8601,
    /// As the service sent them.
    Wire,
    /// Seconds since 1970.
    EpochSeconds,
    /// In the format that a member has on the wire; this one, where nothing else is said.
    Format(TimestampFormat),
}

impl TimestampStyle {
    /// Returns the style for the value of a member.
    fn of_member(self, member: &Member) -> Self {
        use HttpBinding::{Header, PrefixHeaders};
        let Self::Format(of_body) = self else { return self };
        let is_in_header = matches!(member.http_binding(), Some(Header(_) | PrefixHeaders(_)));
        let usual = if is_in_header { TimestampFormat::HttpDate } else { of_body };
        Self::Format(member.timestamp_format().unwrap_or(usual))
    }
}

/// A response that does not match its shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectionError {
    /// A structure, map or list was expected.
    #[error("invalid response: expected {expected}, found {found}")]
    Kind {
        /// What the model expects.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A string that is not a timestamp.
    #[error("invalid response: expected a timestamp, found \"{0}\"")]
    Timestamp(String),
}

/// Returns the part of a response that its shape describes.
pub fn project(value: Value, schema: &'static Schema, style: TimestampStyle) -> Result<Value, ProjectionError> {
    Ok(match (schema.shape_type, value) {
        (ShapeType::Structure | ShapeType::Union, Value::Null) => Value::Null,
        (ShapeType::Structure, Value::Map(map)) => members(map, schema, style)?,
        (ShapeType::Union, Value::Map(map)) => {
            let unknown = map.iter().find(|(name, value)| *name != "__type" && **value != Value::Null);
            match unknown.filter(|(name, _)| schema.member(name).is_none()) {
                // A member that is newer than the model is shown by its name.
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
                    (Some(member), value) if value != Value::Null => {
                        project(value, member.target, style.of_member(member))?
                    }
                    (_, value) => value,
                };
                projected.insert(key, value);
            }
            Value::Map(projected)
        }
        (ShapeType::List, Value::List(items)) => match schema.list_member() {
            Some(member) => {
                let items = items.into_iter().map(|item| project(item, member.target, style.of_member(member)));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            None => Value::List(items),
        },
        (ShapeType::Structure | ShapeType::Union | ShapeType::Map, other) => {
            return Err(ProjectionError::Kind { expected: "an object", found: other.kind() });
        }
        (ShapeType::List, other) => return Err(ProjectionError::Kind { expected: "a list", found: other.kind() }),
        (ShapeType::Timestamp, Value::Timestamp(instant)) if style == TimestampStyle::EpochSeconds => {
            Value::Number(Number::Float(instant.as_epoch_seconds()))
        }
        (ShapeType::Timestamp, Value::Timestamp(instant)) if style == TimestampStyle::Wire => {
            Value::from(instant.to_date_time())
        }
        (ShapeType::Timestamp, Value::Timestamp(instant)) if let TimestampStyle::Format(format) = style => {
            written(instant, format)
        }
        (ShapeType::Timestamp, value) if style == TimestampStyle::Iso8601 => match timestamps::to_iso(&value) {
            Some(text) => Value::String(text),
            // A number beyond year 9999 is still a valid answer, such as one that means "never".
            None if is_number(&value) => value,
            None => {
                let shown = value.as_str().map_or_else(|| json::to_compact(&value), str::to_owned);
                return Err(ProjectionError::Timestamp(shown));
            }
        },
        (_, value) => value,
    })
}

/// Returns a timestamp as a format writes it.
fn written(instant: Timestamp, format: TimestampFormat) -> Value {
    match format {
        TimestampFormat::DateTime => Value::from(instant.to_date_time()),
        TimestampFormat::HttpDate => Value::from(instant.to_http_date()),
        TimestampFormat::EpochSeconds if instant.subsecond_nanos() == 0 => Value::from(instant.seconds()),
        TimestampFormat::EpochSeconds => Value::Number(Number::Float(instant.as_epoch_seconds())),
    }
}

/// Returns the part of an output that its shape describes. With HTTP bindings, what headers and status say precedes
/// the body, and a map of headers is there even if it is empty (AWS CLI 2.36.7, observed).
pub fn project_output(
    protocol: ProtocolId,
    value: Value,
    schema: &'static Schema,
    style: TimestampStyle,
) -> Result<Value, ProjectionError> {
    let projected = project(value, schema, style)?;
    let Value::Map(mut members) = projected else { return Ok(projected) };
    if protocol.style() != ProtocolStyle::HttpBinding {
        return Ok(Value::Map(members));
    }
    let is_map = |member: &&Member| matches!(member.http_binding(), Some(HttpBinding::PrefixHeaders(_)));
    for member in schema.members.iter().filter(is_map) {
        if members.get(member.name).is_none() {
            members.insert(member.name, Value::Map(ValueMap::new()));
        }
    }
    let is_in_head = |member: &&Member| {
        use HttpBinding::{Header, PrefixHeaders, ResponseCode};
        matches!(member.http_binding(), Some(Header(_) | PrefixHeaders(_) | ResponseCode))
    };
    let head = schema.members.iter().filter(is_in_head);
    let rest = schema.members.iter().filter(|member| !is_in_head(member));
    let ordered = head.chain(rest).filter_map(|member| Some((member.name, members.get(member.name)?.clone())));
    Ok(Value::Map(ordered.collect()))
}

fn is_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
        _ => false,
    }
}

fn members(map: ValueMap, schema: &'static Schema, style: TimestampStyle) -> Result<Value, ProjectionError> {
    let mut projected = ValueMap::new();
    for member in schema.members {
        if let Some(value) = map.get(member.name).filter(|value| **value != Value::Null) {
            projected.insert(member.name, project(value.clone(), member.target, style.of_member(member))?);
        }
    }
    Ok(Value::Map(projected))
}
