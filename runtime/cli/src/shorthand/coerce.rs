//! Converts the strings of a shorthand value to the types of its shape.

use whitesmith_schema::{Number, Schema, ShapeType, Value, ValueMap};

/// A string that cannot be converted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found '{text}'")]
pub struct CoercionError {
    /// The value.
    pub text: String,
    /// The expected type.
    pub expected: &'static str,
}

/// Converts strings to numbers and booleans, and single values to lists, as the shape requires.
///
/// # Errors
/// If a string is not a number where one is required.
pub fn coerce(value: Value, schema: &'static Schema) -> Result<Value, CoercionError> {
    let number = |expected| {
        let text = value.as_str().map_or_else(|| crate::json::to_compact(&value), str::to_owned);
        let parsed = if expected == "an integer" { whole(&text) } else { fraction(&text) };
        parsed.map(Value::Number).ok_or(CoercionError { text, expected })
    };
    match schema.shape_type {
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long | ShapeType::IntEnum => {
            number("an integer")
        }
        ShapeType::Float | ShapeType::Double => number("a number"),
        ShapeType::Boolean => Ok(match value.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("true") => Value::Boolean(true),
            Some("false") => Value::Boolean(false),
            _ => value,
        }),
        ShapeType::Structure | ShapeType::Union => entries(value, |key| schema.member(key).map(|it| it.target)),
        ShapeType::Map => entries(value, |_| schema.map_value().map(|it| it.target)),
        ShapeType::List => match (value, schema.list_member()) {
            (Value::List(items), Some(member)) => {
                Ok(Value::List(items.into_iter().map(|item| coerce(item, member.target)).collect::<Result<_, _>>()?))
            }
            (single, _) => Ok(Value::List(vec![single])),
        },
        _ => Ok(value),
    }
}

fn entries(value: Value, target: impl Fn(&str) -> Option<&'static Schema>) -> Result<Value, CoercionError> {
    let Value::Map(map) = value else { return Ok(value) };
    let mut coerced = ValueMap::new();
    for (key, value) in map {
        let value = match target(&key) {
            Some(schema) => coerce(value, schema)?,
            None => value,
        };
        coerced.insert(key, value);
    }
    Ok(Value::Map(coerced))
}

/// Parses an integer in the forms of Python's `int`.
pub fn whole(text: &str) -> Option<Number> {
    let compact = text.trim().replace('_', "");
    let digits = compact.strip_prefix(['-', '+']).unwrap_or(&compact);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(compact.parse().map_or_else(|_| Number::Big(compact.trim_start_matches('+').to_owned()), Number::Integer))
}

/// Parses a number in the forms of Python's `float`.
pub fn fraction(text: &str) -> Option<Number> {
    text.trim().replace('_', "").parse().ok().map(Number::Float)
}
