//! One suite over every protocol: a client writes requests, the mock answers, the client reads the answers.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::json;
use whitesmith_mock::protocols::{
    Dynamic, ErrorSummary, Protocol, ReadOptions, ReceivedResponse, Request, WriteOptions,
};
use whitesmith_mock::{Definition, Server, ServerBuilder, protocol};
use whitesmith_schema::{
    Blob, Closure, Constraints, ErrorTrait, Fault, HttpBinding, HttpTrait, Member, Number, Operation, OperationTraits,
    Pagination, PathSegment, Schema, Service, ShapeType, Structure, Timestamp, Value, ValueMap, WireTraits,
};

static TEXT: Schema = Schema::string("example#Text");
static NAME: Schema = Schema::string("example#Name").with_constraints(&Constraints::new().with_pattern("^[a-z]{3,8}$"));
static COUNT: Schema = Schema::simple("example#Count", ShapeType::Integer)
    .with_constraints(&Constraints::new().with_range(Some("1"), Some("5")));
static WHEN: Schema = Schema::simple("example#When", ShapeType::Timestamp);
static DATA: Schema = Schema::simple("example#Data", ShapeType::Blob);
static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &NAME)]);
static TAGS: Schema = Schema::map("example#Tags", &[Member::new("key", &TEXT), Member::new("value", &TEXT)]);

static LABEL: WireTraits = WireTraits::new().with_http(HttpBinding::Label);
static LIMIT: WireTraits = WireTraits::new().with_http(HttpBinding::Query("limit"));
static SINCE: WireTraits = WireTraits::new().with_http(HttpBinding::Header("x-since"));

static INPUT: Schema = Schema::structure(
    "example#MakeInput",
    &[
        Member::new("Name", &NAME).with_required().with_wire(&LABEL),
        Member::new("Limit", &COUNT).with_wire(&LIMIT),
        Member::new("Since", &WHEN).with_wire(&SINCE),
        Member::new("Data", &DATA),
        Member::new("Tags", &TAGS),
    ],
);
static OUTPUT: Schema = Schema::structure(
    "example#MakeOutput",
    &[
        Member::new("Count", &COUNT),
        Member::new("When", &WHEN),
        Member::new("Names", &NAMES),
        Member::new("Data", &DATA),
        Member::new("Tags", &TAGS),
    ],
);
static GONE: Schema = Schema::structure("example#Gone", &[Member::new("message", &TEXT), Member::new("Count", &COUNT)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 410, retryable: None, query_code: None });
static QUIET: Schema = Schema::structure("example#Quiet", &[Member::new("Count", &COUNT)]).with_error(&ErrorTrait {
    fault: Fault::Client,
    status: 400,
    retryable: None,
    query_code: None,
});
static MAKE_TRAITS: OperationTraits = OperationTraits::new().with_http(HttpTrait {
    method: "PUT",
    path: &[PathSegment::Literal("things"), PathSegment::Label("Name")],
    query: &[],
    code: 200,
});
static MAKE: Operation =
    Operation::new("example#Make", "Make", &INPUT, &OUTPUT).with_errors(&[&GONE, &QUIET]).with_traits(&MAKE_TRAITS);

static TOKEN: WireTraits = WireTraits::new().with_http(HttpBinding::Query("token"));
static LIST_INPUT: Schema = Schema::structure("example#ListInput", &[Member::new("Token", &TEXT).with_wire(&TOKEN)]);
static LIST_OUTPUT: Schema =
    Schema::structure("example#ListOutput", &[Member::new("Names", &NAMES), Member::new("Next", &TEXT)]);
static LIST_TRAITS: OperationTraits = OperationTraits::new()
    .with_http(HttpTrait { method: "GET", path: &[PathSegment::Literal("things")], query: &[], code: 200 })
    .with_pagination(Pagination { input_token: "Token", output_token: "Next", items: Some("Names"), page_size: None });
static LIST: Operation = Operation::new("example#List", "List", &LIST_INPUT, &LIST_OUTPUT).with_traits(&LIST_TRAITS);

static OPERATIONS: &[&Operation] = &[&MAKE, &LIST];

fn closure<P: Protocol>() -> &'static Closure {
    let service = Box::leak(Box::new(Service::new("example#Example", "Example", "2024-01-01", P::ID)));
    Box::leak(Box::new(Closure::new(service, OPERATIONS)))
}

/// A mock and a client of one protocol.
struct Pair<P> {
    service: &'static Service,
    server: Server,
    protocol: std::marker::PhantomData<P>,
}

type Answer = Result<ValueMap, (StatusCode, ErrorSummary)>;

impl<P: Protocol> Pair<P> {
    fn start() -> Self {
        let closure = closure::<P>();
        let definition = Definition {
            closure,
            protocol: protocol::<P>(),
            behaviour: "",
            examples: &[],
            name: "example-mock",
            version: "1.0.0",
        };
        let server = ServerBuilder::new(definition).start().unwrap();
        Self { service: closure.service, server, protocol: std::marker::PhantomData }
    }

    fn send(&self, request: &Request) -> (StatusCode, HeaderMap, Vec<u8>) {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let body = request.body.as_bytes();
        let mut text =
            format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", request.method, request.path);
        for (name, value) in &request.headers {
            text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        stream.write_all(&[text.as_bytes(), body].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let mut headers = HeaderMap::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, headers, answer[end + 4..].to_vec())
    }

    fn call(&self, operation: &'static Operation, members: &ValueMap) -> Answer {
        let input = Structure { schema: operation.input, members };
        let request = P::write_request(self.service, operation, &input, &WriteOptions::default()).unwrap();
        let (status, headers, body) = self.send(&request);
        assert!(headers.contains_key("x-amzn-requestid"), "{headers:?}");
        let response = ReceivedResponse::new(status, &headers, &body);
        if !P::is_output(self.service, response) {
            return Err((status, P::read_error_summary(self.service, operation, response, ReadOptions::CLIENT)));
        }
        match P::read_output(operation, response, ReadOptions::CLIENT, Dynamic(operation.output)).unwrap() {
            Value::Map(members) => Ok(members),
            other => panic!("{other:?}"),
        }
    }
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> ValueMap {
    entries.into_iter().collect()
}

fn input(name: &str) -> ValueMap {
    map([
        ("Name", Value::from(name)),
        ("Limit", Value::from(3)),
        ("Since", Value::Timestamp(Timestamp::new(1_700_000_000, 0))),
        ("Data", Value::Blob(Blob::from("bytes"))),
        ("Tags", Value::Map(map([("a", Value::from("b"))]))),
    ])
}

fn answers_with_samples<P: Protocol>() {
    let pair = Pair::<P>::start();
    let output = pair.call(&MAKE, &input("abc")).unwrap();
    assert!(matches!(output.get("Count"), Some(Value::Number(Number::Integer(1..=5)))), "{output:?}");
    assert!(matches!(output.get("When"), Some(Value::Timestamp(_))), "{output:?}");
    assert!(matches!(output.get("Data"), Some(Value::Blob(_))), "{output:?}");
    assert!(matches!(output.get("Names"), Some(Value::List(names)) if !names.is_empty()), "{output:?}");
}

fn refuses_invalid_input<P: Protocol>() {
    let pair = Pair::<P>::start();
    let mut invalid = input("abc");
    invalid.insert("Name", Value::from("NOT-VALID"));
    invalid.insert("Limit", Value::from(9));
    let (status, summary) = pair.call(&MAKE, &invalid).unwrap_err();
    assert_eq!((status.as_u16(), summary.code.as_deref()), (400, Some("ValidationException")), "{summary:?}");
    assert!(summary.message.as_deref().is_some_and(|text| text.starts_with("2 validation errors")), "{summary:?}");
}

fn expectations_compare_and_answer_with_members<P: Protocol>() {
    let pair = Pair::<P>::start();
    let script = json!({"expectations": [
        {"operation": "Make", "when": {"Name": "gone", "Limit": 3, "Data": "Ynl0ZXM=", "Tags": {"a": "b"}},
         "respond": {"error": {"name": "Gone", "message": "it went", "members": {"Count": 2}}}},
        {"operation": "Make", "when": {"Name": "given", "Since": "2023-11-14T22:13:20Z"},
         "respond": {"output": {"Count": 5, "When": "2024-01-01T00:00:00Z", "Data": "Ynl0ZXM="}}},
        {"operation": "Make", "when": {"Name": "other"},
         "respond": {"error": {"name": "Unheard", "message": "of", "status": 503}}},
        {"operation": "Make", "when": {"Name": "later"},
         "respond": {"error": {"name": "Gone", "message": "for now", "status": 503}}},
    ]});
    pair.server.script(&script.to_string()).unwrap();
    let (status, summary) = pair.call(&MAKE, &input("gone")).unwrap_err();
    assert_eq!(
        (status.as_u16(), summary.code.as_deref(), summary.message.as_deref()),
        (410, Some("Gone"), Some("it went"))
    );
    let output = pair.call(&MAKE, &input("given")).unwrap();
    let expected = [
        ("Count", Value::from(5)),
        ("When", Value::Timestamp(Timestamp::new(1_704_067_200, 0))),
        ("Data", Value::Blob(Blob::from("bytes"))),
    ];
    for (name, value) in expected {
        assert_eq!(output.get(name), Some(&value), "{name}");
    }
    let (status, summary) = pair.call(&MAKE, &input("other")).unwrap_err();
    assert_eq!((status.as_u16(), summary.code.as_deref()), (503, Some("Unheard")), "{summary:?}");
    let (status, summary) = pair.call(&MAKE, &input("later")).unwrap_err();
    assert_eq!((status.as_u16(), summary.message.as_deref()), (503, Some("for now")), "{summary:?}");
    pair.server.verify().unwrap();
    let beside = json!({"expectations": [
        {"operation": "Make", "when": {"Name": "quiet"}, "respond": {"error": {"name": "Quiet", "message": "psst"}}}]});
    pair.server.script(&beside.to_string()).unwrap();
    let (status, summary) = pair.call(&MAKE, &input("quiet")).unwrap_err();
    assert_eq!(
        (status.as_u16(), summary.code.as_deref(), summary.message.as_deref()),
        (400, Some("Quiet"), Some("psst"))
    );
    let nowhere = json!({"expectations": [
        {"operation": "Make", "respond": {"error": {"name": "Quiet", "message": "psst", "members": {"Count": 2}}}}]});
    let refused = pair.server.script(&nowhere.to_string()).unwrap_err().to_string();
    assert!(refused.contains("the error Quiet has no message beside its members"), "{refused}");
    let fault = json!({"faults": [
        {"operation": "Make", "fault": {"error": {"name": "Gone", "message": "broken", "status": 500}}}]});
    pair.server.script(&fault.to_string()).unwrap();
    let (status, summary) = pair.call(&MAKE, &input("abc")).unwrap_err();
    assert_eq!((status.as_u16(), summary.code.as_deref()), (500, Some("Gone")), "{summary:?}");
}

fn journal_shows_decoded_members<P: Protocol>() {
    let pair = Pair::<P>::start();
    pair.call(&MAKE, &input("abc")).unwrap();
    let request = Request {
        method: http::Method::GET,
        path: "/_mock/requests".into(),
        headers: HeaderMap::new(),
        body: whitesmith_mock::protocols::Body::default(),
    };
    let (_, _, body) = pair.send(&request);
    let journal: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let entry = &journal["requests"][0];
    let expected =
        json!({"Name": "abc", "Limit": 3, "Since": "2023-11-14T22:13:20Z", "Data": "Ynl0ZXM=", "Tags": {"a": "b"}});
    assert_eq!((&entry["operation"], &entry["input"]), (&json!("Make"), &expected), "{entry}");
    assert!(entry["method"].is_string() && entry["path"].as_str().is_some_and(|path| path.starts_with('/')), "{entry}");
}

fn lists_have_pages<P: Protocol>() {
    let pair = Pair::<P>::start();
    let mut token = None;
    for page in 1..=3 {
        let members = token.map_or_else(ValueMap::new, |token| map([("Token", token)]));
        let output = pair.call(&LIST, &members).unwrap();
        assert!(matches!(output.get("Names"), Some(Value::List(names)) if names.len() == 2), "{output:?}");
        token = output.get("Next").cloned();
        assert_eq!(token.is_some(), page < 3, "{output:?}");
    }
}

fn refuses_unknown_operations<P: Protocol>() {
    let pair = Pair::<P>::start();
    let request = Request {
        method: http::Method::POST,
        path: "/nothing/here".into(),
        headers: HeaderMap::new(),
        body: whitesmith_mock::protocols::Body::default(),
    };
    let (status, ..) = pair.send(&request);
    assert!(status.is_client_error(), "{status}");
}

macro_rules! suite {
    ($($module:ident: $protocol:ident),* $(,)?) => {
        $(mod $module {
            use whitesmith_mock::protocols::$protocol;

            suite!(@cases $protocol: answers_with_samples, refuses_invalid_input,
                expectations_compare_and_answer_with_members, journal_shows_decoded_members, lists_have_pages,
                refuses_unknown_operations);
        })*
    };
    (@cases $protocol:ident: $($case:ident),*) => {
        $(#[test]
        fn $case() {
            super::$case::<$protocol>();
        })*
    };
}

suite! {
    aws_json_1_0: AwsJson1_0,
    aws_json_1_1: AwsJson1_1,
    rpc_v2_cbor: RpcV2Cbor,
    rpc_v2_json: RpcV2Json,
    rest_json_1: RestJson1,
    rest_xml: RestXml,
    aws_query: AwsQuery,
    ec2_query: Ec2Query,
}
