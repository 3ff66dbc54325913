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

#[test]
fn growth_is_bounded() {
    let pipe = |stage: &str| vec![stage; 60].join(" | ");
    let objects = format!("[{}]", vec![r#"{"a": {"b": ["\\\""]}}"#; 100].join(","));
    for expression in [
        pipe("[@, @]"),
        pipe("[@, @][]"),
        pipe("{a: @, b: @}"),
        pipe("to_string([@])"),
        pipe("map(&[@, @], [@, @])"),
        pipe("join('', [to_string(@), to_string(@)])"),
        pipe("[].[@, @]"),
    ] {
        let result = search(&expression, &objects);
        assert!(
            result.starts_with("error: ") && result.contains("exceeds the limit of "),
            "{expression}: {result:.200}"
        );
    }
}

#[test]
fn steps_are_bounded() {
    let numbers = format!("`[{}]`", vec!["1"; 100].join(","));
    let filters = format!("{}`false`{}", format!("{numbers}[?").repeat(5), "]".repeat(5));
    let maps = format!("{}&@{}", "map(&".repeat(4) + "map(", format!(", {numbers})").repeat(5));
    for expression in [filters, maps] {
        let result = search(&expression, "null");
        assert!(result.starts_with("error: the query exceeds the limit of "), "{expression:.100}: {result:.200}");
    }
}

#[test]
fn linear_queries_of_large_values_are_within_the_limits() {
    let item = r#"{"Id":"i-0123456789abcdef0","State":{"Name":"running"},"Tags":[{"Key":"Name","Value":"web"}]}"#;
    let group = format!(r#"{{"Items":[{}]}}"#, vec![item; 100].join(","));
    let given = format!(r#"{{"Groups":[{}]}}"#, vec![group; 100].join(","));
    for (expression, length) in [
        ("Groups[].Items[]", 10_000),
        ("Groups[].Items[].{Id: Id, State: State.Name, Name: Tags[?Key=='Name'].Value | [0], All: @}", 10_000),
        ("sort_by(Groups[].Items[], &Id)[?contains(['running', 'stopped', 'pending'], State.Name)]", 10_000),
        ("Groups[*].[Items, Items, Items[?State.Name=='running'], length(Items), Items[::-1]]", 100),
    ] {
        let expression = format!("length({expression})");
        assert_eq!(search(&expression, &given), length.to_string(), "{expression}");
    }
}
