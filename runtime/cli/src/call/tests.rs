use http::{HeaderMap, Request, StatusCode};
use whitesmith_client::Config;
use whitesmith_client::blocking::{Body, HttpTransport, Transport};
use whitesmith_client::config::{Proxy, ProxyVariables};
use whitesmith_client::core::AttemptLimits;
use whitesmith_protocol::{RpcV2Cbor, dynamic};
use whitesmith_schema::{
    HttpBinding, Member, Schema, ShapeType, Timestamp, TimestampFormat, Value, ValueMap, WireTraits,
};

use super::client::transport_failure;
use super::endpoint::{check_region, normalised_url};
use super::response::{TimestampStyle, project};
use super::service_error::{self, Answer};
use super::*;
use crate::definition::CommandLine;
use crate::json;
use crate::made_up::{COMMAND_LINE, MAKE, OUTPUT};

fn projected(text: &str, style: TimestampStyle) -> String {
    match project(json::read(text).unwrap(), &OUTPUT, style) {
        Ok(value) => json::to_compact_ascii(&value),
        Err(error) => error.to_string(),
    }
}

#[test]
fn responses_are_read_as_far_as_they_go() {
    for (text, expected) in [
        (r#"{"When":0,"New":1,"Id":"a"}"#, r#"{"Id":"a","When":"1970-01-01T00:00:00+00:00"}"#),
        (r#"{"Id":5,"Parts":[{"Name":true,"x":1}]}"#, r#"{"Id":5,"Parts":[{"Name":true}]}"#),
        (r#"{"Id":null,"Labels":{"a":null,"b":1}}"#, r#"{"Labels":{"a":null,"b":1}}"#),
        (r#"{"Choice":{"__type":"x","A":"a"}}"#, r#"{"Choice":{"A":"a"}}"#),
        (r#"{"Choice":{"New":1}}"#, r#"{"Choice":{"SDK_UNKNOWN_MEMBER":{"name":"New"}}}"#),
        ("null", "null"),
        ("[]", "invalid response: expected an object, found list"),
        (r#"{"Parts":5}"#, "invalid response: expected a list, found number"),
        (r#"{"When":"soon"}"#, "invalid response: expected a timestamp, found \"soon\""),
        (r#"{"When":253402300799.0}"#, r#"{"When":"9999-12-31T23:59:59+00:00"}"#),
        (r#"{"When":253402300800}"#, r#"{"When":253402300800}"#),
    ] {
        assert_eq!(projected(text, TimestampStyle::Iso8601), expected, "{text}");
    }
    assert_eq!(projected(r#"{"When":"soon"}"#, TimestampStyle::Wire), r#"{"When":"soon"}"#);
}

#[test]
fn timestamps_are_shown_in_the_format_of_the_wire() {
    static TIME: Schema = Schema::simple("forge#Time", ShapeType::Timestamp);
    static TIMES: Schema = Schema::list("forge#Times", &[Member::new("member", &TIME)]);
    static TIMED: Schema = Schema::structure(
        "forge#Timed",
        &[
            Member::new("Header", &TIME).with_wire(&WireTraits::new().with_http(HttpBinding::Header("Header"))),
            Member::new("Body", &TIME),
            Member::new("Own", &TIME).with_timestamp_format(TimestampFormat::DateTime),
            Member::new("Listed", &TIMES),
        ],
    );
    let (whole, part) = (Value::Timestamp(Timestamp::new(1, 0)), Value::Timestamp(Timestamp::new(1, 500_000_000)));
    let listed = Value::List(vec![part.clone()]);
    let value: ValueMap =
        [("Header", whole.clone()), ("Body", whole.clone()), ("Own", part), ("Listed", listed)].into_iter().collect();
    for (of_body, body, item) in [
        (TimestampFormat::EpochSeconds, "1", "1.5"),
        (TimestampFormat::DateTime, r#""1970-01-01T00:00:01Z""#, r#""1970-01-01T00:00:01.5Z""#),
    ] {
        let shown = project(Value::Map(value.clone()), &TIMED, TimestampStyle::Format(of_body)).unwrap();
        let expected = format!(
            r#"{{"Header":"Thu, 01 Jan 1970 00:00:01 GMT","Body":{body},"Own":"1970-01-01T00:00:01.5Z","Listed":[{item}]}}"#
        );
        assert_eq!(json::to_compact_ascii(&shown), expected);
    }
}

#[test]
fn a_failure_names_the_variable_of_the_proxy_and_no_password() {
    for (variable, url, expected) in [
        (
            "https_proxy",
            "socks5://me:word@localhost:1",
            "cannot use the proxy `socks5://localhost:1` from https_proxy (\
             unsupported proxy scheme `socks5`: expected `http` or `https`)",
        ),
        ("ALL_PROXY", "http://me:word@h h/", "cannot use the proxy `http://h h` from ALL_PROXY (invalid URL)"),
    ] {
        let variables = ProxyVariables::read(|name| (name == variable).then(|| url.to_owned()));
        let config = Config::builder().proxy(Proxy::Variables(variables)).build();
        let request = Request::builder().uri("https://service.test/").body(Body::default()).unwrap();
        let limits = AttemptLimits { connect: None, read: None, attempt: None, streams_response: false };
        let error = HttpTransport::new(&config).unwrap().send(request, &limits).unwrap_err();
        let failure = transport_failure(&error, Some("https://service.test"));
        assert_eq!((failure.exit_status(), failure.message.as_str()), (255, expected));
    }
}

fn failure(status: u16, headers: &[(&'static str, &str)], body: &str) -> (u8, String, String) {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let answer = Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: &headers,
        body: body.as_bytes(),
        retries: (status >= 500).then_some(2),
    };
    let failure = service_error::failure(&COMMAND_LINE, &MAKE, &answer, TimestampStyle::Iso8601);
    (failure.exit_status(), failure.message, json::to_compact_ascii(&Value::Map(failure.members)))
}

#[test]
fn errors_have_code_message_and_members() {
    let (status, message, members) =
        failure(400, &[], r#"{"__type":"forge#ColdException:http://x","Message":"brr","Degrees":3,"Secret":1}"#);
    assert_eq!(status, 254);
    assert_eq!(message, "An error occurred (ColdException) when calling the Make operation: brr");
    assert_eq!(members, r#"{"Message":"brr","Code":"ColdException","Degrees":3}"#);
    for (status, headers, body, code, text) in [
        (400, &[("x-amzn-query-error", "Query.Code;Sender")][..], "{}", "Query.Code", ""),
        (400, &[("x-amzn-errortype", "Other")], r#"{"message":"a","Message":"b"}"#, "400", "a"),
        (403, &[], "<html/>", "403", "<html/>"),
        (301, &[], "", "301", ""),
    ] {
        let expected = format!("An error occurred ({code}) when calling the Make operation: {text}");
        assert_eq!(failure(status, headers, body).1, expected);
    }
    assert_eq!(
        failure(503, &[], "<html>busy</html>").1,
        "An error occurred (503) when calling the Make operation (reached max retries: 2): Service Unavailable"
    );
    for body in ["null", "[]", r#"{"__type":5}"#] {
        assert_eq!(failure(400, &[], body).0, 255, "{body}");
    }
}

#[test]
fn errors_of_other_protocols_are_read_by_the_protocol() {
    static CBOR: CommandLine = CommandLine {
        name: "forge",
        version: "1.2.3",
        service: COMMAND_LINE.service,
        protocol: dynamic::<RpcV2Cbor>(),
        resolve_endpoint: COMMAND_LINE.resolve_endpoint,
        pages: crate::Pages::Texts(&[]),
        commands: &[],
    };
    // {"__type": "forge#ColdException", "Message": "brr", "Degrees": 3}
    let body = b"\xa3\x66__type\x73forge#ColdException\x67Message\x63brr\x67Degrees\x03";
    let headers = HeaderMap::new();
    let answer = Answer { status: StatusCode::BAD_REQUEST, headers: &headers, body, retries: None };
    let failure = service_error::failure(&CBOR, &MAKE, &answer, TimestampStyle::Iso8601);
    assert_eq!(failure.message, "An error occurred (ColdException) when calling the Make operation: brr");
    let members = json::to_compact_ascii(&Value::Map(failure.members));
    assert_eq!(members, r#"{"Message":"brr","Code":"ColdException","Degrees":3}"#);
}

#[test]
fn endpoints_are_checked() {
    assert!(check_url("http://h").is_ok() && check_url("x:y").is_ok());
    for url in ["h", "", "127.0.0.1:80", "//h"] {
        assert_eq!(check_url(url).unwrap_err().exit_status(), 252, "{url}");
    }
    assert_eq!(normalised_url("HTTP://u:p@h:1/a").as_deref(), Ok("http://h:1/a"));
    for url in ["ftp://h", "http://", "http:h", "http://u@/x"] {
        assert_eq!(normalised_url(url).unwrap_err().exit_status(), 255, "{url}");
    }
    assert!(check_region("us-east-1").is_ok());
    for region in ["", "a b", "a/b", "-a", "123", "a.b"] {
        assert!(check_region(region).is_err(), "{region}");
    }
}

#[test]
fn timeouts_are_whole_seconds_and_0_is_for_ever() {
    assert_eq!(parse_timeout("0"), Ok(None));
    assert_eq!(parse_timeout("5"), Ok(Some(std::time::Duration::from_secs(5))));
    for text in ["1.5", "x", "", "-1"] {
        assert_eq!(parse_timeout(text).unwrap_err().exit_status(), 255, "{text}");
    }
}
