//! Scalars as text and tables print them.

use base64_simd::STANDARD;
use whitesmith_schema::{Timestamp, Value};

use crate::json;

/// Whether a value is neither a list nor an object.
pub fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Map(_))
}

/// Returns a value as Python's `str` shows it: `None`, `True`, numbers, plain strings.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Boolean(true) => "True".to_owned(),
        Value::Boolean(false) => "False".to_owned(),
        Value::Number(number) => json::number_text(number),
        Value::String(text) => text.clone(),
        Value::Blob(bytes) => STANDARD.encode_to_string(&bytes.0),
        Value::Timestamp(instant) => date_and_time(*instant),
        Value::List(_) | Value::Map(_) => literal(value),
    }
}

/// Returns a value as Python's `repr` shows it, which is how the AWS CLI prints a list or object in a column of scalars.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let entries: Vec<_> =
                map.iter().map(|(key, value)| format!("{}: {}", quoted(key), literal(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        scalar => text(scalar),
    }
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            character if character == quote => out.extend(['\\', quote]),
            ' '..='~' => out.push(character),
            character if character.is_control() || (character.is_whitespace() && character != ' ') => {
                out.push_str(&match u32::from(character) {
                    code @ 0..=0xFF => format!("\\x{code:02x}"),
                    code => format!("\\u{code:04x}"),
                });
            }
            character => out.push(character),
        }
    }
    out.push(quote);
    out
}

/// Returns a timestamp as `1970-01-01 00:00:00`.
pub fn date_and_time(instant: Timestamp) -> String {
    instant.to_date_time().trim_end_matches('Z').replacen('T', " ", 1)
}
