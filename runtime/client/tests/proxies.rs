//! Requests through proxies, over both transports.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{call_both, input};
use whitesmith_client::config::{Proxy, Timeouts};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{CallError, ProxyError, TransportError, TransportErrorKind};
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::{Config, Error, asynchronous, blocking};
use whitesmith_schema::Value;

/// Sends each of two connections this answer, or none, and returns the heads of their requests.
fn proxy(answer: Option<&'static str>) -> (SocketAddr, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            sender.send(lines.take_while(|line| !line.is_empty()).collect()).unwrap();
            match answer {
                Some(answer) => stream.write_all(answer.as_bytes()).unwrap(),
                None => std::thread::sleep(Duration::from_secs(2)),
            }
        }
    });
    (address, heads)
}

fn config(target: &str, proxy: Proxy) -> Config {
    configured(target, proxy, [200, 400])
}

fn configured(target: &str, proxy: Proxy, milliseconds: [u64; 2]) -> Config {
    let [connect, read] = milliseconds.map(|time| Some(Duration::from_millis(time)));
    Config::builder()
        .endpoint_url(target)
        .unsigned()
        .proxy(proxy)
        .retry(RetryConfig::NEVER)
        .timeouts(Timeouts { connect, read, ..Timeouts::default() })
        .build()
}

fn transport_error(result: Result<Value, Error<Value>>) -> TransportError {
    match result {
        Err(Error::Call(CallError::Transport(error))) => error,
        other => panic!("{other:?}"),
    }
}

fn has(head: &[String], name: &str, value: &str) -> bool {
    head.iter()
        .any(|line| line.split_once(": ").is_some_and(|(its, text)| its.eq_ignore_ascii_case(name) && text == value))
}

#[test]
fn forwards_plain_requests() {
    let (address, heads) =
        proxy(Some("HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"Text\":\"good\"}"));
    let config = config("http://service.test:81", Proxy::Url(format!("http://Aladdin:open%20sesame@{address}")));
    for result in call_both(&config, &input()) {
        assert_eq!(result.unwrap().as_map().unwrap().get("Text"), Some(&Value::from("good")));
        let head = heads.recv().unwrap();
        assert_eq!(head.first().unwrap(), "POST http://service.test:81/ HTTP/1.1");
        assert!(has(&head, "host", "service.test:81"), "{head:?}");
        assert!(has(&head, "proxy-authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "{head:?}");
    }
}

#[test]
fn asks_for_a_tunnel_and_shows_no_password() {
    let (address, heads) = proxy(Some("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
    let config = config("https://service.test", Proxy::Url(format!("http://Aladdin:open%20sesame@{address}")));
    for result in call_both(&config, &input()) {
        let head = heads.recv().unwrap();
        assert_eq!(head.first().unwrap(), "CONNECT service.test:443 HTTP/1.1");
        assert!(has(&head, "proxy-authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "{head:?}");
        let error = transport_error(result);
        assert_eq!(error.kind, TransportErrorKind::Proxy);
        let source = error.source.as_ref().unwrap().downcast_ref::<ProxyError>().unwrap();
        assert_eq!(source.to_string(), format!("`http://{address}`"));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("sesame") && !shown.contains("Aladdin"), "{shown}");
    }
}

#[test]
fn times_out_on_a_silent_proxy() {
    let (address, _heads) = proxy(None);
    for result in call_both(&config("https://service.test", Proxy::Url(format!("http://{address}"))), &input()) {
        assert_eq!(transport_error(result).kind, TransportErrorKind::ConnectTimeout);
    }
    let (address, _heads) = proxy(None);
    let patient = configured("https://service.test", Proxy::Url(format!("http://{address}")), [400, 100]);
    let [blocking, asynchronous] = call_both(&patient, &input()).map(|result| transport_error(result).kind);
    assert_eq!(blocking, TransportErrorKind::ReadTimeout, "a piece of the handshake is one of a response");
    assert_eq!(asynchronous, TransportErrorKind::ConnectTimeout);
}

#[test]
fn refuses_unsupported_proxies() {
    for url in ["socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://"] {
        let config = config("http://127.0.0.1:1", Proxy::Url(url.to_owned()));
        let first = blocking::Client::new(config.clone(), require_endpoint_url).unwrap_err();
        let second = asynchronous::Client::new(config, require_endpoint_url).unwrap_err();
        assert_eq!([first.kind, second.kind], [TransportErrorKind::Proxy; 2], "{url}");
    }
}
