//! Paths of the `paginated` trait: member names, joined by dots.

use whitesmith_schema::{Value, ValueMap};

/// Returns the value at a path, unless it is missing or null.
pub fn get<'a>(map: &'a ValueMap, path: &str) -> Option<&'a Value> {
    let value = match path.split_once('.') {
        None => map.get(path),
        Some((name, rest)) => map.get(name).and_then(Value::as_map).and_then(|inner| get(inner, rest)),
    };
    value.filter(|value| **value != Value::Null)
}

/// Returns the value at a path for changes, unless it is missing or null.
pub fn get_mut<'a>(map: &'a mut ValueMap, path: &str) -> Option<&'a mut Value> {
    let value = match path.split_once('.') {
        None => map.get_mut(path),
        Some((name, rest)) => match map.get_mut(name) {
            Some(Value::Map(inner)) => get_mut(inner, rest),
            _ => None,
        },
    };
    value.filter(|value| **value != Value::Null)
}

/// Takes the value at a path, unless it is missing or null; null stays in its place.
pub fn take(map: &mut ValueMap, path: &str) -> Option<Value> {
    let value = match path.split_once('.') {
        None => map.get_mut(path).map(std::mem::take),
        Some((name, rest)) => match map.get_mut(name) {
            Some(Value::Map(inner)) => take(inner, rest),
            _ => None,
        },
    };
    value.filter(|value| *value != Value::Null)
}

/// Sets the value at a path; structures on the way are created.
pub fn set(map: &mut ValueMap, path: &str, value: Value) {
    match path.split_once('.') {
        None => map.insert(path, value),
        Some((name, rest)) => {
            if let Some(Value::Map(inner)) = map.get_mut(name) {
                return set(inner, rest, value);
            }
            let mut inner = ValueMap::new();
            set(&mut inner, rest, value);
            map.insert(name, Value::Map(inner));
        }
    }
}
