//! The mock's memory and time limits, each against a peer that tries to evade it.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use partnercentral_selling_mock::{Config, MockServer};
use serde_json::{Value, json};

const OPERATION: &str = "StartEngagementFromOpportunityTask";

fn start(configure: impl FnOnce(&mut Config)) -> MockServer {
    MockServer::start_with(|builder| builder.configure(configure)).unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn head(length: usize, more: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSPartnerCentralSelling.{OPERATION}\r\n{more}Content-Length: {length}\r\n\r\n"
    )
}

fn input(identifier: &str) -> String {
    json!({"Catalog": "Sandbox", "ClientToken": "t", "Identifier": identifier,
           "AwsSubmission": {"InvolvementType": "Co-Sell"}})
    .to_string()
}

/// Sends a request on its own connection and returns the status, the head in lower case and the body.
fn exchange(address: SocketAddr, request: &str) -> (u16, String, String) {
    let mut stream = connect(address);
    let request = request.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, head.to_lowercase(), body.to_owned())
}

fn call(mock: &MockServer) -> u16 {
    let body = input("O1234567");
    exchange(mock.address(), &(head(body.len(), "") + &body)).0
}

fn control(mock: &MockServer, path: &str) -> Value {
    let (_, _, body) = exchange(mock.address(), &format!("GET /_mock/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    serde_json::from_str(&body).unwrap_or_default()
}

fn add(mock: &MockServer, what: &str, body: &Value) -> u16 {
    let body = body.to_string();
    let text = format!(
        "POST /_mock/{what} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(mock.address(), &text).0
}

#[test]
fn unfinished_bodies_are_refused_beyond_the_budget_and_honest_requests_pass() {
    let mock = start(|config| config.limits.in_flight = 1024 * 1024);
    let part = "x".repeat(300 * 1024);
    let held: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = connect(mock.address());
            stream.write_all(head(400 * 1024, "").as_bytes()).unwrap();
            let _ = stream.write_all(part.as_bytes());
            stream
        })
        .collect();
    let deadline = Instant::now() + Duration::from_secs(10);
    while control(&mock, "health")["refusedForMemory"].as_u64().unwrap_or(0) < 5 {
        assert!(Instant::now() < deadline, "{}", control(&mock, "health"));
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(call(&mock), 200);
    let refused = control(&mock, "requests")["requests"].as_array().unwrap().clone();
    assert!(refused.iter().filter(|request| request["status"] == 503).count() >= 5, "{refused:?}");
    drop(held);
}

#[test]
fn a_peer_that_does_not_read_is_disconnected() {
    let mock = start(|config| {
        config.limits.write_time = Duration::from_millis(300);
        config.logged_requests = 10;
    });
    let body = input("O1234567");
    let request = head(body.len(), "") + &body;
    let mut stream = connect(mock.address());
    stream.set_write_timeout(Some(Duration::from_secs(15))).unwrap();
    // Until the mock closes the connection: it stops reading when its answers are not read.
    let many = request.repeat(200);
    let started = Instant::now();
    let mut progress = started;
    let mut rest = many.as_bytes();
    let error = loop {
        assert!(started.elapsed() < Duration::from_secs(60), "the mock goes on reading");
        match stream.write(rest) {
            Ok(written) => (progress, rest) = (Instant::now(), &rest[written..]),
            Err(error) => break error,
        }
        if rest.is_empty() {
            rest = many.as_bytes();
        }
    };
    assert!(progress.elapsed() < Duration::from_secs(5), "{:?} after the last read", progress.elapsed());
    assert!(!matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
    assert_eq!(call(&mock), 200);
}

#[test]
fn an_answer_of_the_journal_is_bounded() {
    let mock = start(|_| {});
    let body = format!("{{\"Catalog\":\"{}\"}}", "x".repeat(60 * 1024));
    for _ in 0..60 {
        exchange(mock.address(), &(head(body.len(), "") + &body));
    }
    let answer = control(&mock, "requests?limit=1000");
    let shown = answer["requests"].as_array().unwrap();
    assert!((10..40).contains(&shown.len()), "{}", shown.len());
    let oldest = shown.first().unwrap()["number"].as_u64().unwrap();
    assert_eq!(shown.last().unwrap()["number"], 60);
    let before = control(&mock, &format!("requests?limit=1&before={oldest}"));
    assert_eq!(before["requests"][0]["number"], oldest - 1);
}

#[test]
fn expectations_and_faults_are_bounded_in_bytes() {
    let mock = start(|_| {});
    let large = json!({"operation": OPERATION, "name": "x".repeat(3 * 1024 * 1024)});
    let statuses: Vec<u16> = (0..8).map(|_| add(&mock, "expectations", &large)).collect();
    assert_eq!(statuses, [201, 201, 201, 201, 201, 409, 409, 409]);
    let numbers: Vec<u64> = (1..=10_000).collect();
    let large = json!({"operation": OPERATION, "fault": "drop", "requests": numbers});
    let refused = (0..50).filter(|_| add(&mock, "faults", &large) == 409).count();
    assert!((20..50).contains(&refused), "{refused}");
}

#[test]
fn duplicate_hosts_and_large_heads_are_refused() {
    let mock = start(|_| {});
    let body = input("O1234567");
    let (status, head_text, _) = exchange(mock.address(), &(head(body.len(), "Host: example.com\r\n") + &body));
    assert_eq!(status, 400, "{head_text}");
    let fits = format!("X-Padding: {}\r\n", "x".repeat(60 * 1024));
    assert_eq!(exchange(mock.address(), &(head(body.len(), &fits) + &body)).0, 200);
    let large = format!("X-Padding: {}\r\n", "x".repeat(65 * 1024));
    let (status, ..) = exchange(mock.address(), &(head(body.len(), &large) + &body));
    assert!(status == 431 || status == 0, "{status}");
}

#[test]
fn every_answer_has_a_request_id() {
    let mock = start(|config| config.limits.body = 1000);
    let body = input("O1234567");
    let requests = [
        (200, head(body.len(), "") + &body),
        (413, head(5000, "") + &"x".repeat(5000)),
        (400, head(8, "Content-Encoding: gzip\r\n") + "not gzip"),
        (404, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()),
        (400, head(body.len(), "Host: localhost\r\n") + &body),
        (415, "POST /_mock/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}".to_owned()),
        (200, "GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()),
        (403, "GET /_mock/health HTTP/1.1\r\nHost: example.com\r\n\r\n".to_owned()),
    ];
    for (expected, request) in requests {
        let (status, head, _) = exchange(mock.address(), &request);
        assert_eq!(status, expected, "{request:.60}");
        assert!(head.contains("\r\nx-amzn-requestid: "), "{request:.60}: {head}");
    }
}

#[test]
fn control_is_off_or_needs_a_token_off_loopback() {
    let start_at = |token: Option<&str>| {
        let token = token.and_then(partnercentral_selling_mock::ControlToken::new);
        MockServer::start_with(|builder| builder.listen("0.0.0.0:0").configure(|config| config.control_token = token))
            .unwrap()
    };
    let status = |mock: &MockServer, path: &str, more: &str| {
        let address = SocketAddr::from(([127, 0, 0, 1], mock.address().port()));
        exchange(address, &format!("GET /_mock/{path} HTTP/1.1\r\nHost: mock.example.com\r\n{more}\r\n")).0
    };
    let off = start_at(None);
    assert_eq!(status(&off, "health", ""), 403);
    let guarded = start_at(Some("secret"));
    for (path, more, expected) in [
        ("health", "", 401),
        ("health", "Authorization: Bearer wrong\r\n", 401),
        ("health", "Authorization: Bearer secret\r\n", 200),
        ("", "", 200),
    ] {
        assert_eq!(status(&guarded, path, more), expected, "{path} {more}");
    }
}
