//! The mock of the pinned service, over a socket, as clients and attackers see it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test states its assumptions by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use partnercentral_selling_mock::errors::ThrottlingException;
use partnercentral_selling_mock::operations::{
    StartEngagementFromOpportunityTask, StartEngagementFromOpportunityTaskInput,
    StartEngagementFromOpportunityTaskOutput,
};
use partnercentral_selling_mock::types::{AwsSubmission, SalesInvolvementType};
use partnercentral_selling_mock::{AccessKey, MockServer};
use serde_json::{Value, json};

const FROM_OPPORTUNITY: &str = "StartEngagementFromOpportunityTask";
const BY_ACCEPTING: &str = "StartEngagementByAcceptingInvitationTask";

/// A response, taken apart.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

fn input(token: &str) -> Value {
    json!({"Catalog": "Sandbox", "ClientToken": token, "Identifier": "O1234567",
           "AwsSubmission": {"InvolvementType": "Co-Sell", "Visibility": "Full"}})
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Reads one response with a Content-Length.
fn read_answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let mut byte = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_lowercase();
    let length: usize =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: serde_json::from_slice(&body).unwrap_or_default() })
}

fn request_text(operation: &str, body: &str, more: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.{operation}\r\n{more}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn send(address: SocketAddr, text: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    stream.write_all(text).unwrap();
    read_answer(&mut stream)
}

fn call(mock: &MockServer, operation: &str, body: &Value) -> Answer {
    send(mock.address(), request_text(operation, &body.to_string(), "").as_bytes()).expect("a response")
}

fn control(mock: &MockServer, method: &str, path: &str, body: Option<&Value>, more: &str) -> Answer {
    let body = body.map(ToString::to_string).unwrap_or_default();
    let text = format!(
        "{method} /_mock/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{more}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    send(mock.address(), text.as_bytes()).expect("a response")
}

fn quick() -> MockServer {
    MockServer::start_with(|builder| builder.configure(|config| config.task_delay = Some(Duration::from_millis(40))))
        .unwrap()
}

#[test]
fn task_completes_after_its_delay() {
    let mock = quick();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert_eq!(first.status, 200);
    assert!(first.head.contains("content-type: application/x-amz-json-1.0"), "{}", first.head);
    assert!(first.head.contains("x-amzn-requestid: ") && first.head.contains("date: "), "{}", first.head);
    assert_eq!(first.body["TaskStatus"], "IN_PROGRESS");
    assert_eq!(first.body["EngagementId"], Value::Null);
    let arn = first.body["TaskArn"].as_str().unwrap();
    let id = first.body["TaskId"].as_str().unwrap();
    assert_eq!(
        arn,
        format!("arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-from-opportunity-task/{id}")
    );
    let deadline = Instant::now() + Duration::from_secs(5);
    let done = loop {
        let again = call(&mock, FROM_OPPORTUNITY, &input("one"));
        assert_eq!(again.body["TaskId"], first.body["TaskId"]);
        if again.body["TaskStatus"] == "COMPLETE" {
            break again;
        }
        assert!(Instant::now() < deadline, "the task never completes");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(done.body["EngagementId"].as_str().unwrap().starts_with("eng-"));
    let events = mock.events();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail-type"], "Opportunity Created");
    assert_eq!(events[0]["detail"]["opportunity"]["identifier"], "O1234567");
}

#[test]
fn token_belongs_to_one_input_operation_and_isolation() {
    let mock = quick();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one")).body;
    let mut other = input("one");
    other["Identifier"] = "O7".into();
    let conflict = call(&mock, FROM_OPPORTUNITY, &other);
    assert_eq!(conflict.status, 409);
    assert_eq!(conflict.body["__type"], "com.amazonaws.partnercentralselling#ConflictException");
    let mut isolation = input("one");
    isolation["Catalog"] = "AWS".into();
    let elsewhere = call(&mock, FROM_OPPORTUNITY, &isolation).body;
    assert_ne!(elsewhere["TaskId"], first["TaskId"]);
    let invitation = json!({"Catalog": "Sandbox", "ClientToken": "one", "Identifier":
        "arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/engagement-invitation/engi-0123456789abc"});
    assert_eq!(call(&mock, BY_ACCEPTING, &invitation).body["EngagementInvitationId"], "engi-0123456789abc");
}

#[test]
fn newest_tokens_are_remembered() {
    let mock =
        MockServer::start_with(|builder| builder.configure(|config| config.remembered_tokens = Some(2))).unwrap();
    let task = |token: &str| call(&mock, FROM_OPPORTUNITY, &input(token)).body["TaskId"].clone();
    let (one, two) = (task("one"), task("two"));
    assert_eq!(task("one"), one);
    task("three");
    assert_eq!(task("two"), two);
    assert_ne!(task("one"), one);
}

#[test]
fn validation_names_every_violation() {
    let mock = quick();
    let body = json!({"Catalog": "1", "Identifier": "x", "AwsSubmission": {"InvolvementType": "None"}, "Tags": []});
    let refused = call(&mock, FROM_OPPORTUNITY, &body);
    assert_eq!(refused.status, 400);
    assert_eq!(refused.body["__type"], "com.amazonaws.partnercentralselling#ValidationException");
    assert_eq!(refused.body["Reason"], "REQUEST_VALIDATION_FAILED");
    let mut found: Vec<_> = refused.body["ErrorList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["FieldName"].as_str().unwrap(), error["Code"].as_str().unwrap()))
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("AwsSubmission.InvolvementType", "INVALID_ENUM_VALUE"),
            ("Catalog", "INVALID_STRING_FORMAT"),
            ("ClientToken", "REQUIRED_FIELD_MISSING"),
            ("Identifier", "INVALID_STRING_FORMAT"),
            ("Tags", "NOT_ENOUGH_VALUES"),
        ]
    );
}

#[test]
fn same_seed_gives_same_answers() {
    let task = |seed| {
        let mock = MockServer::start_with(|builder| builder.configure(|config| config.seed = seed)).unwrap();
        call(&mock, FROM_OPPORTUNITY, &input("one")).body["TaskId"].clone()
    };
    assert_eq!(task(7), task(7));
    assert_ne!(task(7), task(8));
}

fn typed_input(token: &str) -> StartEngagementFromOpportunityTaskInput {
    let submission = AwsSubmission::new(SalesInvolvementType::from("Co-Sell"));
    let input = StartEngagementFromOpportunityTaskInput::builder().catalog("Sandbox").identifier("O1234567");
    input.aws_submission(submission).build().unwrap().client_token(token)
}

#[test]
fn expectations_answer_in_sequence_and_are_verified() {
    let mock = quick();
    let mut output = StartEngagementFromOpportunityTaskOutput::new();
    output.task_id = Some("task-0000000000000".into());
    mock.start_engagement_from_opportunity_task()
        .when(|request| request.client_token.as_deref() == Some("mine"))
        .fail(ThrottlingException::new())
        .then_respond(output);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("mine")).status, 429);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("mine")).body, json!({"TaskId": "task-0000000000000"}));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("other")).body["TaskStatus"], "IN_PROGRESS");
    mock.verify().unwrap();

    mock.start_engagement_from_opportunity_task()
        .named("the real thing")
        .with(&typed_input("real"))
        .times(2)
        .respond_default();
    call(&mock, FROM_OPPORTUNITY, &input("other"));
    let message = mock.verify().unwrap_err().to_string();
    assert!(message.starts_with("the real thing, StartEngagementFromOpportunityTask: expected 2 requests, received 0"));
    assert!(message.contains(r#"ClientToken: expected "real", got "other""#), "{message}");

    let requests = mock.requests::<StartEngagementFromOpportunityTask>();
    let tokens: Vec<_> = requests.iter().filter_map(|request| request.input.client_token.as_deref()).collect();
    assert_eq!(tokens, ["mine", "mine", "other", "other"]);
    mock.reset();
    assert!(mock.requests::<StartEngagementFromOpportunityTask>().is_empty() && mock.verify().is_ok());
}

#[test]
fn answers_are_delayed() {
    let mock = quick();
    mock.start_engagement_from_opportunity_task().after(Duration::from_millis(150)).respond_default();
    let started = Instant::now();
    call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[test]
fn task_fails_on_request() {
    let mock =
        MockServer::start_with(|builder| builder.configure(|config| config.task_delay = Some(Duration::ZERO))).unwrap();
    mock.start_engagement_from_opportunity_task().fail_task([("ReasonCode", "OpportunityConflict")]);
    let failed = call(&mock, FROM_OPPORTUNITY, &input("one")).body;
    assert_eq!((&failed["TaskStatus"], &failed["ReasonCode"]), (&"FAILED".into(), &"OpportunityConflict".into()));
    assert!(failed["Message"].is_string() && failed["EngagementId"].is_null());
}

#[test]
fn handlers_answer_selected_requests() {
    let mock = MockServer::start_with(|builder| {
        builder.handle::<StartEngagementFromOpportunityTask>(|input| {
            let mut output = StartEngagementFromOpportunityTaskOutput::new();
            output.message = Some(format!("for {}", input.identifier));
            (input.catalog == "Sandbox").then_some(Ok(output))
        })
    })
    .unwrap();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).body, json!({"Message": "for O1234567"}));
    let mut other = input("one");
    other["Catalog"] = "AWS".into();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &other).body["TaskStatus"], "IN_PROGRESS");
}

#[test]
fn faults_are_injected() {
    let mock = quick();
    let with = |fault: Value| {
        mock.reset();
        mock.fault(fault).unwrap();
        send(mock.address(), request_text(FROM_OPPORTUNITY, &input("one").to_string(), "").as_bytes())
    };
    assert!(with(json!({"fault": "drop"})).is_none());
    assert!(with(json!({"fault": "reset"})).is_none());
    assert!(with(json!({"fault": {"truncate": {"bytes": 10}}})).is_none());
    let malformed = with(json!({"fault": "malformed"}));
    assert!(malformed.is_some_and(|answer| answer.status == 200 && answer.body == Value::Null));
    let error = with(json!({"fault": {"error": {"name": "InternalServerException", "message": "x"}}})).unwrap();
    assert_eq!((error.status, error.body["Message"].as_str()), (500, Some("x")));
    let started = Instant::now();
    assert_eq!(with(json!({"fault": {"drip": {"bytes": 100, "pause_ms": 30}}})).unwrap().status, 200);
    assert!(started.elapsed() >= Duration::from_millis(60));
    mock.reset();
    mock.fault(json!({"fault": {"throttle": {"per_second": 0.001, "burst": 2}}})).unwrap();
    let statuses: Vec<_> = (0..4).map(|_| call(&mock, FROM_OPPORTUNITY, &input("one")).status).collect();
    assert_eq!(statuses, [200, 200, 429, 429]);
}

#[test]
fn script_adds_expectations_and_faults() {
    let mock = quick();
    mock.script(
        "expectations:\n  - operation: StartEngagementFromOpportunityTask\n    when: {Catalog: Sandbox}\n    respond:\n\
         \x20     - error: {name: ServiceQuotaExceededException, message: full}\n      - default\n\
         faults:\n  - fault: {latency: {fixed: {ms: 1}}}\n",
    )
    .unwrap();
    let first = call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert_eq!((first.status, first.body["Message"].as_str()), (402, Some("full")));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
    let error = mock.script("expectations:\n  - operation: Nothing\n").unwrap_err().to_string();
    assert!(error.starts_with("expectation 1: operation: unknown operation `Nothing`"), "{error}");
    assert!(mock.script("expectation: []").is_err());
}

#[test]
fn control_api_sets_and_verifies_expectations() {
    // A task is to be in progress for as long as this takes, on a busy machine as well.
    let set_up = |config: &mut partnercentral_selling_mock::Config| config.task_delay = Some(Duration::from_secs(600));
    let mock = MockServer::start_with(|builder| builder.configure(set_up)).unwrap();
    let made = control(
        &mock,
        "POST",
        "expectations",
        Some(&json!({
            "operation": FROM_OPPORTUNITY, "times": 1, "respond": {"output": {"TaskId": "task-1"}}
        })),
        "",
    );
    assert_eq!((made.status, &made.body["id"]), (201, &json!(1)));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).body, json!({"TaskId": "task-1"}));
    assert_eq!(control(&mock, "GET", "verification", None, "").body["met"], true);
    let requests = control(&mock, "GET", "requests?limit=5", None, "").body;
    assert_eq!((&requests["received"], &requests["requests"][0]["expectation"]), (&json!(1), &json!(1)));
    call(&mock, FROM_OPPORTUNITY, &input("two"));
    let task = control(&mock, "GET", "tasks", None, "").body["tasks"][0].clone();
    let failed = json!({"state": "FAILED", "members": {"ReasonCode": "OpportunityConflict"}});
    assert_eq!(control(&mock, "PUT", &format!("tasks/{}", task["id"]), Some(&failed), "").status, 204);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("two")).body["ReasonCode"], "OpportunityConflict");
    assert_eq!(control(&mock, "POST", "reset", None, "").status, 204);
    assert_eq!(control(&mock, "GET", "requests", None, "").body["received"], 0);
    for (method, path, body, status) in [
        ("GET", "nothing", None, 404),
        ("PATCH", "requests", None, 405),
        ("POST", "expectations", Some(json!({"respond": {"output": {}}})), 400),
        ("POST", "expectations", Some(json!({"operation": "Nothing"})), 400),
        ("POST", "expectations", Some(json!({"unknown": 1})), 400),
        ("POST", "faults", Some(json!({"fault": "drop", "probability": 2})), 400),
    ] {
        assert_eq!(control(&mock, method, path, body.as_ref(), "").status, status, "{method} {path}");
    }
}

#[test]
fn control_api_refuses_other_origins() {
    let mock = quick();
    let status = |more: &str| control(&mock, "GET", "health", None, more).status;
    assert_eq!(status(""), 200);
    assert_eq!(status("Origin: http://localhost\r\n"), 200);
    assert_eq!(status("Origin: https://example.com\r\n"), 403);
    assert_eq!(status("Origin: null\r\n"), 403);
    assert_eq!(status("Sec-Fetch-Site: cross-site\r\n"), 403);
    let rebound = send(mock.address(), b"GET /_mock/health HTTP/1.1\r\nHost: example.com\r\n\r\n").unwrap();
    assert_eq!(rebound.status, 403);
}

#[test]
fn unsigned_requests_are_refused() {
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.access_keys = vec![AccessKey { id: "AKID".into(), secret: "secret".into(), session_token: None }];
        })
    })
    .unwrap();
    let refused = call(&mock, FROM_OPPORTUNITY, &input("one"));
    assert_eq!(refused.status, 400);
    assert_eq!(refused.body["__type"], "com.amazon.coral.service#MissingAuthenticationTokenException");
}

#[test]
fn requests_of_other_protocols_are_refused() {
    let mock = quick();
    let refused = |text: String| {
        let answer = send(mock.address(), text.as_bytes()).expect("a response");
        let kind = answer.body["__type"].as_str().unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned();
        (answer.status, kind)
    };
    let unknown = |status| (status, "UnknownOperationException".to_owned());
    let serialization = (400, "SerializationException".to_owned());
    assert_eq!(refused(request_text("Nothing", "{}", "")), unknown(400));
    assert_eq!(refused("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".into()), unknown(404));
    assert_eq!(
        refused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n".into()),
        unknown(404)
    );
    for body in ["{", "[]", "nonsense", r#"{"Catalog": 5}"#, r#"{"Catalog": "a"} x"#, &"[".repeat(100_000)] {
        assert_eq!(refused(request_text(FROM_OPPORTUNITY, body, "")), serialization, "{:.20}", body);
    }
    let broken = request_text(FROM_OPPORTUNITY, "not gzip", "Content-Encoding: gzip\r\n");
    assert_eq!(refused(broken), serialization);
    let huge = request_text(FROM_OPPORTUNITY, "", "").replace("Content-Length: 0", "Content-Length: 99999999999");
    assert_eq!(refused(huge).0, 413);
}

/// 16 MiB of spaces, four times what is taken, compressed a thousandfold.
fn bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..16).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    encoder.finish().unwrap()
}

#[test]
fn compression_bombs_are_refused() {
    let mock = quick();
    let post = |body: &[u8]| {
        let mut text = request_text(FROM_OPPORTUNITY, "", "Content-Encoding: gzip\r\n")
            .replace("Content-Length: 0", &format!("Content-Length: {}", body.len()))
            .into_bytes();
        text.extend_from_slice(body);
        send(mock.address(), &text).expect("a response")
    };
    let bomb = bomb();
    let refused = post(&bomb);
    assert_eq!(refused.status, 413, "{refused:?}");
    assert_eq!(refused.body["__type"], "com.amazon.coral.service#RequestEntityTooLargeException");
    // Cut off in the middle.
    assert_eq!(post(&bomb[..1000]).status, 400);
}

#[test]
fn chunked_bodies_are_limited() {
    let mock = MockServer::start_with(|builder| builder.configure(|config| config.limits.body = 1000)).unwrap();
    let empty = request_text(FROM_OPPORTUNITY, "", "");
    let (head, _) = empty.split_once("Content-Length").unwrap();
    let chunk = format!("190\r\n{}\r\n", "x".repeat(400));
    let text = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(3));
    assert_eq!(send(mock.address(), text.as_bytes()).unwrap().status, 413);
    let large = request_text(FROM_OPPORTUNITY, &"x".repeat(1001), "");
    assert_eq!(send(mock.address(), large.as_bytes()).unwrap().status, 413);
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
}

#[test]
fn silent_connections_lock_nobody_out() {
    let set_up = |config: &mut partnercentral_selling_mock::Config| {
        config.limits.connections = 8;
        config.limits.head_time = Duration::from_millis(200);
    };
    let mock = MockServer::start_with(|builder| builder.configure(set_up)).unwrap();
    let silent: Vec<TcpStream> = (0..20).map(|_| connect(mock.address())).collect();
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
    drop(silent);
}

#[test]
fn malformed_requests_do_no_harm() {
    let mock = quick();
    let mut not_utf8 = request_text(FROM_OPPORTUNITY, "{\"Catalog\":\"xx\"}", "").into_bytes();
    let end = not_utf8.len() - 3;
    not_utf8[end] = 0xff;
    assert_eq!(
        send(mock.address(), &not_utf8).unwrap().body["__type"],
        "com.amazon.coral.service#SerializationException"
    );
    let flood: String = (0..200).map(|number| format!("x-{number}: y\r\n")).collect();
    let flooded = send(mock.address(), request_text(FROM_OPPORTUNITY, "{}", &flood).as_bytes());
    assert!(flooded.is_none_or(|answer| answer.status == 431));
    let long = request_text(FROM_OPPORTUNITY, "{}", &format!("x: {}\r\n", "y".repeat(200_000)));
    let mut stream = connect(mock.address());
    let _ = stream.write_all(long.as_bytes());
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 431));
    let mut stream = connect(mock.address());
    stream.write_all(b"\x16\x03\x01 nonsense\r\n\r\n").unwrap();
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 400));
    assert_eq!(call(&mock, FROM_OPPORTUNITY, &input("one")).status, 200);
}

#[test]
fn slow_headers_and_bodies_time_out() {
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.limits.head_time = Duration::from_millis(150);
            config.limits.body_time = Duration::from_millis(150);
        })
    })
    .unwrap();
    let started = Instant::now();
    let mut stream = connect(mock.address());
    stream.write_all(b"POST / HTTP/1.1\r\nHost: loc").unwrap();
    assert!(read_answer(&mut stream).is_none_or(|answer| answer.status == 408));
    let text = request_text(FROM_OPPORTUNITY, &input("one").to_string(), "");
    let mut stream = connect(mock.address());
    stream.write_all(&text.as_bytes()[..text.len() - 5]).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 408);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn http_features_of_clients_work() {
    let mock = quick();
    let body = input("one").to_string();
    let one = request_text(FROM_OPPORTUNITY, &body, "");
    let mut stream = connect(mock.address());
    // Three requests at once on one connection.
    stream.write_all([one.as_str(); 3].concat().as_bytes()).unwrap();
    for _ in 0..3 {
        assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    }
    // A body in chunks.
    let (head, _) = one.split_once("Content-Length").unwrap();
    let (first, second) = body.split_at(10);
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    stream.write_all(chunked.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
    // A body that is announced first.
    let expecting = request_text(FROM_OPPORTUNITY, &body, "Expect: 100-continue\r\n");
    let (head, _) = expecting.split_once("\r\n\r\n").unwrap();
    stream.write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 100);
    stream.write_all(body.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).unwrap().status, 200);
}

#[test]
fn requests_in_flight_are_answered_on_stop() {
    let mock = quick();
    mock.start_engagement_from_opportunity_task().after(Duration::from_millis(300)).respond_default();
    let mut stream = connect(mock.address());
    stream.write_all(request_text(FROM_OPPORTUNITY, &input("one").to_string(), "").as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let address = mock.address();
    let reader = std::thread::spawn(move || read_answer(&mut stream).map(|answer| answer.status));
    drop(mock);
    assert_eq!(reader.join().unwrap(), Some(200));
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn events_reach_the_webhook() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    let mock = MockServer::start_with(|builder| {
        builder.configure(|config| {
            config.webhook = Some(url);
            config.task_delay = Some(Duration::from_millis(10));
        })
    })
    .unwrap();
    call(&mock, FROM_OPPORTUNITY, &input("one"));
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&received).contains("\"version\"") {
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&received));
        received.extend_from_slice(&buffer[..count]);
    }
    let text = String::from_utf8(received).unwrap();
    assert!(text.starts_with("POST /events HTTP/1.1\r\n") && text.contains("Opportunity Created"), "{text}");
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
}
