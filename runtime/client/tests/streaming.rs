//! One suite over both transports: bodies that are not held in memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{SERVICE, STREAM, input, protocol};
use whitesmith_client::config::{Limits, Proxy, Timeouts};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{CallError, TransportErrorKind};
use whitesmith_client::result::ReadDynamic;
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::{Config, Credentials, Error, asynchronous, blocking};
use whitesmith_schema::Value;

/// What a server received: the head's lines, and how long the body was.
type Received = (Vec<String>, usize);

/// Reads requests with these responses in turn, one connection each.
fn serve(responses: Vec<Vec<u8>>) -> (SocketAddr, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for response in responses {
            let mut stream = listener.accept().unwrap().0;
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                match line.trim_end() {
                    "" => break,
                    line => head.push(line.to_owned()),
                }
            }
            let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap();
            let count = std::io::copy(&mut reader.take(length), &mut std::io::sink()).unwrap();
            sender.send((head, count.try_into().unwrap())).unwrap();
            // The client need not read to the end.
            let _ = stream.write_all(&response);
        }
    });
    (address, received)
}

fn ok(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn busy() -> Vec<u8> {
    b"HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}".to_vec()
}

fn config(address: SocketAddr) -> Config {
    Config::builder()
        .endpoint_url(format!("http://{address}"))
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "SECRET", None))
        .proxy(Proxy::None)
        .limits(Limits { max_response_bytes: 1000, ..Limits::default() })
        .retry(RetryConfig { max_attempts: 2, initial_backoff: Duration::ZERO, ..RetryConfig::default() })
        .timeouts(Timeouts { operation: Some(Duration::from_secs(20)), ..Timeouts::default() })
        .build()
}

/// Where a request's body comes from.
#[derive(Clone, Copy)]
enum From<'a> {
    Bytes(&'static [u8]),
    File(&'a Path),
    Reader(&'static [u8]),
}

/// Streams a request over each transport, and collects the streamed response.
fn stream_both(addresses: [SocketAddr; 2], from: From<'_>) -> [Result<Vec<u8>, Error<Value>>; 2] {
    let read = ReadDynamic(protocol());
    let first = blocking::Client::new(config(addresses[0]), require_endpoint_url).unwrap();
    let body = match from {
        From::Bytes(bytes) => bytes.into(),
        From::File(path) => blocking::RequestBody::from_path(path).unwrap(),
        From::Reader(bytes) => blocking::RequestBody::from_reader(bytes, Some(bytes.len() as u64)),
    };
    let first = first.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), Some(body)), &read);
    let first = first.map(|(_, mut body)| {
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(addresses[1]), require_endpoint_url).unwrap();
        let body = match from {
            From::Bytes(bytes) => bytes.into(),
            From::File(path) => asynchronous::RequestBody::from_path(path).await.unwrap(),
            From::Reader(bytes) => asynchronous::RequestBody::from_reader(bytes, Some(bytes.len() as u64)),
        };
        let input = input();
        let (_, mut body) =
            client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input, Some(body)), &read).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        Ok(bytes)
    });
    [first, second]
}

const BODY: &[u8] = &[7; 300_000];

#[test]
fn streams_requests_and_responses() {
    // Larger than `Limits::max_response_bytes`.
    let download = vec![9; 3_000_000];
    let (servers, received): (Vec<_>, Vec<_>) = (0..2).map(|_| serve(vec![ok(&download)])).unzip();
    for result in stream_both([servers[0], servers[1]], From::Reader(BODY)) {
        assert_eq!(result.unwrap(), download);
    }
    for received in received {
        let (head, length) = received.recv().unwrap();
        assert_eq!(length, BODY.len());
        assert!(head.iter().any(|line| line == "x-amz-content-sha256: UNSIGNED-PAYLOAD"), "{head:?}");
        assert!(!head.iter().any(|line| line.starts_with("transfer-encoding")), "{head:?}");
    }
}

#[test]
fn retries_bodies_that_can_be_read_again() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), BODY).unwrap();
    for from in [From::Bytes(BODY), From::File(file.path())] {
        let (servers, received): (Vec<_>, Vec<_>) = (0..2).map(|_| serve(vec![busy(), ok(b"{}")])).unzip();
        for result in stream_both([servers[0], servers[1]], from) {
            assert_eq!(result.unwrap(), b"{}");
        }
        for received in received {
            assert_eq!([received.recv().unwrap().1, received.recv().unwrap().1], [BODY.len(); 2]);
        }
    }
}

#[test]
fn sends_bodies_that_cannot_be_read_again_once() {
    let (servers, _received): (Vec<_>, Vec<_>) = (0..2).map(|_| serve(vec![busy(), ok(b"{}")])).unzip();
    for result in stream_both([servers[0], servers[1]], From::Reader(BODY)) {
        let error = result.unwrap_err();
        let service = error.as_service().unwrap();
        assert_eq!((service.status.as_u16(), service.attempts), (503, 1));
    }
}

#[test]
fn reports_sources_that_end_early() {
    let (servers, _received): (Vec<_>, Vec<_>) = (0..2).map(|_| serve(vec![ok(b"{}")])).unzip();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), BODY).unwrap();
    let short = |length| blocking::RequestBody::from_reader(BODY, Some(length));
    let client = blocking::Client::new(config(servers[0]), require_endpoint_url).unwrap();
    let read = ReadDynamic(protocol());
    let body = Some(short(BODY.len() as u64 + 1));
    let first = client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), body), &read).unwrap_err();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(servers[1]), require_endpoint_url).unwrap();
        let body = Some(asynchronous::RequestBody::from_reader(BODY, Some(BODY.len() as u64 + 1)));
        client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), body), &read).await.unwrap_err()
    });
    for error in [first, second] {
        let Error::Call(CallError::Transport(error)) = error else { panic!("{error}") };
        assert_eq!(error.kind, TransportErrorKind::RequestBody);
    }
}
