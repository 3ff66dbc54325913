//! Where a request differs from what a rule waits for.

use std::fmt::Write as _;

use serde_json::Value;

/// Whether everything in `part` is in `whole`: objects may have more members, everything else is equal.
pub(crate) fn is_part_of(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|other| is_part_of(value, other)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_part_of(part, whole))
        }
        (Value::Number(part), Value::Number(whole)) => part.as_f64() == whole.as_f64(),
        _ => part == whole,
    }
}

/// The differences, a line each: `Catalog: expected "AWS", got "Sandbox"`.
pub(crate) fn difference(expected: &Value, found: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    compare("", expected, Some(found), &mut lines);
    lines
}

fn compare(path: &str, expected: &Value, found: Option<&Value>, lines: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Some(Value::Object(found))) => {
            for (key, value) in expected {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&path, value, found.get(key), lines);
            }
        }
        (Value::Array(expected), Some(Value::Array(found))) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{path}[{index}]"), expected, Some(found), lines);
            }
        }
        (expected, Some(found)) if is_part_of(expected, found) => {}
        (expected, found) => {
            let mut line = format!("{path}: expected {expected}, got ");
            let _ = match found {
                Some(found) => write!(line, "{found}"),
                None => write!(line, "nothing"),
            };
            lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_may_leave_members_out() {
        let whole = json!({"A": 1, "B": {"C": [{"D": 2, "E": 3}]}});
        assert!(is_part_of(&json!({"B": {"C": [{"D": 2.0}]}}), &whole));
        assert!(!is_part_of(&json!({"B": {"C": []}}), &whole));
        assert!(!is_part_of(&json!({"F": null}), &whole));
    }

    #[test]
    fn names_each_difference() {
        let lines = difference(
            &json!({"Catalog": "AWS", "Tags": [{"Key": "a", "Value": "b"}], "Id": "x"}),
            &json!({"Catalog": "Sandbox", "Tags": [{"Key": "a", "Value": "c"}]}),
        );
        assert_eq!(
            lines,
            [
                r#"Catalog: expected "AWS", got "Sandbox""#,
                r#"Id: expected "x", got nothing"#,
                r#"Tags[0].Value: expected "b", got "c""#,
            ]
        );
    }
}
