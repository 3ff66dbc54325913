//! Differences between a request and what a rule matches.

use whitesmith_schema::{Number, Value, ValueMap};

use crate::json::to_json;

/// Whether everything in `part` is in `whole`: structures and maps may have more members, everything else is equal.
pub(crate) fn is_part_of(part: &ValueMap, whole: &ValueMap) -> bool {
    part.iter().all(|(key, value)| whole.get(key).is_some_and(|other| agrees(value, other)))
}

fn agrees(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Map(part), Value::Map(whole)) => is_part_of(part, whole),
        (Value::List(part), Value::List(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| agrees(part, whole))
        }
        (Value::Number(part), Value::Number(whole)) => part == whole || number(part) == number(whole),
        _ => part == whole,
    }
}

#[allow(clippy::cast_precision_loss, reason = "equal numbers are told apart before")]
fn number(number: &Number) -> Option<f64> {
    match number {
        Number::Integer(number) => Some(*number as f64),
        Number::Float(number) => Some(*number),
        Number::Big(text) => text.parse().ok(),
    }
}

/// Lists the differences, a line each: `Catalog: expected "AWS", got "Sandbox"`.
pub(crate) fn difference(expected: &ValueMap, found: &ValueMap) -> Vec<String> {
    let mut lines = Vec::new();
    compare_members("", expected, found, &mut lines);
    lines
}

fn compare_members(path: &str, expected: &ValueMap, found: &ValueMap, lines: &mut Vec<String>) {
    for (key, value) in expected.iter() {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        compare(&path, value, found.get(key), lines);
    }
}

fn compare(path: &str, expected: &Value, found: Option<&Value>, lines: &mut Vec<String>) {
    match (expected, found) {
        (Value::Map(expected), Some(Value::Map(found))) => compare_members(path, expected, found, lines),
        (Value::List(expected), Some(Value::List(found))) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{path}[{index}]"), expected, Some(found), lines);
            }
        }
        (expected, Some(found)) if agrees(expected, found) => {}
        (expected, found) => {
            let found = found.map_or_else(|| "nothing".to_owned(), |found| to_json(found).to_string());
            lines.push(format!("{path}: expected {}, got {found}", to_json(expected)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map<const N: usize>(entries: [(&str, Value); N]) -> ValueMap {
        entries.into_iter().collect()
    }

    fn tag(value: &str) -> Value {
        Value::List(vec![map([("Key", Value::from("a")), ("Value", Value::from(value))]).into()])
    }

    #[test]
    fn a_part_may_leave_members_out() {
        let inner = map([("D", Value::from(2)), ("E", Value::from(3))]);
        let whole = map([("A", Value::from(1)), ("B", map([("C", Value::List(vec![inner.into()]))]).into())]);
        let part = |items| map([("B", map([("C", Value::List(items))]).into())]);
        assert!(is_part_of(&part(vec![map([("D", Value::from(2.0))]).into()]), &whole));
        assert!(!is_part_of(&part(Vec::new()), &whole));
        assert!(!is_part_of(&map([("F", Value::Null)]), &whole));
    }

    #[test]
    fn names_each_difference() {
        let expected = map([("Catalog", Value::from("AWS")), ("Tags", tag("b")), ("Id", Value::from("x"))]);
        let found = map([("Catalog", Value::from("Sandbox")), ("Tags", tag("c"))]);
        assert_eq!(
            difference(&expected, &found),
            [
                r#"Catalog: expected "AWS", got "Sandbox""#,
                r#"Tags[0].Value: expected "b", got "c""#,
                r#"Id: expected "x", got nothing"#,
            ]
        );
    }
}
