use std::convert::Infallible;

use whitesmith_schema::{Member, Schema, ShapeType, Value};

use super::*;
use crate::json;

fn read(text: &str) -> String {
    let load =
        |value: &str| Ok::<_, Infallible>(value.strip_prefix("file://").map(|name| Value::from(format!("<{name}>"))));
    match parse(text, load) {
        Ok(value) => json::to_compact_ascii(&value),
        Err(error) => error.to_string(),
    }
}

#[test]
fn values() {
    for (text, expected) in [
        ("a=b", r#"{"a":"b"}"#),
        ("a=b,c=d", r#"{"a":"b","c":"d"}"#),
        ("a=b,c", r#"{"a":["b","c"]}"#),
        ("a=b,c,d=e,f", r#"{"a":["b","c"],"d":["e","f"]}"#),
        ("a=", r#"{"a":""}"#),
        ("a=,b=c", r#"{"a":"","b":"c"}"#),
        ("a=b=c", r#"{"a":"b=c"}"#),
        ("a=\"x,y\",b='it\\'s'", r#"{"a":"x,y","b":"it's"}"#),
        ("a=\"x\\\"y\\\\z\\n\"", r#"{"a":"x\"y\\z\\n"}"#),
        ("a=x\\,y", r#"{"a":"x,y"}"#),
        ("a= b , c = d ", r#"{"a":"b","c":"d"}"#),
        ("a=[x,'y z',{k=v,l=[1,2]}]", r#"{"a":["x","y z",{"k":"v","l":["1","2"]}]}"#),
        ("a={b={c=d},e=''},f=g", r#"{"a":{"b":{"c":"d"},"e":""},"f":"g"}"#),
        ("a=[],b={}", r#"{"a":[],"b":{}}"#),
        ("a@=file://x,b=file://y", r#"{"a":"<x>","b":"file://y"}"#),
        ("a@=[file://x,y]", r#"{"a":["<x>","y"]}"#),
        ("=x", r#"{"":"x"}"#),
        ("a=x,,b=y", r#"{"a":"x","b":"y"}"#),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn errors_point_at_the_place() {
    for (text, expected) in [
        ("", "expected =, found the end:\n\n^"),
        ("a", "expected =, found the end:\na\n ^"),
        ("a=b,", "expected a value:\na=b,\n    ^"),
        (",a=b", "expected =, found ,:\n,a=b\n^"),
        ("a=x\"y\"", "expected ,, found \":\na=x\"y\"\n   ^"),
        ("a=\"xy", "missing closing \":\na=\"xy\n  ^"),
        ("a=[b,c", "expected ,, found the end:\na=[b,c\n      ^"),
        ("a=b,\nc==d", "expected ,, found =:\na=b,\nc==d\n  ^"),
        ("a=b,a=c", "duplicate key \"a\" (should a comma be a space?):\na=b,a=c\n    ^"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert!(read(&format!("a={}", "[".repeat(100_000))).starts_with("nested too deeply:"));
}

static STRING: Schema = Schema::string("forge#Text");
static INTEGER: Schema = Schema::simple("forge#Count", ShapeType::Integer);
static BOOLEAN: Schema = Schema::simple("forge#Flag", ShapeType::Boolean);
static COUNTS: Schema = Schema::list("forge#Counts", &[Member::new("member", &INTEGER)]);
static ITEM: Schema = Schema::structure(
    "forge#Item",
    &[
        Member::new("Name", &STRING),
        Member::new("Count", &INTEGER),
        Member::new("Hot", &BOOLEAN),
        Member::new("Counts", &COUNTS),
    ],
);

#[test]
fn strings_are_converted_to_the_types_of_the_shape() {
    let coerced = |text: &str| {
        let value = parse(text, |_| Ok::<_, Infallible>(None)).unwrap();
        coerce(value, &ITEM).map(|value| json::to_compact_ascii(&value)).map_err(|error| error.to_string())
    };
    assert_eq!(coerced("Name=5,Count=5,Hot=True,X=5"), Ok(r#"{"Name":"5","Count":5,"Hot":true,"X":"5"}"#.to_owned()));
    assert_eq!(coerced("Counts=1,2"), Ok(r#"{"Counts":[1,2]}"#.to_owned()));
    assert_eq!(coerced("Counts=1"), Ok(r#"{"Counts":["1"]}"#.to_owned()));
    assert_eq!(coerced("Count=x"), Err("expected an integer, found 'x'".to_owned()));
}
