//! Any value over every protocol: what one half writes, the other reads.

use http::{HeaderMap, Method};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use whitesmith_codec::{ReadOptions, WriteOptions};
use whitesmith_protocol::{
    AwsJson1_0, AwsJson1_1, AwsQuery, DynamicProtocol, Ec2Query, ReceivedRequest, ReceivedResponse, RestJson1, RestXml,
    RpcV2Cbor, RpcV2Json, dynamic,
};
use whitesmith_schema::{
    Blob, Closure, ErrorTrait, Fault, HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment,
    ProtocolId, Schema, Service, ShapeType, Timestamp, TimestampFormat, Value, ValueMap, WireTraits, prelude,
};

const fn bound(binding: HttpBinding) -> WireTraits {
    WireTraits::new().with_http(binding)
}

static TIME: Schema = Schema::simple("e#Time", ShapeType::Timestamp);
static TEXTS: Schema = Schema::list("e#Texts", &[Member::new("member", &prelude::STRING)]);
static TIMES: Schema = Schema::list("e#Times", &[Member::new("member", &TIME)]);
static MAP: Schema =
    Schema::map("e#Map", &[Member::new("key", &prelude::STRING), Member::new("value", &prelude::STRING)]);
static CHOICE: Schema =
    Schema::union("e#Choice", &[Member::new("text", &prelude::STRING), Member::new("number", &prelude::INTEGER)]);
static NODE: Schema = Schema::structure(
    "e#Node",
    &[
        Member::new("name", &prelude::STRING).with_wire(&WireTraits::new().with_json_name("n").with_xml_name("Name")),
        Member::new("nodes", &NODES),
        Member::new("flat", &TEXTS)
            .with_wire(&WireTraits::new().with_xml_flattened().with_ec2_query_name("FlatText").with_xml_name("Flat")),
        Member::new("map", &MAP),
        Member::new("bytes", &prelude::BLOB),
        Member::new("time", &TIME),
        Member::new("date", &TIME).with_timestamp_format(TimestampFormat::HttpDate),
        Member::new("long", &prelude::LONG),
        Member::new("double", &prelude::DOUBLE),
        Member::new("choice", &CHOICE),
    ],
);
static NODES: Schema = Schema::list("e#Nodes", &[Member::new("member", &NODE)]);

macro_rules! members {
    ($($own:expr),* $(,)?) => {
        &[
            Member::new("flag", &prelude::BOOLEAN).with_wire(&bound(HttpBinding::Header("x-flag"))),
            Member::new("double", &prelude::DOUBLE).with_wire(&bound(HttpBinding::Header("x-double"))),
            Member::new("texts", &TEXTS).with_wire(&bound(HttpBinding::Header("x-texts"))),
            Member::new("times", &TIMES).with_wire(&bound(HttpBinding::Header("x-times"))),
            Member::new("encoded", &prelude::STRING)
                .with_wire(&bound(HttpBinding::Header("x-encoded")).with_media_type("text/plain")),
            Member::new("prefixed", &MAP).with_wire(&bound(HttpBinding::PrefixHeaders("x-p-"))),
            Member::new("node", &NODE),
            $($own),*
        ]
    };
}
static INPUT: Schema = Schema::structure(
    "e#Input",
    members![
        Member::new("key", &prelude::STRING).with_required().with_wire(&bound(HttpBinding::Label)),
        Member::new("rest", &prelude::STRING).with_required().with_wire(&bound(HttpBinding::Label)),
        Member::new("since", &TIME).with_wire(&bound(HttpBinding::Query("since"))),
        Member::new("limits", &TEXTS).with_wire(&bound(HttpBinding::Query("limit"))),
        Member::new("others", &MAP).with_wire(&bound(HttpBinding::QueryParams)),
    ],
);
static OUTPUT: Schema = Schema::structure(
    "e#Output",
    members![Member::new("status", &prelude::INTEGER).with_wire(&bound(HttpBinding::ResponseCode))],
);
static GONE: Schema = Schema::structure(
    "e#Gone",
    &[
        Member::new("message", &prelude::STRING),
        Member::new("texts", &TEXTS).with_wire(&bound(HttpBinding::Header("x-texts"))),
        Member::new("node", &NODE),
    ],
)
.with_error(&ErrorTrait { fault: Fault::Client, status: 410, retryable: None, query_code: None });
static PUT: Operation = Operation::new("e#Put", "Put", &INPUT, &OUTPUT).with_errors(&[&GONE]).with_traits(
    &OperationTraits::new().with_http(HttpTrait {
        method: "POST",
        path: &[PathSegment::Literal("things"), PathSegment::Label("key"), PathSegment::Greedy("rest")],
        query: &[("put", "")],
        code: 200,
    }),
);
/// An operation whose payload is a structure.
static PAYLOAD: Schema = Schema::structure(
    "e#Payload",
    &[
        Member::new("flag", &prelude::BOOLEAN).with_wire(&bound(HttpBinding::Header("x-flag"))),
        Member::new("node", &NODE).with_wire(&bound(HttpBinding::Payload)),
    ],
);
static SEND: Operation =
    Operation::new("e#Send", "Send", &PAYLOAD, &PAYLOAD).with_traits(&OperationTraits::new().with_http(HttpTrait {
        method: "PUT",
        path: &[PathSegment::Literal("things")],
        query: &[],
        code: 200,
    }));
static SERVICE: Service = Service::new("e#Service", "Service", "2026-01-01", ProtocolId::RestJson1);
static CLOSURE: Closure = Closure::new(&SERVICE, &[&PUT, &SEND]);

static PROTOCOLS: [&dyn DynamicProtocol; 8] = [
    dynamic::<RestJson1>(),
    dynamic::<RestXml>(),
    dynamic::<AwsJson1_0>(),
    dynamic::<AwsJson1_1>(),
    dynamic::<AwsQuery>(),
    dynamic::<Ec2Query>(),
    dynamic::<RpcV2Cbor>(),
    dynamic::<RpcV2Json>(),
];

/// Sends an input, an output and an error from one half to the other.
fn check(operation: &'static Operation, input: &ValueMap, output: &ValueMap, error: Option<&ValueMap>) {
    for protocol in PROTOCOLS {
        let request = protocol.write_request(&SERVICE, operation, input, &WriteOptions::default()).unwrap();
        let received = ReceivedRequest::new(&request.method, &request.path, &request.headers, request.body.as_bytes());
        let routed = protocol.route(&CLOSURE, received).unwrap_or_else(|error| panic!("{protocol:?}: {error}"));
        assert_eq!(routed.id, operation.id, "{protocol:?}");
        let read = protocol.read_input(operation, received, ReadOptions::SERVER);
        let read = read.unwrap_or_else(|error| panic!("{protocol:?}: {error}: {request:?}"));
        assert_same(without_bound_parameters(read), input, || format!("{protocol:?}: {request:?}"));

        let response = protocol.write_output(&SERVICE, operation, output).unwrap();
        let received = ReceivedResponse::new(response.status(), response.headers(), response.body().as_bytes());
        assert!(protocol.is_output(&SERVICE, received), "{protocol:?}: {response:?}");
        let read = protocol.read_output(operation, received, ReadOptions::CLIENT);
        let read = read.unwrap_or_else(|error| panic!("{protocol:?}: {error}: {response:?}"));
        assert_same(read, output, || format!("{protocol:?}: {response:?}"));

        let Some(error) = error else { continue };
        let response = protocol.write_error(&SERVICE, &GONE, error).unwrap();
        let received = ReceivedResponse::new(response.status(), response.headers(), response.body().as_bytes());
        assert!(!protocol.is_output(&SERVICE, received), "{protocol:?}: {response:?}");
        let summary = protocol.read_error_summary(&SERVICE, operation, received, ReadOptions::CLIENT);
        assert_eq!((summary.code.as_deref(), summary.index), (Some("Gone"), Some(0)), "{protocol:?}: {response:?}");
        let read = protocol.read_error(&SERVICE, &GONE, received, ReadOptions::CLIENT);
        let read = read.unwrap_or_else(|error| panic!("{protocol:?}: {error}: {response:?}"));
        assert_same(read, error, || format!("{protocol:?}: {response:?}"));
    }
}

/// Compares members in any order.
fn assert_same(found: Value, expected: &ValueMap, message: impl Fn() -> String) {
    assert_eq!(sorted(found), sorted(Value::Map(expected.clone())), "{}", message());
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Map(members) => {
            let mut members: Vec<_> = members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Map(members.into_iter().collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

/// `httpQueryParams` has every parameter of the query; those of other members are taken out of it again.
fn without_bound_parameters(value: Value) -> Value {
    let Value::Map(mut members) = value else { return value };
    if let Some(Value::Map(others)) = members.remove("others") {
        let own: ValueMap = others.into_iter().filter(|(name, _)| name.starts_with("p-")).collect();
        if own.iter().next().is_some() {
            members.insert("others", Value::Map(own));
        }
    }
    Value::Map(members)
}

/// Text that every format can hold.
fn text() -> impl Strategy<Value = String> {
    vec(any::<char>().prop_filter("XML holds it", |c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')), 0..8)
        .prop_map(|characters| characters.into_iter().collect())
}

/// Text that a header can hold.
fn header_text() -> impl Strategy<Value = String> {
    "[!-~]([ -~]{0,8}[!-~])?"
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0..=4_102_444_799_i64, 0..1000_u32).prop_map(|(seconds, millis)| Timestamp::new(seconds, millis * 1_000_000))
}

/// An instant without fractions, which dates of HTTP do not have.
fn second() -> impl Strategy<Value = Timestamp> {
    (0..=4_102_444_799_i64).prop_map(|seconds| Timestamp::new(seconds, 0))
}

fn texts(text: impl Strategy<Value = String>) -> impl Strategy<Value = Value> {
    vec(text.prop_map(Value::from), 1..4).prop_map(Value::List)
}

fn map(key: impl Strategy<Value = String>, value: impl Strategy<Value = String>) -> impl Strategy<Value = Value> {
    btree_map(key, value.prop_map(Value::from), 1..4).prop_map(|entries| Value::Map(entries.into_iter().collect()))
}

/// Some of these members.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = ValueMap> {
    let optional: Vec<_> = members
        .into_iter()
        .map(|(name, value)| {
            proptest::option::of(value).prop_map(move |value| value.map(|value| (name, value))).boxed()
        })
        .collect();
    optional.prop_map(|members| members.into_iter().flatten().collect())
}

fn node() -> BoxedStrategy<Value> {
    let leaf = || {
        some(vec![
            ("name", text().prop_map(Value::from).boxed()),
            ("flat", texts(text()).boxed()),
            ("map", map(text(), text()).boxed()),
            ("bytes", vec(any::<u8>(), 0..9).prop_map(|bytes| Value::Blob(Blob(bytes))).boxed()),
            ("time", second().prop_map(Value::Timestamp).boxed()),
            ("date", second().prop_map(Value::Timestamp).boxed()),
            ("long", any::<i64>().prop_map(Value::from).boxed()),
            ("double", proptest::num::f64::NORMAL.prop_map(Value::from).boxed()),
            (
                "choice",
                prop_oneof![
                    text().prop_map(|text| [("text", Value::from(text))]),
                    any::<i32>().prop_map(|number| [("number", Value::from(i64::from(number)))]),
                ]
                .prop_map(|choice| Value::Map(choice.into_iter().collect()))
                .boxed(),
            ),
        ])
    };
    (leaf(), proptest::option::of(vec(leaf(), 1..3)))
        .prop_map(|(mut node, nodes)| {
            // A union's variant of XML cannot be empty, and an empty structure says nothing in a form.
            node.insert("long", Value::from(7));
            if let Some(nodes) = nodes {
                let full = |mut node: ValueMap| {
                    node.insert("long", Value::from(8));
                    Value::Map(node)
                };
                node.insert("nodes", Value::List(nodes.into_iter().map(full).collect()));
            }
            Value::Map(node)
        })
        .boxed()
}

fn common() -> Vec<(&'static str, BoxedStrategy<Value>)> {
    vec![
        ("flag", any::<bool>().prop_map(Value::Boolean).boxed()),
        ("double", proptest::num::f64::NORMAL.prop_map(Value::from).boxed()),
        ("texts", texts(header_text()).boxed()),
        ("times", vec(second().prop_map(Value::Timestamp), 1..3).prop_map(Value::List).boxed()),
        ("encoded", text().prop_map(Value::from).boxed()),
        ("prefixed", map("[a-z0-9]{1,5}".boxed(), header_text()).boxed()),
        ("node", node()),
    ]
}

prop_compose! {
    fn input()(
        members in some([common(), vec![
            ("since", instant().prop_map(Value::Timestamp).boxed()),
            ("limits", texts(text()).boxed()),
            ("others", map("p-[ -~]{0,5}".boxed(), text()).boxed()),
        ]].concat()),
        key in text(),
        rest in vec(text(), 1..3),
    ) -> ValueMap {
        let mut members = members;
        members.insert("key", Value::from(format!("k{key}")));
        members.insert("rest", Value::from(rest.iter().map(|part| format!("r{part}")).collect::<Vec<_>>().join("/")));
        members
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn members_survive_wherever_they_are_bound(
        input in input(),
        output in some([common(), vec![("status", (200..=299_i64).prop_map(Value::from).boxed())]].concat()),
        error in some(vec![
            ("message", text().prop_map(Value::from).boxed()),
            ("texts", texts(header_text()).boxed()),
            ("node", node()),
        ]),
    ) {
        // Where the status is no member of the body, it is that of the response.
        let mut output = output;
        if output.get("status").is_none() {
            output.insert("status", Value::from(200));
        }
        check(&PUT, &input, &output, Some(&error));
    }

    #[test]
    fn payloads_survive(node in node(), flag in any::<bool>()) {
        let members: ValueMap = [("flag", Value::Boolean(flag)), ("node", node)].into_iter().collect();
        check(&SEND, &members, &members, None);
    }

    #[test]
    fn any_message_is_survived(
        path in "/[ -~]{0,40}",
        name in prop::sample::select(vec!["x-texts", "x-times", "x-flag", "x-double", "x-encoded", "x-p-a", "content-type"]),
        value in vec(any::<u8>(), 0..40),
        body in vec(any::<u8>(), 0..200),
    ) {
        let mut headers = HeaderMap::new();
        if let Ok(value) = http::HeaderValue::from_bytes(&value) {
            headers.insert(name, value);
        }
        for protocol in PROTOCOLS {
            let request = ReceivedRequest::new(&Method::POST, &path, &headers, &body);
            let _ = protocol.route(&CLOSURE, request);
            for operation in [&PUT, &SEND] {
                let _ = protocol.read_input(operation, request, ReadOptions::SERVER);
                for status in [http::StatusCode::OK, http::StatusCode::BAD_REQUEST] {
                    let response = ReceivedResponse::new(status, &headers, &body);
                    let _ = protocol.read_output(operation, response, ReadOptions::CLIENT);
                    let _ = protocol.read_error_summary(&SERVICE, operation, response, ReadOptions::CLIENT);
                    let _ = protocol.read_error(&SERVICE, &GONE, response, ReadOptions::CLIENT);
                }
            }
        }
    }
}
