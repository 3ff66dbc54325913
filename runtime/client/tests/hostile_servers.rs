//! One suite over both transports: any server leads to a result or a typed error within the limits.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use crate::support::{PUT, SERVICE, call_both, input, protocol};
use whitesmith_client::config::{Limits, Proxy, Timeouts, Trust};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{CallError, TransportErrorKind};
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::{Config, Error, asynchronous, blocking};
use whitesmith_schema::Value;

/// Answers two connections with these bytes, and closes or keeps them.
fn serve(answer: Vec<u8>, stays: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            // The client may hang up early.
            let _ = stream.read(&mut request);
            let _ = stream.write_all(&answer);
            if stays {
                std::thread::sleep(Duration::from_secs(2));
            }
        }
    });
    address
}

fn config(address: SocketAddr) -> Config {
    let read = Some(Duration::from_millis(300));
    Config::builder()
        .endpoint_url(format!("http://{address}"))
        .unsigned()
        .proxy(Proxy::None)
        .retry(RetryConfig::NEVER)
        .timeouts(Timeouts { connect: read, read, ..Timeouts::default() })
        .limits(Limits { max_response_bytes: 1000, ..Limits::default() })
        .build()
}

/// Calls a server that sends these bytes over each transport.
fn call(answer: impl Into<Vec<u8>>, stays: bool) -> [Result<Value, Error<Value>>; 2] {
    call_both(&config(serve(answer.into(), stays)), &input())
}

fn transport_kind(result: Result<Value, Error<Value>>) -> TransportErrorKind {
    match result {
        Err(Error::Call(CallError::Transport(error))) => error.kind,
        other => panic!("{other:?}"),
    }
}

fn transport_kinds(answer: impl Into<Vec<u8>>, stays: bool) -> [TransportErrorKind; 2] {
    call(answer, stays).map(transport_kind)
}

fn response(head: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{head}\r\n{body}")
}

#[test]
fn reads_an_output() {
    for result in call(response("content-length: 15\r\n", r#"{"Text":"good"}"#), false) {
        assert_eq!(result.unwrap().as_map().unwrap().get("Text"), Some(&Value::from("good")));
    }
}

#[test]
fn refuses_bodies_over_the_limit() {
    let big = "x".repeat(1001);
    for answer in [
        response("content-length: 1000000000\r\n", "{"),
        response("content-length: 1001\r\n", &big),
        response("connection: close\r\n", &big),
        response("transfer-encoding: chunked\r\n", &format!("3e9\r\n{big}\r\n0\r\n\r\n")),
    ] {
        assert_eq!(transport_kinds(answer, false), [TransportErrorKind::TooLarge(1000); 2]);
    }
}

#[test]
fn refuses_what_is_not_http() {
    for answer in [&b"\x00\xff\x00\xff"[..], b"HTTP/9.9 abc\r\n\r\n", b"hello\r\n\r\n", b""] {
        for kind in transport_kinds(answer, false) {
            assert!(matches!(kind, TransportErrorKind::Broken | TransportErrorKind::Other), "{kind}");
        }
    }
}

#[test]
fn reports_truncated_bodies() {
    for kind in transport_kinds(response("content-length: 20\r\n", r#"{"Text":"#), false) {
        assert!(matches!(kind, TransportErrorKind::Broken | TransportErrorKind::Other), "{kind}");
    }
}

#[test]
fn times_out_on_silence() {
    assert_eq!(transport_kinds("", true), [TransportErrorKind::ReadTimeout; 2]);
    let half = response("content-length: 20\r\n", "{");
    assert_eq!(transport_kinds(half, true), [TransportErrorKind::ReadTimeout; 2]);
}

#[test]
fn times_out_on_a_server_that_does_not_read() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // More than fits into the sockets' buffers, which the system fills without the server.
    let input = [("Text", Value::from("x".repeat(30_000_000)))].into_iter().collect();
    assert_eq!(call_both(&config(address), &input).map(transport_kind), [TransportErrorKind::ReadTimeout; 2]);
    drop(listener);
}

#[test]
fn reports_unreachable_hosts_as_failed_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().to_string();
    drop(listener);
    for host in [closed.as_str(), "unknown.invalid", "unknown.invalid:81"] {
        let config = config(closed.parse().unwrap()).to_builder().endpoint_url(format!("http://{host}")).build();
        let kinds = call_both(&config, &input()).map(transport_kind);
        assert_eq!(kinds, [TransportErrorKind::Connect; 2], "{host}");
    }
}

#[test]
fn ends_a_trickling_response_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(4) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
            // Until the client hangs up, in a thread of its own: the next client may be there by then.
            std::thread::spawn(move || {
                while stream.write_all(b" ").is_ok() {
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
        }
    });
    let deadline = Duration::from_millis(600);
    for (timeouts, expected) in [
        (Timeouts { operation: Some(deadline), ..Timeouts::default() }, TransportErrorKind::OperationTimeout(deadline)),
        (Timeouts { attempt: Some(deadline), ..Timeouts::default() }, TransportErrorKind::AttemptTimeout),
    ] {
        let config = config(address).to_builder().timeouts(timeouts).build();
        let started = std::time::Instant::now();
        assert_eq!(call_both(&config, &input()).map(transport_kind), [expected; 2]);
        assert!(started.elapsed() < deadline * 4, "{:?}", started.elapsed());
    }
}

#[test]
fn replaces_kept_connections_that_the_server_closed() {
    const CALLS: usize = 40;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(response("content-length: 2\r\n", "{}").as_bytes());
        }
    });
    let client = blocking::Client::new(config(address), require_endpoint_url).unwrap();
    for call in 0..CALLS {
        client
            .call_dynamic(protocol(), &SERVICE, &PUT, &input())
            .unwrap_or_else(|error| panic!("call {call}: {error}"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = asynchronous::Client::new(config(address), require_endpoint_url).unwrap();
        for call in 0..CALLS {
            let result = client.call_dynamic(protocol(), &SERVICE, &PUT, &input()).await;
            result.unwrap_or_else(|error| panic!("call {call}: {error}"));
        }
    });
}

#[test]
fn needs_certificate_files_for_tls_only() {
    let missing = Trust::PemFile("/nonexistent/bundle.pem".into());
    let address = serve(response("content-length: 2\r\n", "{}").into_bytes(), false);
    let config = config(address).to_builder().trust(missing).build();
    for result in call_both(&config, &input()) {
        result.unwrap();
    }
    let config = config.to_builder().endpoint_url("https://127.0.0.1:1").build();
    for result in call_both(&config, &input()) {
        let error = result.unwrap_err();
        assert!(error.to_string().starts_with("TLS handshake failed: cannot read /nonexistent/bundle.pem"), "{error}");
    }
}

#[test]
fn does_not_follow_redirects() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    for result in call(redirect, false) {
        assert_eq!(result.unwrap_err().as_service().unwrap().status.as_u16(), 302);
    }
}

#[test]
fn limits_nesting() {
    let body = format!(r#"{{"Else":{}{}}}"#, "[".repeat(300), "]".repeat(300));
    let head = format!("content-length: {}\r\n", body.len());
    for result in call(response(&head, &body), false) {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Call(CallError::Response(_))), "{error}");
        assert_eq!(error.to_string().matches("nesting exceeds").count(), 1, "{error}");
    }
}
