//! What the JSON reader makes of messages, good and bad.

use whitesmith_codec::{Codec, Dynamic, Json, ReadError, ReadOptions, ReadProblem};
use whitesmith_schema::{Member, Number, Schema, ShapeType, Timestamp, TimestampFormat, Value};

static STRING: Schema = Schema::string("example#String");
static INTEGER: Schema = Schema::simple("example#Integer", ShapeType::Integer);
static DOUBLE: Schema = Schema::simple("example#Double", ShapeType::Double);
static BLOB: Schema = Schema::simple("example#Blob", ShapeType::Blob);
static TIME: Schema = Schema::simple("example#Time", ShapeType::Timestamp);
static DOCUMENT: Schema = Schema::simple("example#Document", ShapeType::Document);
static STRINGS: Schema = Schema::list("example#Strings", &[Member::new("member", &STRING)]);
static SPARSE: Schema = Schema::list("example#Sparse", &[Member::new("member", &STRING)]).with_sparse();
static TREE: Schema = Schema::structure(
    "example#Tree",
    &[
        Member::new("Name", &STRING),
        Member::new("Count", &INTEGER),
        Member::new("Weight", &DOUBLE),
        Member::new("Bytes", &BLOB),
        Member::new("Planted", &TIME),
        Member::new("Felled", &TIME).with_timestamp_format(TimestampFormat::DateTime),
        Member::new("Names", &STRINGS),
        Member::new("Gaps", &SPARSE),
        Member::new("Any", &DOCUMENT),
        Member::new("Branch", &TREE),
    ],
);

fn read(body: impl AsRef<[u8]>, options: ReadOptions) -> Result<Value, ReadError> {
    Json::read(body.as_ref(), options, Dynamic(&TREE))
}

fn member(body: &str, name: &str) -> Option<Value> {
    read(body, ReadOptions::CLIENT).unwrap().as_map().unwrap().get(name).cloned()
}

fn problem(body: impl AsRef<[u8]>) -> (ReadProblem, usize) {
    let error = read(body, ReadOptions::CLIENT).unwrap_err();
    (error.problem().clone(), error.offset())
}

#[test]
fn members_come_in_any_order_and_unknown_ones_are_passed_over() {
    let body = r#" { "Count" : 7 , "Else" : [ {"a":[1,"\u0022"]} , null, true ] , "Name" : "oak" } "#;
    assert_eq!(member(body, "Name"), Some("oak".into()));
    assert_eq!(member(body, "Count"), Some(7.into()));
    assert_eq!(member(r#"{"N\u0061me":"escaped key"}"#, "Name"), Some("escaped key".into()));
    assert_eq!(member(r#"{"Name":null}"#, "Name"), None);
    assert_eq!(member("", "Name"), None);
}

#[test]
fn numbers_keep_their_meaning() {
    assert_eq!(member(r#"{"Weight":1e2}"#, "Weight"), Some(Value::Number(Number::Float(100.0))));
    assert_eq!(member(r#"{"Weight":"-Infinity"}"#, "Weight"), Some(Value::Number(Number::Float(f64::NEG_INFINITY))));
    assert_eq!(problem(r#"{"Weight":"heavy"}"#).1, 10);
    assert_eq!(problem(r#"{"Weight":1e999}"#), (ReadProblem::OutOfRange("double"), 10));
    assert_eq!(problem(r#"{"Count":2147483648}"#), (ReadProblem::OutOfRange("integer"), 9));
    assert_eq!(problem(r#"{"Count":1.5}"#), (ReadProblem::OutOfRange("integer"), 9));
    assert_eq!(member(r#"{"Count":5.0}"#, "Count"), Some(5.into()));
    assert_eq!(
        member(r#"{"Any":123456789012345678901234567890}"#, "Any"),
        Some(Value::Number(Number::Big("123456789012345678901234567890".into())))
    );
}

#[test]
fn timestamps_are_exact_and_a_client_takes_every_format() {
    let at = |seconds, nanos| Some(Value::Timestamp(Timestamp::new(seconds, nanos)));
    assert_eq!(member(r#"{"Planted":1515531081.123456789}"#, "Planted"), at(1_515_531_081, 123_456_789));
    assert_eq!(member(r#"{"Planted":-0.5}"#, "Planted"), at(-1, 500_000_000));
    assert_eq!(member(r#"{"Planted":1.5e3}"#, "Planted"), at(1500, 0));
    assert_eq!(member(r#"{"Felled":"1970-01-01T00:00:01+00:01"}"#, "Felled"), at(-59, 0));
    for other in [r#"{"Planted":"1970-01-01T00:00:05Z"}"#, r#"{"Planted":"5"}"#, r#"{"Planted":5}"#] {
        assert_eq!(member(other, "Planted"), at(5, 0));
    }
    assert!(read(r#"{"Planted":"1970-01-01T00:00:05Z"}"#, ReadOptions::SERVER).is_err());
    assert!(read(r#"{"Felled":5}"#, ReadOptions::SERVER).is_err());
}

#[test]
fn nulls_in_lists_stay_only_where_the_list_is_sparse() {
    assert_eq!(member(r#"{"Names":["a",null,"b"]}"#, "Names"), Some(Value::List(vec!["a".into(), "b".into()])));
    assert_eq!(member(r#"{"Gaps":["a",null]}"#, "Gaps"), Some(Value::List(vec!["a".into(), Value::Null])));
    assert!(read(r#"{"Names":["a",null]}"#, ReadOptions::SERVER).is_err());
    assert!(read(r#"{"Gaps":["a",null]}"#, ReadOptions::SERVER).is_ok());
}

#[test]
fn malformed_messages_are_errors_with_their_place() {
    assert_eq!(problem(r#"{"Name":"oak"} x"#), (ReadProblem::TrailingData, 15));
    assert_eq!(problem(r#"{"Name":"oak"#), (ReadProblem::UnexpectedEnd, 12));
    assert_eq!(problem(b"{\"Name\":\"\xff\"}"), (ReadProblem::NotUtf8, 9));
    assert_eq!(problem(r#"{"Bytes":"!"}"#), (ReadProblem::NotBase64, 9));
    for bad in [
        "null",
        "[]",
        "{",
        "{,}",
        r#"{"Name"}"#,
        r#"{"Name":}"#,
        r#"{"Name":"a",}"#,
        r#"{"Name":"a" "Count":1}"#,
        r#"{"Name":7}"#,
        "{\"Name\":\"\n\"}",
        r#"{"Name":"\q"}"#,
        r#"{"Name":"\ud800"}"#,
        r#"{"Count":01}"#,
        r#"{"Else":tru}"#,
        r#"{"Names":{}}"#,
        r#"{"Names":["a",]}"#,
        r#"{"Branch":[]}"#,
        r#"{"Any":-}"#,
    ] {
        assert!(read(bad, ReadOptions::CLIENT).is_err(), "{bad}");
    }
}

#[test]
fn every_cut_of_a_message_is_an_error() {
    let body = r#"{"Name":"a\u00e9","Count":-1,"Names":["x"],"Any":{"k":[1.5,true,null]},"Branch":{"Name":"b"}}"#;
    assert!(read(body, ReadOptions::CLIENT).is_ok());
    for end in 1..body.len() {
        assert!(read(&body[..end], ReadOptions::CLIENT).is_err(), "{}", &body[..end]);
    }
}

#[test]
fn depth_is_bounded_wherever_it_lies() {
    let options = ReadOptions { max_depth: 128, ..ReadOptions::CLIENT };
    for body in [
        format!("{}\"x\":1{}", "{\"Branch\":".repeat(300) + "{", "}".repeat(301)),
        format!("{{\"Else\":{}1{}}}", "[".repeat(300), "]".repeat(300)),
        format!("{{\"Any\":{}1{}}}", "[".repeat(300), "]".repeat(300)),
    ] {
        let error = read(&body, options).unwrap_err();
        assert_eq!(error.problem(), &ReadProblem::TooDeep(128), "{error}");
    }
    let shallow = format!("{{\"Any\":{}1{}}}", "[".repeat(127), "]".repeat(127));
    assert!(read(&shallow, options).is_ok());
}
