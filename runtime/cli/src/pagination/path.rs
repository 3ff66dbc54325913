//! Paths of the `paginated` trait: member names, joined by dots.

use whitesmith_schema::{Value, ValueMap};

/// Returns the value at a path, unless it is missing or null.
pub fn get<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.as_map()?.get(name)).filter(|value| **value != Value::Null)
}

/// Sets the value at a path; structures on the way are created.
pub fn set(map: &mut ValueMap, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            map.insert(path, value);
        }
        Some((name, rest)) => {
            let mut inner = match map.get(name) {
                Some(Value::Map(inner)) => inner.clone(),
                _ => ValueMap::new(),
            };
            set(&mut inner, rest, value);
            map.insert(name, Value::Map(inner));
        }
    }
}
