//! `--output text`: tabs between scalars, sorted by name, and a line for each nested object, led by its name.

use std::collections::BTreeSet;

use whitesmith_schema::{Value, ValueMap};

use super::error::{MAX_BYTES, OutputError};
use super::scalar::{is_scalar, text};

pub fn format(value: &Value) -> Result<String, OutputError> {
    let mut out = String::new();
    write(value, None, None, &mut out);
    if out.len() > MAX_BYTES { Err(OutputError::TooLarge) } else { Ok(out) }
}

fn line(cells: &[String], out: &mut String) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

/// Writes a value; nothing more once the limit is exceeded.
fn write(value: &Value, name: Option<&str>, columns: Option<&BTreeSet<&str>>, out: &mut String) {
    if out.len() > MAX_BYTES {
        return;
    }
    match value {
        Value::Map(map) => write_map(map, name, columns, out),
        Value::List(items) => write_list(items, name, out),
        scalar => line(&[text(scalar)], out),
    }
}

fn write_list(items: &[Value], name: Option<&str>, out: &mut String) {
    if items.iter().any(|item| matches!(item, Value::Map(_))) {
        // Every object of the list gets the columns of all, so that they stand beneath each other.
        let columns: BTreeSet<&str> = items
            .iter()
            .filter_map(Value::as_map)
            .flat_map(ValueMap::iter)
            .filter(|(_, value)| is_scalar(value))
            .map(|(key, _)| key)
            .collect();
        for item in items {
            write(item, name, Some(&columns), out);
        }
        return;
    }
    let (scalars, nested): (Vec<&Value>, Vec<&Value>) = items.iter().partition(|item| is_scalar(item));
    if !scalars.is_empty() {
        write_scalars(&scalars, name, out);
    }
    for item in nested {
        write(item, name, None, out);
    }
}

fn write_scalars(scalars: &[&Value], name: Option<&str>, out: &mut String) {
    match name {
        Some(name) => {
            for scalar in scalars {
                line(&[name.to_uppercase(), text(scalar)], out);
            }
        }
        None => line(&scalars.iter().map(|scalar| text(scalar)).collect::<Vec<_>>(), out),
    }
}

fn write_map(map: &ValueMap, name: Option<&str>, columns: Option<&BTreeSet<&str>>, out: &mut String) {
    let mut sorted: Vec<(&str, &Value)> = map.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    let mut cells: Vec<String> = match columns {
        Some(columns) => columns.iter().map(|key| map.get(key).map(text).unwrap_or_default()).collect(),
        None => sorted.iter().filter(|(_, value)| is_scalar(value)).map(|(_, value)| text(value)).collect(),
    };
    if !cells.is_empty() {
        if let Some(name) = name {
            cells.insert(0, name.to_uppercase());
        }
        line(&cells, out);
    }
    for (key, value) in sorted {
        let is_column = columns.map_or_else(|| is_scalar(value), |columns| columns.contains(key));
        if !is_column {
            write(value, Some(key), None, out);
        }
    }
}
