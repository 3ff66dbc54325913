//! `--output text`: scalars sorted by name, separated by tabs; nested objects on lines that begin with their name.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use whitesmith_schema::{Value, ValueMap};

use super::error::{MAX_BYTES, OutputError};
use super::scalar::{is_scalar, text};

/// The positions of cells by their keys.
type Columns<'a> = BTreeMap<&'a str, usize>;

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
    columns: Option<&Columns<'_>>,
    out: &mut String,
) -> Result<(), OutputError> {
    if out.len() > MAX_BYTES {
        return Err(OutputError::TooLarge);
    }
    match value {
        Value::Map(map) => match columns {
            Some(columns) => return write_map(map, name, columns, out),
            None => return write_map(map, name, &columns_of(iter::once(map)), out),
        },
        Value::List(items) => return write_list(items, name, out),
        scalar => line(&[text(scalar)], out),
    }
    Ok(())
}

/// Returns the columns of objects: the keys at which one of them has a scalar, sorted.
fn columns_of<'a>(maps: impl Iterator<Item = &'a ValueMap>) -> Columns<'a> {
    let scalars = maps.flat_map(ValueMap::iter).filter(|(_, value)| is_scalar(value));
    let keys: BTreeSet<&str> = scalars.map(|(key, _)| key).collect();
    keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect()
}

fn write_list(items: &[Value], name: Option<&str>, out: &mut String) -> Result<(), OutputError> {
    if items.iter().any(|item| matches!(item, Value::Map(_))) {
        // Every object of the list gets the columns of all, so that they are aligned.
        let columns = columns_of(items.iter().filter_map(Value::as_map));
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

fn write_map(map: &ValueMap, name: Option<&str>, columns: &Columns<'_>, out: &mut String) -> Result<(), OutputError> {
    let mut sorted: Vec<(&str, &Value)> = map.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    if let Some(last) = columns.len().checked_sub(1) {
        if let Some(name) = name {
            out.push_str(&name.to_uppercase());
            out.push('\t');
        }
        // Empty cells cost no more than their tabs: there may be many more of them than entries.
        let mut at = 0;
        for (key, value) in &sorted {
            if let Some(position) = columns.get(key) {
                out.extend(iter::repeat_n('\t', position - at));
                out.push_str(&text(value));
                at = *position;
            }
        }
        out.extend(iter::repeat_n('\t', last - at));
        out.push('\n');
    }
    for (key, value) in sorted {
        if !columns.contains_key(key) {
            write(value, Some(key), None, out)?;
        }
    }
    Ok(())
}
