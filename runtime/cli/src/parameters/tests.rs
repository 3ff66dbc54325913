use std::collections::HashMap;

use whitesmith_client::environment::Environment;
use whitesmith_schema::{Member, Schema, Value, ValueMap};

use super::*;
use crate::failure::Failure;
use crate::json;
use crate::made_up::INPUT;

fn environment() -> Environment {
    Environment::Fixed(HashMap::new())
}

fn option(member: &str, given: Given) -> Result<Value, Failure> {
    read_option(&environment(), "--it", INPUT.member(member).unwrap(), given)
}

fn one(member: &str, text: &str) -> String {
    shown(option(member, Given::One(text.to_owned())))
}

fn several(member: &str, texts: &[&str]) -> String {
    shown(option(member, Given::Several(texts.iter().map(|text| (*text).to_owned()).collect())))
}

fn shown(result: Result<Value, Failure>) -> String {
    match result {
        Ok(value) => json::to_compact_ascii(&value),
        Err(failure) => format!("{} {}", failure.exit_status(), failure.message),
    }
}

#[test]
fn scalars_are_read_by_their_type() {
    assert_eq!(one("Name", "{\"a\":1}"), r#""{\"a\":1}""#);
    assert_eq!(one("Weight", "-5"), "-5");
    assert_eq!(one("Weight", "x"), "252 invalid value for --it: expected an integer, found 'x'");
    assert_eq!(one("Count", "x"), "255 invalid value for --it: expected an integer, found 'x'");
    assert_eq!(one("Ratio", "2.50"), "2.5");
    assert_eq!(shown(option("Hot", Given::Switch(false))), "false");
    assert_eq!(one("Any", "[1,{\"a\":null}]"), r#"[1,{"a":null}]"#);
    assert!(one("Any", "a=b").starts_with("252 "));
}

#[test]
fn some_lists_of_structures_take_the_values_of_their_only_member() {
    static TEXT: Schema = Schema::string("forge#Text");
    static INSTANCE: Schema = Schema::structure("forge#Instance", &[Member::new("Id", &TEXT)]);
    static INSTANCES: Schema = Schema::list("forge#Instances", &[Member::new("member", &INSTANCE)]);
    let wrapped = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        wrap_scalars(&Member::new("Instances", &INSTANCES), &texts).map(|value| json::to_compact_ascii(&value))
    };
    assert_eq!(wrapped(&["i-1", "Id=i-2"]).as_deref(), Some(r#"[{"Id":"i-1"},{"Id":"Id=i-2"}]"#));
    assert_eq!(wrapped(&[r#"[{"Id":"i-1"}]"#]), None);
    assert_eq!(wrapped(&["file://instances.json"]), None);
}

#[test]
fn structures_lists_and_maps_take_json_and_shorthand() {
    assert_eq!(one("Part", "Name=a,Count=5"), r#"{"Name":"a","Count":5}"#);
    assert_eq!(one("Part", " {\"Name\":\"a\"} "), r#"{"Name":"a"}"#);
    assert_eq!(one("Part", "Count=x"), "255 invalid value for --it: expected an integer, found 'x'");
    assert!(one("Part", "[1]").contains("expected a JSON object:\n[1]"));
    assert!(one("Part", "{\"Name\":").starts_with("252 invalid value for --it: invalid JSON: expected a value"));
    assert_eq!(one("Labels", "a=1,b=2"), r#"{"a":1,"b":2}"#);
    assert_eq!(several("Texts", &["a", "b=c"]), r#"["a","b=c"]"#);
    assert_eq!(several("Texts", &["[\"a\"]"]), r#"["a"]"#);
    assert_eq!(several("Parts", &["Name=a", "Name=b,Metal=iron"]), r#"[{"Name":"a"},{"Name":"b","Metal":"iron"}]"#);
    assert_eq!(several("Parts", &["{\"Name\":\"a\"}"]), r#"[{"Name":"a"}]"#);
    assert_eq!(several("Parts", &[]), "[]");
    assert!(several("Parts", &["{\"Name\":\"a\"}", "Name=b"]).contains("expected a JSON object:\nName=b"));
}

#[test]
fn files_are_replaced_by_their_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (text, bytes) = (path("text", b"a\r\nb\n"), path("bytes", b"\xff"));
    let parts = path("parts", br#"[{"Name":"x"}]"#);
    assert_eq!(one("Name", &format!("file://{text}")), r#""a\nb\n""#);
    assert!(one("Name", &format!("file://{bytes}")).contains("fileb://"));
    assert_eq!(option("Bytes", Given::One(format!("fileb://{bytes}"))), Ok(Value::Blob(b"\xff"[..].into())));
    assert!(one("Part", &format!("fileb://{text}")).starts_with("255 "));
    assert_eq!(several("Parts", &[&format!("file://{parts}")]), r#"[{"Name":"x"}]"#);
    assert!(one("Name", "file:///none/here").starts_with("252 invalid value for --it"));
    assert!(one("Part", "Name@=file:///none/here").starts_with("255 invalid value for --it"));
}

fn checked(text: &str) -> String {
    let Ok(Value::Map(map)) = json::read(text) else { panic!("{text}") };
    match check(&map, &INPUT) {
        Ok(()) => String::new(),
        Err(failure) => failure.message.lines().skip(1).collect::<Vec<_>>().join("; "),
    }
}

#[test]
fn all_problems_are_reported() {
    assert_eq!(checked(r#"{"Name":"a"}"#), "");
    assert_eq!(checked(r#"{"Other":1}"#).split(';').next(), Some("missing required parameter in the input: \"Name\""));
    for (input, problem) in [
        (r#"{"Name":5}"#, "invalid type for parameter Name: expected a string, found an integer, value: 5"),
        (r#"{"Name":""}"#, "invalid length for parameter Name, value: 0, minimum: 1"),
        (r#"{"Name":"a","Count":0}"#, "invalid value for parameter Count, value: 0, minimum: 1"),
        (
            r#"{"Name":"a","Count":1.5}"#,
            "invalid type for parameter Count: expected an integer, found a float, value: 1.5",
        ),
        (r#"{"Name":"a","Parts":[]}"#, "invalid length for parameter Parts, value: 0, minimum: 1"),
        (
            r#"{"Name":"a","Parts":[{"Name":null}]}"#,
            "invalid type for parameter Parts[0].Name: expected a string, found null, value: null",
        ),
        (r#"{"Name":"a","Part":{}}"#, "missing required parameter in Part: \"Name\""),
        (
            r#"{"Name":"a","Labels":{"k":"v"}}"#,
            "invalid type for parameter Labels.k: expected an integer, found a string, value: v",
        ),
        (
            r#"{"Name":"a","When":"soon"}"#,
            "invalid type for parameter When: expected a date and time, found a string, value: soon",
        ),
        (r#"{"Name":"a","Choice":{}}"#, "invalid parameter Choice: expected exactly one of A, B"),
        (
            r#"{"Name":"a","Hot":"true"}"#,
            "invalid type for parameter Hot: expected true or false, found a string, value: true",
        ),
        (
            r#"{"Name":"a","Secret":["hush"]}"#,
            "invalid type for parameter Secret: expected a string, found a list, value: *** redacted ***",
        ),
    ] {
        assert_eq!(checked(input), problem, "{input}");
    }
    assert_eq!(checked(r#"{"Name":"a","When":"2024-11-20T17:04:05Z","Bytes":"x","Any":[1],"Ratio":1}"#), "");
}

#[test]
fn dates_and_binaries_of_yaml_are_refused_where_the_model_has_none() {
    let problem = |text: &str| {
        let Ok(Value::Map(map)) = crate::yaml::read(text, Some(&INPUT)) else { panic!("{text}") };
        check(&map, &INPUT).unwrap_err().message.lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(
        problem("{Name: 2024-01-02}"),
        "invalid type for parameter Name: expected a string, found a date, value: 2024-01-02"
    );
    assert_eq!(
        problem("{Name: a, Any: [{k: 2024-01-02 03:04:05}]}"),
        "invalid type for parameter Any[0].k: expected a JSON value, found a date, value: 2024-01-02 03:04:05"
    );
    assert_eq!(
        problem("{Name: !!binary aGk=}"),
        "invalid type for parameter Name: expected a string, found binary data, value: hi"
    );
    assert!(problem("{Name: a, Any: !!binary aGk=}").contains("Any: expected a JSON value, found binary data"));
}

fn merged(json_text: Option<&str>, yaml_text: Option<&str>) -> String {
    let mut input: ValueMap = [("Name", Value::from("option"))].into_iter().collect();
    shown(merge_cli_input(&environment(), json_text, yaml_text, &INPUT, &mut input).map(|()| Value::Map(input)))
}

#[test]
fn options_override_the_whole_input() {
    assert_eq!(merged(Some(r#"{"Count":1,"Name":"x"}"#), None), r#"{"Name":"option","Count":1}"#);
    assert_eq!(merged(None, Some("Count: 2")), r#"{"Name":"option","Count":2}"#);
    assert_eq!(merged(Some("{}"), Some("{}")), "252 --cli-input-json and --cli-input-yaml cannot be used together");
    assert!(merged(Some("[]"), None).ends_with("expected a map, found list"));
    assert!(merged(None, Some("a: [")).starts_with("252 invalid value for --cli-input-yaml"));
}

#[test]
fn binary_members_are_base64() {
    let input = json::read(r#"{"Name":"aGk=","Bytes":"aG k="}"#).unwrap();
    let Ok(Value::Map(decoded)) = decode_base64(input, &INPUT) else { panic!() };
    assert_eq!(decoded.get("Name"), Some(&Value::from("aGk=")));
    assert_eq!(decoded.get("Bytes"), Some(&Value::Blob("hi".into())));
    let failure = decode_base64(json::read(r#"{"Bytes":"a"}"#).unwrap(), &INPUT).unwrap_err();
    assert_eq!((failure.exit_status(), failure.message.starts_with("invalid base64: \"a\"")), (255, true));
}

#[test]
fn texts_are_converted_for_the_protocol() {
    let Value::Map(map) = prepare(json::read(r#"{"When":"1970-01-01T00:00:01Z","Bytes":"x"}"#).unwrap(), &INPUT) else {
        panic!()
    };
    assert_eq!(map.get("When"), Some(&Value::Timestamp(whitesmith_schema::Timestamp::new(1, 0))));
    assert_eq!(map.get("Bytes"), Some(&Value::Blob("x".into())));
}
