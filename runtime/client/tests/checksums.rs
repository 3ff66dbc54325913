//! One suite over both transports: checksums of requests and responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};

use whitesmith_client::config::Proxy;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::CallError;
use whitesmith_client::result::ReadDynamic;
use whitesmith_client::{Config, Credentials, Error, asynchronous, blocking};
use whitesmith_protocol::{DynamicProtocol, RestJson1, dynamic};
use whitesmith_schema::{
    ChecksumAlgorithm, HttpBinding, HttpChecksum, HttpTrait, Member, Operation, OperationTraits, PathSegment,
    ProtocolId, Schema, Service, ShapeType, Value, ValueMap, WireTraits, prelude,
};

static INPUT: Schema = Schema::structure(
    "e#Input",
    &[
        Member::new("Algorithm", &prelude::STRING)
            .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-amz-sdk-checksum-algorithm"))),
        Member::new("Mode", &prelude::STRING)
            .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-amz-checksum-mode"))),
        Member::new("Text", &prelude::STRING),
    ],
);
static STREAM_OF_BYTES: Schema = Schema::simple("e#Body", ShapeType::Blob).with_streaming();
static STREAMED: Schema = Schema::structure(
    "e#Streamed",
    &[Member::new("Body", &STREAM_OF_BYTES).with_wire(&WireTraits::new().with_http(HttpBinding::Payload))],
);
static TRAITS: OperationTraits = OperationTraits::new()
    .with_http(HttpTrait { method: "PUT", path: &[PathSegment::Literal("put")], query: &[], code: 200 })
    .with_checksum(HttpChecksum {
        required: false,
        default: ChecksumAlgorithm::Crc32,
        algorithm_member: Some("Algorithm"),
        validation_member: Some("Mode"),
        response_algorithms: &[ChecksumAlgorithm::Crc32],
    });
static PUT: Operation = Operation::new("e#Put", "Put", &INPUT, &INPUT).with_traits(&TRAITS);
static STREAM: Operation = Operation::new("e#Stream", "Stream", &INPUT, &STREAMED).with_traits(&TRAITS);
static SERVICE: Service = Service::new("e#Service", "Service", "2026-01-01", ProtocolId::RestJson1)
    .with_aws_names("Service", "service", "service");

fn protocol() -> &'static dyn DynamicProtocol {
    dynamic::<RestJson1>()
}

/// A request: the lines of its head, and its body.
type Received = (Vec<String>, Vec<u8>);

/// Answers one request with a checksum.
fn serve(checksum: &str, body: &str) -> (SocketAddr, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, received) = channel();
    let head = format!("HTTP/1.1 200 OK\r\nx-amz-checksum-crc32: {checksum}\r\ncontent-length: {}\r\n\r\n", body.len());
    let response = head + body;
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let head: Vec<String> =
            reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap();
        let mut body = Vec::new();
        reader.take(length).read_to_end(&mut body).unwrap();
        sender.send((head, body)).unwrap();
        stream.write_all(response.as_bytes()).unwrap();
    });
    (address, received)
}

fn config(address: SocketAddr) -> Config {
    Config::builder()
        .endpoint_url(format!("http://{address}"))
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "SECRET", None))
        .proxy(Proxy::None)
        .build()
}

fn input() -> ValueMap {
    [("Text", Value::from("hello"))].into_iter().collect()
}

/// Makes one call over each transport.
fn call_both(addresses: [SocketAddr; 2]) -> [Result<Value, Error<Value>>; 2] {
    let client = blocking::Client::new(config(addresses[0]), require_endpoint_url).unwrap();
    let first = client.call_dynamic(protocol(), &SERVICE, &PUT, &input());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(addresses[1]), require_endpoint_url).unwrap();
        client.call_dynamic(protocol(), &SERVICE, &PUT, &input()).await
    });
    [first, second]
}

fn servers(checksum: &str, body: &str) -> ([SocketAddr; 2], [Receiver<Received>; 2]) {
    let (one, first) = serve(checksum, body);
    let (other, second) = serve(checksum, body);
    ([one, other], [first, second])
}

#[test]
fn bodies_in_memory_have_their_checksum_in_a_header() {
    // CRC32 of `{"Text":"back"}`.
    let (addresses, received) = servers("BKEZbw==", r#"{"Text":"back"}"#);
    for result in call_both(addresses) {
        assert_eq!(result.unwrap().as_map().unwrap().get("Text"), Some(&Value::from("back")));
    }
    for received in received {
        let (head, body) = received.recv().unwrap();
        assert_eq!(body, br#"{"Text":"hello"}"#);
        for line in
            ["x-amz-checksum-crc32: RLjS5A==", "x-amz-sdk-checksum-algorithm: CRC32", "x-amz-checksum-mode: ENABLED"]
        {
            assert!(head.iter().any(|found| found == line), "{line}: {head:?}");
        }
    }
}

#[test]
fn a_response_that_does_not_match_its_checksum_is_an_error() {
    let (addresses, _received) = servers("AAAAAA==", r#"{"Text":"back"}"#);
    for result in call_both(addresses) {
        assert!(matches!(result, Err(Error::Call(CallError::Checksum(_)))), "{result:?}");
    }
}

const BODY: &[u8] = &[7; 100_000];

/// The checksum of what the servers send.
const BACK: &str = "BKEZbw==";

/// Streams a request and its response over each transport; returns how many bytes came.
fn stream_both(checksum: &str) -> ([Receiver<Received>; 2], [Result<usize, String>; 2]) {
    let (addresses, received) = servers(checksum, r#"{"Text":"back"}"#);
    let read = ReadDynamic(protocol());
    let client = blocking::Client::new(config(addresses[0]), require_endpoint_url).unwrap();
    let body = blocking::RequestBody::from_reader(BODY, Some(BODY.len() as u64));
    let (_, mut downloaded) =
        client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), Some(body)), &read).unwrap();
    let first = downloaded.read_to_end(&mut Vec::new()).map_err(|error| error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::new(config(addresses[1]), require_endpoint_url).unwrap();
        let body = asynchronous::RequestBody::from_reader(BODY, Some(BODY.len() as u64));
        let input = input();
        let call = client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input, Some(body)), &read);
        call.await.unwrap().1.collect(1000).await.map(|bytes| bytes.len()).map_err(|error| error.to_string())
    });
    (received, [first, second])
}

/// Takes the signatures out of a body in chunks; returns how many there were.
fn without_signatures(body: &[u8]) -> (Vec<u8>, usize) {
    let mut plain = Vec::new();
    let mut signatures = 0;
    let mut rest = body;
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let (line, after) = (&rest[..end], &rest[end + 2..]);
        let text = String::from_utf8_lossy(line);
        let size = text.split_once(";chunk-signature=").map(|(size, signature)| {
            assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()), "{signature}");
            signatures += 1;
            size.to_owned()
        });
        match size {
            Some(size) => {
                let length = usize::from_str_radix(&size, 16).unwrap();
                plain.extend_from_slice(format!("{size}\r\n").as_bytes());
                let (chunk, after) = after.split_at(length);
                plain.extend_from_slice(chunk);
                rest = after;
                if length > 0 {
                    plain.extend_from_slice(b"\r\n");
                    rest = &after[2..];
                }
            }
            None if text.starts_with("x-amz-trailer-signature:") => {
                signatures += 1;
                rest = after;
            }
            None => {
                plain.extend_from_slice(&rest[..end + 2]);
                rest = after;
            }
        }
    }
    (plain, signatures)
}

#[test]
fn streams_that_are_read_once_have_signed_chunks_and_their_checksum_behind_them() {
    let (received, downloaded) = stream_both(BACK);
    assert_eq!(downloaded, [Ok(15), Ok(15)]);
    let mut encoded = b"10000\r\n".to_vec();
    encoded.extend_from_slice(&BODY[..0x10000]);
    encoded.extend_from_slice(b"\r\n86a0\r\n");
    encoded.extend_from_slice(&BODY[0x10000..]);
    encoded.extend_from_slice(b"\r\n0\r\nx-amz-checksum-crc32:O3HfiA==\r\n\r\n");
    for received in received {
        let (head, body) = received.recv().unwrap();
        let (plain, signatures) = without_signatures(&body);
        assert!(plain == encoded, "{} bytes", plain.len());
        assert_eq!(signatures, 4);
        for line in [
            "content-encoding: aws-chunked",
            "x-amz-trailer: x-amz-checksum-crc32",
            "x-amz-decoded-content-length: 100000",
            "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        ] {
            assert!(head.iter().any(|found| found == line), "{line}: {head:?}");
        }
    }
}

#[test]
fn streams_that_can_be_read_twice_are_hashed_first() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), BODY).unwrap();
    for from_file in [false, true] {
        let (addresses, received) = servers(BACK, r#"{"Text":"back"}"#);
        let read = ReadDynamic(protocol());
        let client = blocking::Client::new(config(addresses[0]), require_endpoint_url).unwrap();
        let body = match from_file {
            true => blocking::RequestBody::from_path(file.path()).unwrap(),
            false => BODY.into(),
        };
        client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input(), Some(body)), &read).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = asynchronous::Client::new(config(addresses[1]), require_endpoint_url).unwrap();
            let body = match from_file {
                true => asynchronous::RequestBody::from_path(file.path()).await.unwrap(),
                false => BODY.into(),
            };
            let input = input();
            client.call_streaming_with(protocol(), &SERVICE, &STREAM, (&input, Some(body)), &read).await.unwrap();
        });
        for received in received {
            let (head, body) = received.recv().unwrap();
            assert!(body == BODY, "{} bytes", body.len());
            for line in [
                "x-amz-checksum-crc32: O3HfiA==",
                // `sha256sum` of the body.
                "x-amz-content-sha256: 2c4b101169bf328cd4a882e640a8b57eb3acf76518b3d105869905cf629e791c",
                "content-length: 100000",
            ] {
                assert!(head.iter().any(|found| found == line), "{line}: {head:?}");
            }
        }
    }
}

#[test]
fn a_stream_that_does_not_match_its_checksum_ends_in_an_error() {
    let (_received, downloaded) = stream_both("AAAAAA==");
    for result in downloaded {
        assert_eq!(result.unwrap_err(), "response does not match its checksum");
    }
}
