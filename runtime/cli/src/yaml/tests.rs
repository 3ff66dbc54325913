use whitesmith_schema::Value;

use super::*;
use crate::json;

fn read_as_json(text: &str) -> String {
    match read(text, None) {
        Ok(value) => json::to_compact_ascii(&value),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn scalars_mean_what_yaml_1_2_says() {
    for (text, expected) in [
        ("", "null"),
        ("~", "null"),
        ("yes", "\"yes\""),
        ("on", "\"on\""),
        ("true", "true"),
        ("'true'", "\"true\""),
        ("010", "10"),
        ("0o10", "8"),
        ("0x1F", "31"),
        ("1_000", "1000"),
        ("1.5e3", "1500.0"),
        ("1e3", "1000.0"),
        (".inf", "Infinity"),
        ("1:30", "\"1:30\""),
        ("2024-11-20", "\"2024-11-20T00:00:00\""),
        ("2024-11-20 17:04:05", "\"2024-11-20T17:04:05\""),
        ("2024-01-02 03:04:05 +2", "\"2024-01-02T01:04:05\""),
        ("2024-1-2T3:04:05.5-01:30", "\"2024-01-02T04:34:05.5\""),
        ("2024-01-02\t03:04:05. Z", "\"2024-01-02T03:04:05\""),
        ("2024-1-2", "\"2024-1-2\""),
        ("2024-01-02 3:4:05", "\"2024-01-02 3:4:05\""),
        ("2024-01-02x3:04:05", "\"2024-01-02x3:04:05\""),
        ("1.2.3", "\"1.2.3\""),
        ("!!str 5", "\"5\""),
        ("!!float 5", "5.0"),
        ("12345678901234567890123", "12345678901234567890123"),
    ] {
        assert_eq!(read_as_json(text), expected, "{text}");
    }
}

#[test]
fn collections_anchors_and_merges() {
    assert_eq!(read_as_json("a: &x {b: 1}\nc: *x\nd: [1, two]"), r#"{"a":{"b":1},"c":{"b":1},"d":[1,"two"]}"#);
    assert_eq!(read_as_json("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3"), r#"{"a":{"b":1,"c":2},"d":{"b":3,"c":2}}"#);
    assert_eq!(read_as_json("a: |\n  x\n  y\nb: >\n  x\n  y\n"), r#"{"a":"x\ny\n","b":"x y\n"}"#);
}

#[test]
fn what_is_refused() {
    assert_eq!(read_as_json("a: 1\na: 2"), "error: invalid YAML: duplicate key a at line 2, column 1");
    assert_eq!(read_as_json("a: 1\n---\nb: 2"), "error: invalid YAML: unexpected second document at line 2, column 1");
    for text in ["a: [b", "a: !!python/object/apply:os.getcwd []", "a: !x y", "a: *b", "&a [*a]", "{a: 1", "a: 'b"] {
        assert!(read_as_json(text).starts_with("error: invalid YAML: "), "{text}: {}", read_as_json(text));
    }
    assert!(read_as_json(&"[".repeat(100_000)).starts_with("error: invalid YAML: "));
}

#[test]
fn keys_of_maps_are_strings() {
    let given = |text: &str| match read(text, Some(&crate::made_up::INPUT)) {
        Ok(value) => json::to_compact_ascii(&value),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        given("Labels: {2024-01-02: 1}"),
        "invalid YAML: invalid key 2024-01-02 of Labels: expected a string, found a date at line 1, column 10"
    );
    assert!(given("Labels: {1: 1}").contains("invalid key 1 of Labels: expected a string, found number"));
    assert!(given("Any: [{x: {2024-01-02: 1}}]").contains("invalid key 2024-01-02 of Any[].x"));
    assert!(given("Any: {!!binary aGk=: 1}").contains("found binary data"));
    assert_eq!(given("Any: {1: a, true: b}"), r#"{"Any":{"1":"a","true":"b"}}"#);
    assert_eq!(given("Labels: {'2024-01-02': 1}"), r#"{"Labels":{"2024-01-02":1}}"#);
    assert_eq!(given("2024-01-02: 1"), r#"{"2024-01-02":1}"#);
}

#[test]
fn aliases_cannot_explode() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{items}]\n");
    }
    assert!(read_as_json(&bomb).starts_with("error: invalid YAML: too many values"));
    // Few values, each of them long.
    let long = "x".repeat(1 << 20);
    for alias in ["*a", "[*b]", "{*k : 1}"] {
        let bomb = format!("- &a {long}\n- &b [{long}]\n- {{&k {long}: 1}}\n{}", format!("- {alias}\n").repeat(130));
        assert!(read_as_json(&bomb).starts_with("error: invalid YAML: values that are too long"), "{alias}");
    }
    assert!(read_as_json(&format!("- &a {long}\n{}", "- *a\n".repeat(10))).ends_with("x\"]"));
}

#[test]
fn documents_are_block_style_sorted_by_name() {
    let value =
        json::read(r#"{"b":[{"y":1,"x":[]},[1,2]],"a":{"c":{}},"d":"yes","e":"1","f":"a: b","g":null,"h":" x"}"#);
    assert_eq!(
        document(&value.unwrap()),
        "a:\n  c: {}\nb:\n- x: []\n  y: 1\n- - 1\n  - 2\nd: yes\ne: '1'\nf: 'a: b'\ng: null\nh: ' x'\n"
    );
    assert_eq!(document(&Value::from("x")), "\"x\"\n");
    assert_eq!(document(&Value::List(vec![Value::from("x")])), "- x\n");
}

#[test]
fn strings_survive_a_round_trip() {
    for text in [
        "a\nb", "a\n", "\n a", "tab\t", "é", "😀", "'", "\"", "- a", "#", "a #", "?x", "\u{85}", "\u{1}", "x:", "=",
        "<<",
    ] {
        let document = document(&Value::List(vec![Value::from(text)]));
        assert_eq!(read(&document, None), Ok(Value::List(vec![Value::from(text)])), "{document}");
    }
}
