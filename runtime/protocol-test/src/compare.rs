//! Comparing values and bodies.

use whitesmith_protocol::Protocol;
use whitesmith_schema::{HttpBinding, Number, ProtocolStyle, Schema, SerializeMembers, Value, to_value};

use crate::params::{read, read_cbor};
use crate::{Failure, xml};

/// Compares two typed values; NaN is the same as NaN.
pub(crate) fn values<T: SerializeMembers>(expected: &T, found: &T) -> Result<(), Failure> {
    same_values(to_value(expected), to_value(found))
}

/// Compares two values as the receiver of a message can see them: some empty values leave no trace in a message.
pub(crate) fn received_values<P: Protocol, T: SerializeMembers>(expected: &T, found: &T) -> Result<(), Failure> {
    let (schema, style) = (expected.schema(), P::ID.facts().style);
    same_values(traced(to_value(expected), schema, style), traced(to_value(found), schema, style))
}

/// Leaves out lists without items in a query or form, maps without entries in headers or a form, and streams without bytes.
fn traced(value: Value, schema: &'static Schema, style: ProtocolStyle) -> Value {
    let Value::Map(members) = value else { return value };
    let leaves_no_trace = |name: &str, value: &Value| {
        schema.member(name).is_some_and(|member| match (member.http_binding(), value) {
            (Some(HttpBinding::PrefixHeaders(_)), Value::Map(entries)) => entries.is_empty(),
            (_, Value::Map(entries)) => style == ProtocolStyle::Query && entries.is_empty(),
            (Some(HttpBinding::Query(_)), Value::List(items)) => items.is_empty(),
            (_, Value::List(items)) => style == ProtocolStyle::Query && items.is_empty(),
            (Some(HttpBinding::Payload), Value::Blob(bytes)) => member.is_streaming() && bytes.is_empty(),
            _ => false,
        })
    };
    Value::Map(members.into_iter().filter(|(name, value)| !leaves_no_trace(name, value)).collect())
}

/// Compares two values; NaN is the same as NaN.
fn same_values(expected: Value, found: Value) -> Result<(), Failure> {
    if same(&expected, &found) { Ok(()) } else { Err(Failure::differs("the value", &expected, &found)) }
}

/// The bytes of a case's body: text as it is, anything else in base64.
pub(crate) fn bytes(body: &str, media_type: Option<&str>) -> Result<Vec<u8>, Failure> {
    match media_type {
        Some("application/cbor") => base64_simd::STANDARD
            .decode_to_vec(body.as_bytes())
            .map_err(|error| Failure::step("the case's body", &error)),
        _ => Ok(body.as_bytes().to_vec()),
    }
}

/// Compares a body with the one that a case gives, as its media type says.
pub(crate) fn body(expected: &str, media_type: Option<&str>, found: &[u8]) -> Result<(), Failure> {
    if expected.trim().is_empty() && found.is_empty() {
        return Ok(());
    }
    match media_type.and_then(|it| it.split(';').next()) {
        Some("application/json") => {
            let text = std::str::from_utf8(found).map_err(|error| Failure::step("the body", &error))?;
            let (expected, found) = (read(expected)?, read(text)?);
            if same(&expected, &found) { Ok(()) } else { Err(Failure::differs("the body", &expected, &found)) }
        }
        Some("application/xml" | "text/xml") => xml::check(expected, found),
        Some("application/x-www-form-urlencoded") => {
            let text = String::from_utf8_lossy(found);
            let parameters = |form: &str| {
                let mut parameters: Vec<String> = form.split('&').map(|it| it.trim().to_owned()).collect();
                parameters.sort();
                parameters
            };
            if parameters(expected) == parameters(&text) {
                Ok(())
            } else {
                Err(Failure::differs("the body", &expected, &text))
            }
        }
        Some("application/cbor") => {
            let expected = bytes(expected, media_type)?;
            if expected.is_empty() || found.is_empty() {
                return if expected == found { Ok(()) } else { Err(Failure::differs("the body", &expected, &found)) };
            }
            let (expected, found) = (read_cbor(&expected)?, read_cbor(found)?);
            if same(&expected, &found) { Ok(()) } else { Err(Failure::differs("the body", &expected, &found)) }
        }
        _ if expected.as_bytes() == found => Ok(()),
        _ => Err(Failure::differs("the body", &expected, &String::from_utf8_lossy(found))),
    }
}

/// Whether two values mean the same, whatever the order of entries and the form of numbers.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        (one, other) => one == other,
    }
}

#[allow(clippy::cast_precision_loss, reason = "whole numbers are compared as such first")]
fn same_number(one: &Number, other: &Number) -> bool {
    match (one, other) {
        (Number::Float(one), Number::Float(other)) => one == other || (one.is_nan() && other.is_nan()),
        (Number::Integer(whole), Number::Float(float)) | (Number::Float(float), Number::Integer(whole)) => {
            (*whole as f64 - float).abs() < f64::EPSILON
        }
        (one, other) => one.to_string() == other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_compared_by_meaning() {
        let json = Some("application/json");
        assert_eq!(body(r#"{"a": 1.0, "b": [null]}"#, json, br#"{"b":[null],"a":1}"#), Ok(()));
        for other in [r#"{"a": 1}"#, r#"{"a": 2.0, "b": [null]}"#, r#"{"a": 1, "b": []}"#, r#"{"a": 1, "c": [null]}"#] {
            assert!(body(r#"{"a": 1.0, "b": [null]}"#, json, other.as_bytes()).is_err(), "{other}");
        }
        assert!(body("", None, b"{}").is_err());
    }
}
