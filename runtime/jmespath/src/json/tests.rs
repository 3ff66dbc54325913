use whitesmith_schema::Value;

use super::*;

fn error(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn values_survive() {
    for text in [
        "957474258412117.2",
        "0.0001",
        "-0.0",
        "null",
        "true",
        "1",
        "-0",
        "2.5",
        "1e+16",
        "1e-05",
        "123456789012345678901234567890",
        "\"a\"",
        "[]",
        "{}",
        r#"{"b":[1,{"a":null}],"a":"\u00e9\ud83d\ude00"}"#,
        "NaN",
        "-Infinity",
        "1e+400",
    ] {
        let value = read(text).unwrap();
        let expected = match text {
            "1e+400" => "Infinity",
            "-0" => "0",
            text => text,
        };
        assert_eq!(to_compact_ascii(&value), expected);
    }
}

#[test]
fn the_last_of_a_repeated_key_wins_at_the_first_place() {
    assert_eq!(to_compact_ascii(&read(r#"{"a":1,"b":2,"a":3}"#).unwrap()), r#"{"a":3,"b":2}"#);
}

#[test]
fn pretty_has_four_spaces_and_keeps_characters() {
    let value = read(r#"{"a":[1,[],{}],"é":"a\nb\u0001\u007f/"}"#).unwrap();
    assert_eq!(
        to_pretty(&value),
        "{\n    \"a\": [\n        1,\n        [],\n        {}\n    ],\n    \"é\": \"a\\nb\\u0001\u{7f}/\"\n}"
    );
}

#[test]
fn errors_name_line_and_column() {
    assert_eq!(error(""), "invalid JSON: expected a value at line 1, column 1");
    assert_eq!(error("{a"), "invalid JSON: expected a name in double quotes at line 1, column 2");
    assert_eq!(error("{\"é\":1\n,,}"), "invalid JSON: expected a name in double quotes at line 2, column 2");
    assert_eq!(error("{\"a\":1"), "invalid JSON: expected , or } at line 1, column 7");
    assert_eq!(error("[1] x"), "invalid JSON: unexpected text after the value at line 1, column 5");
    assert_eq!(error("\"a"), "invalid JSON: unterminated string at line 1, column 1");
    assert_eq!(error("\"a\nb\""), "invalid JSON: unescaped control character in a string at line 1, column 3");
    for text in ["01", "1.", "-", "+1", ".5", "\"\\x\"", "\"\\u12\"", "tru", "\u{feff}1", "[1,]", "{\"a\"}"] {
        read(text).unwrap_err();
    }
    assert!(error(&"[".repeat(100_000)).starts_with("invalid JSON: nested too deeply"));
}

#[test]
fn lone_surrogates_become_the_replacement_character() {
    assert_eq!(read(r#""\ud800x""#), Ok(Value::from("\u{fffd}x")));
    assert_eq!(read(r#""\ud800\u0041""#), Ok(Value::from("\u{fffd}A")));
}
