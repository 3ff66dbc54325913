//! `--output text`: scalars sorted by name, separated by tabs; nested objects on lines that begin with their name.

use std::collections::BTreeSet;

use whitesmith_schema::{Value, ValueMap};

use super::error::{MAX_BYTES, OutputError};
use super::scalar::{is_scalar, text};

pub fn format(value: &Value) -> Result<String, OutputError> {
    let mut out = String::new();
    write(value, None, None, &mut out)?;
    Ok(out)
}

fn line(cells: &[String], out: &mut String) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

fn write(
    value: &Value,
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
    out: &mut String,
) -> Result<(), OutputError> {
    if out.len() > MAX_BYTES {
        return Err(OutputError::TooLarge);
    }
    match value {
        Value::Map(map) => return write_map(map, name, columns, out),
        Value::List(items) => return write_list(items, name, out),
        scalar => line(&[text(scalar)], out),
    }
    Ok(())
}

fn write_list(items: &[Value], name: Option<&str>, out: &mut String) -> Result<(), OutputError> {
    if items.iter().any(|item| matches!(item, Value::Map(_))) {
        // Every object of the list gets the columns of all, so that they are aligned.
        let columns: BTreeSet<&str> = items
            .iter()
            .filter_map(Value::as_map)
            .flat_map(ValueMap::iter)
            .filter(|(_, value)| is_scalar(value))
            .map(|(key, _)| key)
            .collect();
        // Every cell takes a byte at least.
        if items.len().saturating_mul(columns.len()) > MAX_BYTES {
            return Err(OutputError::TooLarge);
        }
        return items.iter().try_for_each(|item| write(item, name, Some(&columns), out));
    }
    let (scalars, nested): (Vec<&Value>, Vec<&Value>) = items.iter().partition(|item| is_scalar(item));
    if !scalars.is_empty() {
        write_scalars(&scalars, name, out);
    }
    nested.into_iter().try_for_each(|item| write(item, name, None, out))
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

fn write_map(
    map: &ValueMap,
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
    out: &mut String,
) -> Result<(), OutputError> {
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
            write(value, Some(key), None, out)?;
        }
    }
    Ok(())
}
