//! Writes values as JSON.

use std::fmt::Write;

use base64_simd::STANDARD;
use whitesmith_schema::{Number, Timestamp, Value};

#[derive(Clone, Copy)]
struct Style {
    /// Spaces per level; `None` for a single line.
    indent: Option<usize>,
    comma: &'static str,
    colon: &'static str,
    ascii: bool,
}

const PRETTY: Style = Style { indent: Some(4), comma: ",", colon: ": ", ascii: false };
const COMPACT_ASCII: Style = Style { indent: None, comma: ",", colon: ":", ascii: true };

/// Returns JSON indented by four spaces, without a final newline; non-ASCII characters are not escaped.
pub fn to_pretty(value: &Value) -> String {
    write(value, PRETTY)
}

/// Returns JSON on a single line without spaces; non-ASCII characters are escaped as `\uXXXX`.
pub fn to_compact_ascii(value: &Value) -> String {
    write(value, COMPACT_ASCII)
}

/// Returns JSON on a single line without spaces; non-ASCII characters are not escaped.
pub fn to_compact(value: &Value) -> String {
    write(value, Style { ascii: false, ..COMPACT_ASCII })
}

fn write(value: &Value, style: Style) -> String {
    let mut out = String::new();
    write_value(value, style, 0, &mut out);
    out
}

fn write_value(value: &Value, style: Style, level: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&match number {
            Number::Float(float) if float.is_nan() => "NaN".to_owned(),
            Number::Float(f64::INFINITY) => "Infinity".to_owned(),
            Number::Float(f64::NEG_INFINITY) => "-Infinity".to_owned(),
            number => number_text(number),
        }),
        Value::String(text) => write_string(text, style.ascii, out),
        Value::Blob(bytes) => write_string(&STANDARD.encode_to_string(&bytes.0), style.ascii, out),
        Value::Timestamp(instant) => write_string(&iso_without_offset(*instant), style.ascii, out),
        Value::List(items) => write_entries(items.len(), ('[', ']'), style, level, out, items, |item, out| {
            write_value(item, style, level.saturating_add(1), out);
        }),
        Value::Map(map) => write_entries(map.len(), ('{', '}'), style, level, out, map.iter(), |(key, value), out| {
            write_string(key, style.ascii, out);
            out.push_str(style.colon);
            write_value(value, style, level.saturating_add(1), out);
        }),
    }
}

fn write_entries<T>(
    count: usize,
    (opening, closing): (char, char),
    style: Style,
    level: usize,
    out: &mut String,
    entries: impl IntoIterator<Item = T>,
    mut entry: impl FnMut(T, &mut String),
) {
    let line_break = |level: usize, out: &mut String| {
        if let Some(indent) = style.indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent.saturating_mul(level)));
        }
    };
    out.push(opening);
    for (at, item) in entries.into_iter().enumerate() {
        if at > 0 {
            out.push_str(style.comma);
        }
        line_break(level.saturating_add(1), out);
        entry(item, out);
    }
    if count > 0 {
        line_break(level, out);
    }
    out.push(closing);
}

fn write_string(text: &str, ascii: bool, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            character if character < ' ' || (ascii && character > '~') => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            character => out.push(character),
        }
    }
    out.push('"');
}

/// Returns a timestamp as skeletons show it: date and time without an offset.
fn iso_without_offset(instant: Timestamp) -> String {
    instant.to_date_time().trim_end_matches('Z').to_owned()
}

/// Returns the shortest text that reads back as the same number, with exponents as the AWS CLI prints them.
pub fn number_text(number: &Number) -> String {
    match number {
        Number::Integer(number) => number.to_string(),
        Number::Big(text) => text.clone(),
        Number::Float(float) => float_text(*float),
    }
}

/// Returns a double as Python's `repr` does: `2.5`, `1e+16`, `1e-05`, `nan`, `-inf`.
pub fn float_text(float: f64) -> String {
    if !float.is_finite() {
        return format!("{float}").to_lowercase();
    }
    if float == 0.0 || (1e-4..1e16).contains(&float.abs()) {
        return ryu::Buffer::new().format_finite(float).to_owned();
    }
    let scientific = format!("{float:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}
