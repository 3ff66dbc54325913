//! Servers that send anything: each gives a typed error within the limits, over both transports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests state their assumptions by panicking")]

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use support::{PUT, SERVICE, input};
use whitesmith_client::config::{Limits, Proxy, Timeouts};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{Chain, TransportErrorKind};
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::{Config, Error, asynchronous, blocking};
use whitesmith_schema::Value;

/// Answers connections with these bytes, and then closes or keeps them.
fn serve(answer: Vec<u8>, stays: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            // A client that hangs up early is no failure of the server's.
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

/// The outcome of one call over each transport.
fn call(answer: impl Into<Vec<u8>>, stays: bool) -> [Result<Value, Error<Value>>; 2] {
    let address = serve(answer.into(), stays);
    let client = blocking::Client::new(config(address), require_endpoint_url).unwrap();
    let first = client.call_dynamic(&SERVICE, &PUT, &input());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(address), require_endpoint_url).unwrap();
        client.call_dynamic(&SERVICE, &PUT, &input()).await
    });
    [first, second]
}

fn transport_kinds(answer: impl Into<Vec<u8>>, stays: bool) -> [TransportErrorKind; 2] {
    call(answer, stays).map(|result| match result {
        Err(Error::Transport(error)) => error.kind,
        other => panic!("{other:?}"),
    })
}

fn response(head: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{head}\r\n{body}")
}

#[test]
fn a_good_server_is_understood() {
    for result in call(response("content-length: 15\r\n", r#"{"Text":"good"}"#), false) {
        assert_eq!(result.unwrap().as_map().unwrap().get("Text"), Some(&Value::from("good")));
    }
}

#[test]
fn too_much_is_refused_however_it_is_announced() {
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
fn what_is_no_http_is_refused() {
    for answer in [&b"\x00\xff\x00\xff"[..], b"HTTP/9.9 abc\r\n\r\n", b"hello\r\n\r\n", b""] {
        for kind in transport_kinds(answer, false) {
            assert!(matches!(kind, TransportErrorKind::Broken | TransportErrorKind::Other), "{kind}");
        }
    }
}

#[test]
fn a_body_that_ends_early_is_broken() {
    for kind in transport_kinds(response("content-length: 20\r\n", r#"{"Text":"#), false) {
        assert!(matches!(kind, TransportErrorKind::Broken | TransportErrorKind::Other), "{kind}");
    }
}

#[test]
fn silence_ends_with_the_time_allowed() {
    assert_eq!(transport_kinds("", true), [TransportErrorKind::ReadTimeout; 2]);
    let half = response("content-length: 20\r\n", "{");
    assert_eq!(transport_kinds(half, true), [TransportErrorKind::ReadTimeout; 2]);
}

#[test]
fn a_server_that_reads_nothing_does_not_hold_up_a_large_request() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // More than fits into the sockets' buffers, which the system fills without the server.
    let input = [("Text", Value::from("x".repeat(30_000_000)))].into_iter().collect();
    let client = blocking::Client::new(config(address), require_endpoint_url).unwrap();
    let first = client.call_dynamic(&SERVICE, &PUT, &input);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(address), require_endpoint_url).unwrap();
        client.call_dynamic(&SERVICE, &PUT, &input).await
    });
    for result in [first, second] {
        let Err(Error::Transport(error)) = result else { panic!() };
        assert_eq!(error.kind, TransportErrorKind::ReadTimeout);
    }
    drop(listener);
}

#[test]
fn nobody_there_is_a_failed_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = blocking::Client::new(config(address), require_endpoint_url).unwrap();
    let Err(Error::Transport(error)) = client.call_dynamic(&SERVICE, &PUT, &input()) else { panic!() };
    assert_eq!(error.kind, TransportErrorKind::Connect);
}

#[test]
fn a_redirect_is_an_answer_and_not_followed() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    for result in call(redirect, false) {
        assert_eq!(result.unwrap_err().as_service().unwrap().status.as_u16(), 302);
    }
}

#[test]
fn nesting_has_an_end() {
    let body = format!(r#"{{"Else":{}{}}}"#, "[".repeat(300), "]".repeat(300));
    let head = format!("content-length: {}\r\n", body.len());
    for result in call(response(&head, &body), false) {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Response(_)), "{error}");
        assert!(Chain(&error).to_string().contains("nested deeper"), "{error}");
        assert!(!error.to_string().contains("nested deeper"), "{error}");
    }
}
