//! Writes values as YAML in block style.

use base64_simd::STANDARD;
use whitesmith_schema::{Number, Value, ValueMap};

use super::scalar::{Output, choose, is_simple_key};
use crate::json;

/// Spaces per level.
const INDENT: usize = 2;

/// Returns a value as a document with sorted names and a final newline. A scalar is written as JSON: in YAML it would have
/// to end with `...`.
pub fn document(value: &Value) -> String {
    let mut out = Output::default();
    match value {
        Value::List(_) | Value::Map(_) => {
            write(value, 0, Place::Top, &mut out);
            out.put('\n');
            out.text
        }
        scalar => json::to_compact(scalar) + "\n",
    }
}

/// Returns a scalar as it follows a name.
pub fn scalar(value: &Value, indent: usize) -> String {
    let mut out = Output::default();
    write(value, indent, Place::Value, &mut out);
    out.text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the top of the document.
    Top,
    /// After `name:`, on the same line.
    Value,
    /// After `- `.
    Item,
}

fn write(value: &Value, indent: usize, place: Place, out: &mut Output) {
    match value {
        Value::List(items) if items.is_empty() => flow("[]", place, out),
        Value::Map(map) if map.is_empty() => flow("{}", place, out),
        Value::List(items) => write_list(items, indent, place, out),
        Value::Map(map) => write_map(map, indent, place, out),
        scalar => {
            if place == Place::Value {
                out.put(' ');
            }
            write_scalar(scalar, indent, out);
        }
    }
}

fn flow(text: &str, place: Place, out: &mut Output) {
    if place == Place::Value {
        out.put(' ');
    }
    out.put_all(text);
}

fn write_list(items: &[Value], indent: usize, place: Place, out: &mut Output) {
    // A list behind a name stands no further in than the name.
    let indent = if place == Place::Value { indent.saturating_sub(INDENT) } else { indent };
    for (at, item) in items.iter().enumerate() {
        if at > 0 || place == Place::Value {
            out.line(indent);
        }
        out.put_all("- ");
        write(item, indent.saturating_add(INDENT), Place::Item, out);
    }
}

fn write_map(map: &ValueMap, indent: usize, place: Place, out: &mut Output) {
    let mut sorted: Vec<(&str, &Value)> = map.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    for (at, (key, value)) in sorted.into_iter().enumerate() {
        if at > 0 || place == Place::Value {
            out.line(indent);
        }
        let simple = is_simple_key(key);
        if !simple {
            out.put_all("? ");
        }
        let inner = indent.saturating_add(INDENT);
        out.string(key, choose(key, simple), inner, !simple);
        if !simple {
            out.line(indent);
        }
        out.put(':');
        let opens_block = match value {
            Value::List(items) => !items.is_empty(),
            Value::Map(map) => !map.is_empty(),
            _ => false,
        };
        if !simple && opens_block {
            // After a colon on a line of its own, a block is written as after a dash.
            out.put(' ');
            write(value, inner, Place::Item, out);
        } else {
            write(value, inner, Place::Value, out);
        }
    }
}

fn write_scalar(value: &Value, indent: usize, out: &mut Output) {
    match value {
        Value::Null => out.put_all("null"),
        Value::Boolean(value) => out.put_all(if *value { "true" } else { "false" }),
        Value::Number(number) => out.put_all(&number_text(number)),
        Value::String(text) => out.string(text, choose(text, false), indent, true),
        Value::Timestamp(instant) => {
            out.put_all(&instant.to_date_time().trim_end_matches('Z').replacen('T', " ", 1));
        }
        Value::Blob(bytes) => {
            out.put_all("!!binary ");
            let text = STANDARD.encode_to_string(&bytes.0);
            out.string(&text, choose(&text, false), indent, true);
        }
        Value::List(_) | Value::Map(_) => {}
    }
}

fn number_text(number: &Number) -> String {
    match number {
        Number::Float(float) if float.is_nan() => ".nan".to_owned(),
        Number::Float(f64::INFINITY) => ".inf".to_owned(),
        Number::Float(f64::NEG_INFINITY) => "-.inf".to_owned(),
        number => json::number_text(number),
    }
}
