//! Messages from anywhere, over every protocol: a value, or an error that says what is wrong, within bounded time.

use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use whitesmith_codec::ReadOptions;
use whitesmith_protocol::{
    AwsJson1_0, AwsJson1_1, AwsQuery, DynamicProtocol, Ec2Query, ReceivedRequest, ReceivedResponse, RestJson1, RestXml,
    RpcV2Cbor, RpcV2Json, dynamic,
};
use whitesmith_schema::{
    Closure, ErrorTrait, Fault, HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment, ProtocolId,
    Schema, Service, ServiceTraits, Value, WireTraits, prelude,
};

const fn bound(binding: HttpBinding) -> WireTraits {
    WireTraits::new().with_http(binding)
}

static NAMES: Schema = Schema::list("e#Names", &[Member::new("member", &prelude::STRING)]);
static MAP: Schema =
    Schema::map("e#Map", &[Member::new("key", &prelude::STRING), Member::new("value", &prelude::STRING)]);
static NODE: Schema = Schema::structure("e#Node", &[Member::new("node", &NODE), Member::new("text", &prelude::STRING)]);
static DATA: Schema = Schema::structure(
    "e#Data",
    &[
        Member::new("label", &prelude::STRING).with_wire(&bound(HttpBinding::Label)),
        Member::new("count", &prelude::INTEGER).with_wire(&bound(HttpBinding::Header("x-count"))),
        Member::new("names", &NAMES).with_wire(&bound(HttpBinding::Header("x-names"))),
        Member::new("prefixed", &MAP).with_wire(&bound(HttpBinding::PrefixHeaders("x-p-"))),
        Member::new("query", &MAP).with_wire(&bound(HttpBinding::QueryParams)),
        Member::new("node", &NODE),
        Member::new("text", &prelude::STRING),
    ],
);
static GONE: Schema = Schema::structure("e#Gone", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 410, retryable: None, query_code: None });
static PUT: Operation = Operation::new("e#Put", "Put", &DATA, &DATA).with_errors(&[&GONE]).with_traits(
    &OperationTraits::new().with_http(HttpTrait {
        method: "POST",
        path: &[PathSegment::Literal("things"), PathSegment::Label("label")],
        query: &[],
        code: 200,
    }),
);
static SERVICE: Service = Service::new("e#Service", "Service", "2026-01-01", ProtocolId::RestJson1)
    .with_traits(&ServiceTraits::new().with_errors_in_success());
static CLOSURE: Closure = Closure::new(&SERVICE, &[&PUT]);

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

/// Longer than any message here takes in a debug build, and far shorter than anything quadratic.
const LONGEST: Duration = Duration::from_secs(5);

/// Reads a message as a request's input, a response's output, and a response's error.
fn survives(path: &str, headers: &HeaderMap, body: &[u8]) {
    for protocol in PROTOCOLS {
        let started = Instant::now();
        let request = ReceivedRequest::new(&Method::POST, path, headers, body);
        let _ = protocol.route(&CLOSURE, request);
        let _ = protocol.read_input(&PUT, request, ReadOptions::SERVER);
        for status in [200, 302, 400, 500] {
            let status = StatusCode::from_u16(status).unwrap_or_default();
            let response = ReceivedResponse::new(status, headers, body);
            let _ = protocol.is_output(&SERVICE, response);
            let _ = protocol.read_output(&PUT, response, ReadOptions::CLIENT);
            let summary = protocol.read_error_summary(&SERVICE, &PUT, response, ReadOptions::CLIENT);
            assert!(summary.message.is_none_or(|message| message.len() <= body.len() * 4 + 1), "{protocol:?}");
            let _ = protocol.read_error(&SERVICE, &GONE, response, ReadOptions::CLIENT);
        }
        let start = String::from_utf8_lossy(body.get(..40).unwrap_or(body)).into_owned();
        assert!(started.elapsed() < LONGEST, "{protocol:?}: {:?} for {start}", started.elapsed());
    }
}

fn header(name: &'static str, value: &[u8]) -> HeaderMap {
    let value = HeaderValue::from_bytes(value).unwrap_or(HeaderValue::from_static(""));
    [(HeaderName::from_static(name), value)].into_iter().collect()
}

fn input(protocol: &dyn DynamicProtocol, path: &str, headers: &HeaderMap) -> Result<Value, String> {
    let request = ReceivedRequest::new(&Method::POST, path, headers, b"");
    protocol.read_input(&PUT, request, ReadOptions::SERVER).map_err(|error| error.to_string())
}

#[test]
fn bodies_of_any_kind() {
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY a \"{}\">{}]><Data><text>&z;&a;</text></Data>",
        "a".repeat(1000),
        (b'b'..=b'z').map(|c| format!("<!ENTITY {0} \"&{1};&{1};\">", c as char, (c - 1) as char)).collect::<String>()
    );
    let deep_xml = format!("<Data>{}", "<node>".repeat(20_000));
    let deep_json = format!("{{\"node\":{}", "{\"node\":".repeat(20_000));
    let attributes = format!("<Data {}/>", (0..2000).map(|at| format!("a{at}='b' ")).collect::<String>());
    let deep_form = format!("Action=Put&node{}=x", ".node".repeat(20_000));
    let wide_form: String = (0..50_000).map(|at| format!("n{at}=x&")).collect();
    let bodies: [&[u8]; 16] = [
        b"",
        b"\0",
        b"\xff\xfe",
        b"<html><body><h1>502 Bad Gateway</h1></body></html>",
        b"<Error/>",
        b"<ErrorResponse><Error><Code>\xff</Code></Error></ErrorResponse>",
        b"{\"__type\":\"e#Gone\",\"message\":\"\xff\"}",
        b"{\"__type\":\"e#Gone\",\"__type\":\"e#Other\",\"message\":{}}",
        b"Action=Put&text=%ff&text=%&text=%zz&text=%00",
        bomb.as_bytes(),
        deep_xml.as_bytes(),
        deep_json.as_bytes(),
        attributes.as_bytes(),
        deep_form.as_bytes(),
        wide_form.as_bytes(),
        &[0xbf; 100_000],
    ];
    for body in bodies {
        survives("/things/a", &HeaderMap::new(), body);
    }
}

#[test]
fn percent_encoding_of_every_kind() {
    for text in ["%", "%2", "%zz", "%00", "%ff", "%c3%28", "%2F%2e%2E", "%25%32%35", "%E4", "a%20b+c", "%%%"] {
        survives(&format!("/things/{text}"), &HeaderMap::new(), b"");
        survives(&format!("/things/a?{text}={text}&{text}"), &HeaderMap::new(), b"");
    }
    for protocol in [dynamic::<RestJson1>(), dynamic::<RestXml>()] {
        let label = |path: &str| match input(protocol, path, &HeaderMap::new()) {
            Ok(value) => value.as_map().and_then(|members| members.get("label")).cloned(),
            Err(_) => None,
        };
        assert_eq!(label("/things/%2Fa%20b+%25"), Some(Value::from("/a b+%")));
        assert_eq!(label("/things/%ff"), None);
        assert!(input(protocol, "/things/a?x=%ff", &HeaderMap::new()).is_err());
    }
}

#[test]
fn header_lists_without_end() {
    survives("/things/a", &header("x-names", "a,".repeat(100_000).as_bytes()), b"");
    survives("/things/a", &header("x-names", "\"".repeat(100_001).as_bytes()), b"");
    survives("/things/a", &header("x-names", &b"\\\"".repeat(100_000)), b"");
    let mut many = HeaderMap::new();
    for at in 0..10_000 {
        if let Ok(name) = HeaderName::try_from(format!("x-p-{at}")) {
            many.append(name, HeaderValue::from_static("x"));
        }
        many.append("x-names", HeaderValue::from_static("a, b"));
    }
    survives("/things/a", &many, b"");
    let query: String = (0..20_000).map(|at| format!("k{at}=v&")).collect();
    survives(&format!("/things/a?{query}"), &HeaderMap::new(), b"");
}

#[test]
fn headers_that_are_not_text_or_come_twice() {
    for name in ["x-count", "x-names", "x-p-a", "content-type", "x-amzn-errortype", "x-amz-target", "smithy-protocol"] {
        survives("/things/a", &header(name, b"\xff\xfe"), b"");
    }
    for protocol in [dynamic::<RestJson1>(), dynamic::<RestXml>()] {
        assert!(input(protocol, "/things/a", &header("x-names", b"\xff")).is_err());
        let mut twice = header("x-count", b"1");
        twice.append("x-count", HeaderValue::from_static("2"));
        let error = input(protocol, "/things/a", &twice).unwrap_err();
        assert!(error.contains("count"), "{error}");
        let mut lists = header("x-names", b"a, \"b,c\"");
        lists.append("x-names", HeaderValue::from_static("d"));
        let names = input(protocol, "/things/a", &lists).ok().and_then(|value| value.as_map()?.get("names").cloned());
        assert_eq!(names, Some(Value::List(["a", "b,c", "d"].map(Value::from).to_vec())));
    }
}

#[test]
fn a_page_of_a_proxy_gives_its_first_line_of_text() {
    let page = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body></html>";
    for protocol in PROTOCOLS {
        let headers = header("content-type", b"text/html");
        let response = ReceivedResponse::new(StatusCode::BAD_GATEWAY, &headers, page);
        let summary = protocol.read_error_summary(&SERVICE, &PUT, response, ReadOptions::CLIENT);
        assert_eq!((summary.code, summary.message.as_deref()), (None, Some("502 Bad Gateway")), "{protocol:?}");
    }
}

#[test]
fn an_error_without_a_body_is_still_an_error() {
    for protocol in PROTOCOLS {
        let headers = HeaderMap::new();
        let response = ReceivedResponse::new(StatusCode::NOT_FOUND, &headers, b"");
        assert!(!protocol.is_output(&SERVICE, response), "{protocol:?}");
        let summary = protocol.read_error_summary(&SERVICE, &PUT, response, ReadOptions::CLIENT);
        assert_eq!((summary.code, summary.message, summary.index), (None, None, None), "{protocol:?}");
    }
}

#[test]
fn messages_of_xml_errors_may_be_capitalized() {
    for name in ["Message", "message"] {
        let error = format!("<Error><Code>Gone</Code><{name}>why</{name}></Error><RequestId>r</RequestId>");
        for (protocol, body) in [
            (dynamic::<RestXml>(), format!("<ErrorResponse>{error}</ErrorResponse>")),
            (dynamic::<AwsQuery>(), format!("<ErrorResponse>{error}</ErrorResponse>")),
            (dynamic::<Ec2Query>(), format!("<Response><Errors>{error}</Errors></Response>")),
        ] {
            let headers = HeaderMap::new();
            let response = ReceivedResponse::new(StatusCode::GONE, &headers, body.as_bytes());
            let summary = protocol.read_error_summary(&SERVICE, &PUT, response, ReadOptions::CLIENT);
            assert_eq!(
                (summary.code.as_deref(), summary.message.as_deref()),
                (Some("Gone"), Some("why")),
                "{protocol:?}"
            );
            assert_eq!((summary.request_id.as_deref(), summary.index), (Some("r"), Some(0)), "{protocol:?}");
            let read = protocol.read_error(&SERVICE, &GONE, response, ReadOptions::CLIENT);
            let members = read.unwrap_or_else(|error| panic!("{protocol:?}: {error}"));
            let message = members.as_map().and_then(|members| members.get("message"));
            assert_eq!(message, Some(&Value::from("why")), "{protocol:?} {name}");
        }
    }
}

#[test]
fn errors_with_a_status_of_success_are_errors_in_xml() {
    let protocol = dynamic::<RestXml>();
    let headers = HeaderMap::new();
    let body = b"<?xml version=\"1.0\"?>\n<Error><Code>Gone</Code></Error>";
    let response = ReceivedResponse::new(StatusCode::OK, &headers, body);
    assert!(!protocol.is_output(&SERVICE, response));
    assert!(protocol.is_output(&SERVICE, ReceivedResponse::new(StatusCode::OK, &headers, b"<Data/>")));
}
