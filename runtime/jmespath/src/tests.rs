//! What the compliance suite (`cargo xtask conformance jmespath`) leaves open.

use super::*;
use crate::json;

fn search(expression: &str, given: &str) -> String {
    let given = json::read(given).unwrap();
    match Query::compile(expression) {
        Err(error) => format!("syntax: {error}"),
        Ok(query) => match query.search(&given) {
            Ok(value) => json::to_compact_ascii(&value),
            Err(error) => format!("error: {error}"),
        },
    }
}

#[test]
fn order_survives() {
    assert_eq!(search("{b: x, a: y}", r#"{"x":1,"y":2}"#), r#"{"b":1,"a":2}"#);
    assert_eq!(search("@", r#"{"z":1,"a":2,"m":3}"#), r#"{"z":1,"a":2,"m":3}"#);
    assert_eq!(search("`{\"z\":1,\"a\":2}`", "null"), r#"{"z":1,"a":2}"#);
    assert_eq!(search("keys(@)", r#"{"z":1,"a":2}"#), r#"["z","a"]"#);
}

#[test]
fn errors_point_at_the_place() {
    assert_eq!(search("Task[", "{}"), "syntax: unexpected end of query:\n\"Task[\"\n      ^");
    assert_eq!(search("a ~ b", "{}"), "syntax: unexpected character:\n\"a ~ b\"\n   ^");
    assert!(search("a.\n b..c", "{}").ends_with("\n b..c\"\n   ^"), "{}", search("a.\n b..c", "{}"));
    assert_eq!(
        search("length(`1`)", "{}"),
        "error: length() expects an array, an object or a string, found 1 of type \"number\""
    );
}

#[test]
fn errors_point_beyond_the_65535th_column() {
    let expression = format!("{}..b", "a".repeat(70_000));
    assert!(search(&expression, "{}").ends_with(&format!("\n{}^", " ".repeat(70_002))));
}

#[test]
fn hostile_expressions_are_refused() {
    for expression in ["(".repeat(100_000), "a.".repeat(100_000) + "a", "!".repeat(100_000), "[".repeat(100_000)] {
        assert!(search(&expression, "{}").starts_with("syntax: query nested too deeply"));
    }
}
