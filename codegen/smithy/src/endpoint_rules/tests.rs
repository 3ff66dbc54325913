//! Every place of a rule set with values of every type.

use super::*;
use crate::source::{Sources, parse};

fn read(text: &str) -> Result<RuleSet, String> {
    let mut sources = Sources::new();
    let file = sources.add("rules.json", text.as_bytes()).unwrap();
    RuleSet::read(&parse(file, text).unwrap()).map_err(|error| {
        let place = sources.place(error.span).unwrap();
        let at = text.lines().nth(place.line - 1).unwrap().get(place.column - 1..).unwrap();
        format!("{} at {}", error.kind, at.chars().take(12).collect::<String>())
    })
}

const PARAMETERS: &str = r#"{
    "Region": {"type": "string", "required": true},
    "Bucket": {"type": "string"},
    "Fips": {"type": "Boolean", "required": true, "default": false},
    "Flag": {"type": "boolean"},
    "Names": {"type": "stringArray"}
}"#;

fn rule_set(rules: &str) -> String {
    format!("{{\"parameters\": {PARAMETERS},\n\"rules\": [{rules}]}}")
}

/// A rule with these conditions that gives an endpoint with this URL.
fn rule(conditions: &str, url: &str) -> String {
    rule_set(&format!("{{\"conditions\": [{conditions}],\n\"type\": \"endpoint\", \"endpoint\": {{\"url\":\n{url}}}}}"))
}

/// Values by what they are.
const VALUES: [(&str, &str); 12] = [
    ("a string", r#""text""#),
    ("a string", r#"{"ref": "Region"}"#),
    ("a string", r#""https://{Region}""#),
    ("a string", r#"{"fn": "uriEncode", "argv": [{"ref": "Region"}]}"#),
    ("an optional string", r#"{"ref": "Bucket"}"#),
    ("an optional string", r#"{"fn": "substring", "argv": [{"ref": "Region"}, 0, 2, true]}"#),
    ("a boolean", "true"),
    ("a boolean", r#"{"ref": "Fips"}"#),
    ("an optional boolean", r#"{"ref": "Flag"}"#),
    ("an integer", "1"),
    ("an optional array of strings", r#"{"ref": "Names"}"#),
    ("an optional partition", r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}]}"#),
];

/// A rule set with a value in a place.
type Place<'a> = Box<dyn Fn(&str) -> String + 'a>;

#[test]
fn each_place_takes_values_of_its_type_only() {
    let call = |name: &str, arguments: &str| format!("{{\"fn\": \"{name}\", \"argv\": [{arguments}]}}");
    let text = "\"https://x\"";
    let places: [(&str, Place<'_>); 9] = [
        ("a string", Box::new(|value| rule("", value))),
        ("a string", Box::new(|value| rule_set(&format!("{{\"type\": \"error\", \"error\":\n{value}}}")))),
        (
            "a string",
            Box::new(|value| {
                let endpoint = format!("{{\"url\": {text}, \"headers\": {{\"x\": [\"y\",\n{value}]}}}}");
                rule_set(&format!("{{\"type\": \"endpoint\", \"endpoint\": {endpoint}}}"))
            }),
        ),
        ("a string", Box::new(|value| rule(&call("stringEquals", &format!("\"x\",\n{value}")), text))),
        ("a string", Box::new(|value| rule(&call("uriEncode", &format!("\n{value}")), text))),
        ("a boolean", Box::new(|value| rule(&call("not", &format!("\n{value}")), text))),
        ("a boolean", Box::new(|value| rule(&call("booleanEquals", &format!("\n{value}, true")), text))),
        ("a boolean", Box::new(|value| rule(&call("isValidHostLabel", &format!("\"x\",\n{value}")), text))),
        ("an integer", Box::new(|value| rule(&call("split", &format!("\"x\", \",\",\n{value}")), text))),
    ];
    for (expected, place) in &places {
        for (of, value) in VALUES {
            let result = read(&place(value));
            if of == *expected {
                assert_eq!(result.map(|_| ()), Ok(()), "{value}");
            } else {
                let error = result.unwrap_err();
                assert!(error.starts_with(&format!("expected {expected}, found {of}")), "{value}: {error}");
                let start: String = value.chars().take(9).collect();
                assert!(error.contains(&format!(" at {start}")), "the place of {value}: {error}");
            }
        }
    }
}

#[test]
fn names_must_be_in_scope() {
    for url in [r#""https://{Nope}""#, r#""{}""#, r#""{Nope#a}""#, r#"{"ref": "Nope"}"#] {
        let error = read(&rule("", url)).unwrap_err();
        assert!(error.starts_with("unknown name `"), "{error}");
    }
    assert_eq!(
        read(&rule("", r#""https://{Regoin}""#)).unwrap_err(),
        "unknown name `Regoin`; did you mean `Region`? at \"https://{Re"
    );
    let assign = r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"}"#;
    let uses = |conditions: &str| rule(conditions, r#""https://{P#dnsSuffix}""#);
    assert_eq!(read(&uses(assign)).map(|_| ()), Ok(()));
    assert_eq!(read(&uses("")).unwrap_err(), "unknown name `P` at \"https://{P#");
    // What a rule assigns ends with it.
    let two = format!(
        "{{\"conditions\": [{assign}], \"type\": \"error\", \"error\": \"{{P#name}}\"}},\n\
         {{\"type\": \"error\", \"error\":\n\"{{P#name}}\"}}"
    );
    assert_eq!(read(&rule_set(&two)).unwrap_err(), "unknown name `P` at \"{P#name}\"}]");
    let twice = format!("{assign},\n{assign}");
    assert!(read(&uses(&twice)).unwrap_err().starts_with("`P` is defined already at {\"fn\""));
}

#[test]
fn conditions_prove_what_they_test() {
    let url = r#""https://{Bucket}""#;
    let is_set = r#"{"fn": "isSet", "argv": [{"ref": "Bucket"}]}"#;
    assert!(read(&rule(is_set, url)).is_ok());
    assert!(read(&rule("", url)).unwrap_err().starts_with("expected a string, found an optional string; `isSet`"));
    for other in [
        format!(r#"{{"fn": "not", "argv": [{is_set}]}}"#),
        format!(r#"{{"fn": "booleanEquals", "argv": [{is_set}, false]}}"#),
    ] {
        assert!(read(&rule(&other, url)).is_err(), "{other}");
    }
    let error = read(&rule("{\"fn\": \"isSet\", \"argv\": [\n{\"ref\": \"Region\"}]}", url)).unwrap_err();
    assert!(
        error.starts_with("expected an optional value, found a string, which is always set at {\"ref\""),
        "{error}"
    );
    // A boolean that is assigned stays one.
    let boolean = r#"{"fn": "isValidHostLabel", "argv": [{"ref": "Region"}, true], "assign": "Valid"}"#;
    assert_eq!(
        read(&rule(boolean, r#""https://{Valid}""#)).unwrap_err(),
        "expected a string, found a boolean at \"https://{Va"
    );
}

#[test]
fn paths_lead_to_parts_of_records_and_lists() {
    let arn = r#"{"fn": "aws.parseArn", "argv": [{"ref": "Region"}], "assign": "Arn"}"#;
    let part = |path: &str| {
        format!("{arn}, {{\"fn\": \"getAttr\", \"argv\": [{{\"ref\": \"Arn\"}}, \"{path}\"], \"assign\": \"Part\"}}")
    };
    for path in ["region", "resourceId[0]", "resourceId[-1]", "resourceId.[2]"] {
        assert!(read(&rule(&part(path), r#""https://{Part}""#)).is_ok(), "{path}");
    }
    for (path, message) in [
        ("resource", "an ARN has no `resource`"),
        ("region[0]", "a string has no `[0]`"),
        ("region.x", "a string has no `x`"),
        ("resourceId[0][0]", "an optional string has no `[0]`"),
        ("", "invalid path ``"),
        ("resourceId[x]", "invalid path `resourceId[x]`"),
    ] {
        let error = read(&rule(&part(path), r#""https://{Part}""#)).unwrap_err();
        assert!(error.starts_with(message), "{path}: {error}");
    }
    let error = read(&rule(&part("resourceId"), r#""https://{Part}""#)).unwrap_err();
    assert!(error.starts_with("expected a string, found an array of strings"), "{error}");
}

#[test]
fn branches_have_one_kind() {
    let assign = |function: &str, arguments: &str| {
        format!("{{\"fn\": \"{function}\", \"argv\": [{arguments}], \"assign\": \"X\"}}")
    };
    let url = r#""https://{X}""#;
    for (function, arguments) in [
        ("ite", r#"{"ref": "Fips"}, "a", {"ref": "Region"}"#),
        ("ite", r#"{"ref": "Fips"}, "a", {"ref": "Bucket"}"#),
        ("coalesce", r#"{"ref": "Bucket"}, "a""#),
        ("coalesce", r#"{"ref": "Bucket"}, {"ref": "Bucket"}, "a""#),
    ] {
        assert!(read(&rule(&assign(function, arguments), url)).is_ok(), "{function} {arguments}");
    }
    for (function, arguments, message) in [
        ("ite", r#"{"ref": "Flag"}, "a", "b""#, "expected a boolean, found an optional boolean"),
        ("ite", r#"{"ref": "Fips"}, "a", true"#, "expected a string, found a boolean"),
        ("ite", r#"{"ref": "Fips"}, "a""#, "wrong number of arguments of `ite`"),
        ("coalesce", r#"{"ref": "Bucket"}, true"#, "expected a string, found a boolean"),
        ("coalesce", r#"{"ref": "Bucket"}"#, "wrong number of arguments of `coalesce`"),
    ] {
        let error = read(&rule(&assign(function, arguments), url)).unwrap_err();
        assert!(error.starts_with(message), "{function} {arguments}: {error}");
    }
}

#[test]
fn what_is_no_rule_set_is_refused() {
    let conditions = |condition: &str| rule(condition, "\"https://x\"");
    for (rules, message) in [
        ("{}".to_owned(), "missing `parameters`"),
        (r#"{"parameters": {}}"#.to_owned(), "missing `rules`"),
        (
            r#"{"parameters": {"A": {"type": "int"}}}"#.to_owned(),
            "unknown type of parameter `A`: expected `string`, `boolean` or `stringArray`",
        ),
        (
            r#"{"parameters": {"A": {"type": "string", "default": "x"}}}"#.to_owned(),
            "parameter `A` has a default and is not required",
        ),
        (
            r#"{"parameters": {"A": {"type": "string", "required": true, "default": true}}}"#.to_owned(),
            "the default of parameter `A` has another type",
        ),
        (
            r#"{"parameters": {"A": {"type": "stringArray", "required": true, "default": [1]}}}"#.to_owned(),
            "the default of parameter `A` has another type",
        ),
        (
            r#"{"parameters": {"A": {"type": "string", "builtIn": "AWS::UseFIPS"}}}"#.to_owned(),
            "parameter `A` is of built-in `AWS::UseFIPS`: expected the type `boolean`",
        ),
        (
            r#"{"parameters": {"A": {"type": "boolean", "builtIn": "AWS::Auth::AccountId"}}}"#.to_owned(),
            "parameter `A` is of built-in `AWS::Auth::AccountId`: expected the type `string`",
        ),
        (conditions(r#"{"fn": "brew", "argv": []}"#), "unknown function `brew`"),
        (conditions(r#"{"fn": "not"}"#), "missing `argv`"),
        (conditions(r#"{"fn": "not", "argv": []}"#), "wrong number of arguments of `not`"),
        (conditions(r#"{"fn": "split", "argv": ["a", "b"]}"#), "wrong number of arguments of `split`"),
        (conditions(r#"{"fn": "split", "argv": ["a", "b", -1]}"#), "expected an integer of 0 or more"),
        (conditions(r#"{"ref": "Fips"}"#), "missing `fn`"),
        (
            conditions(r#"{"fn": "not", "argv": [["x"]]}"#),
            "expected a string, a boolean, an integer, a reference or a call",
        ),
        (rule_set(r#"{"type": "leap"}"#), "expected a rule of type `endpoint`, `error` or `tree`"),
        (rule_set(r#"{"type": "tree", "rules": []}"#), "expected at least one rule in a tree"),
        (rule_set(r#"{"type": "error", "error": "{a"}"#), "unpaired brace in `{a`"),
        (rule_set(r#"{"type": "endpoint", "endpoint": {}}"#), "missing `url`"),
        (rule_set(r#"{"type": "endpoint", "endpoint": {"url": "", "uri": ""}}"#), "unknown key `uri`"),
    ] {
        let error = read(&rules).unwrap_err();
        assert!(error.starts_with(message), "{rules}: {error}");
    }
}

/// Conditions, each of which assigns what a function makes of the value before it: `T0`, `T1` and so on.
fn growing(count: usize, next: impl Fn(&str) -> String) -> String {
    let conditions: Vec<String> = (0..count)
        .map(|at| {
            let before = at.checked_sub(1).map_or("Region".to_owned(), |before| format!("T{before}"));
            format!("{},\n\"assign\": \"T{at}\"}}", next(&before).trim_end_matches('}'))
        })
        .collect();
    rule(&conditions.join(","), r#""https://example.com""#)
}

#[test]
fn values_do_not_grow_without_bound() {
    let text = |value: &str| format!(r#"{{"fn": "uriEncode", "argv": ["{value}"]}}"#);
    let doubled = |before: &str| text(&format!("{{{before}}}{{{before}}}"));
    let chosen = |before: &str| {
        let tripled = format!("{{{before}}}{{{before}}}{{{before}}}");
        format!(r#"{{"fn": "coalesce", "argv": [{}, "{tripled}"]}}"#, text("a"))
    };
    for next in [&doubled as &dyn Fn(&str) -> String, &chosen] {
        assert_eq!(read(&growing(5, next)).err(), None, "{}", next("x"));
        let error = read(&growing(60, next)).unwrap_err();
        assert!(error.contains("exceeds the limit of 1048576 bytes"), "{error}");
    }
}

#[test]
fn a_large_literal_is_a_value_like_others() {
    let large = "x".repeat(1 << 20);
    let condition = |text: &str| format!(r#"{{"fn": "uriEncode", "argv": ["{text}"], "assign": "T"}}"#);
    let error = read(&rule(&condition(&large), r#""https://example.com""#)).unwrap_err();
    assert!(error.starts_with("`T` can take 3145728 bytes"), "{error}");
}
