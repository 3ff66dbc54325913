//! Streams of events: malformed ones, signatures, and calls that are given up.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{START, VirtualClock, config};
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use bytes::Bytes;
use http::{Request, Response};
use whitesmith_client::asynchronous::{self, Body, EventInput};
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::{CallError, TransportError};
use whitesmith_client::{BoxFuture, Error, blocking};
use whitesmith_protocol::RestJson1;
use whitesmith_protocol::event_stream::{
    EventHeader, EventHeaderValue, EventMessage, EventReader, write_event, write_frame,
};
use whitesmith_schema::{
    EventUnion, HttpBinding, HttpTrait, Member, Operation, OperationTraits, ProtocolId, Schema, Service,
    TypedOperation, Value, WireTraits, prelude, to_value,
};

static NOTE: Schema = Schema::structure("example#Note", &[Member::new("text", &prelude::STRING)]);
static EVENTS: Schema = Schema::union("example#Events", &[Member::new("note", &NOTE)]).with_streaming();
static PAYLOAD: WireTraits = WireTraits::new().with_http(HttpBinding::Payload);
static STREAMING: Schema =
    Schema::structure("example#Streaming", &[Member::new("Stream", &EVENTS).with_wire(&PAYLOAD)]);
static TRAITS: OperationTraits =
    OperationTraits::new().with_http(HttpTrait { method: "POST", path: &[], query: &[], code: 200 });
static TALK: Operation = Operation::new("example#Talk", "Talk", &STREAMING, &STREAMING).with_traits(&TRAITS);
static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::RestJson1)
    .with_aws_names("Example", "example", "example");

#[derive(Clone, Default)]
struct Note {
    text: Option<String>,
}
whitesmith_schema::structure!(Note, NOTE, { optional text });

#[derive(Clone)]
enum Events {
    Note(Note),
    Unknown,
}
whitesmith_schema::union!(Events, EVENTS, { Note });

#[derive(Clone, Debug)]
enum NoError {}
whitesmith_schema::operation_error!(NoError, self, {});

impl EventUnion for Events {
    type Error = NoError;
}

#[derive(Clone, Default)]
struct Streaming {}
whitesmith_schema::structure!(Streaming, STREAMING, {});
impl whitesmith_schema::RequestId for Streaming {}

#[derive(Debug)]
struct Talk;
impl TypedOperation for Talk {
    type Input = Streaming;
    type Output = Streaming;
    type Error = NoError;
    const SERVICE: &'static Service = &SERVICE;
    const OPERATION: &'static Operation = &TALK;
}

fn note(text: &str) -> Events {
    Events::Note(Note { text: Some(text.to_owned()) })
}

fn message(event: &Events) -> EventMessage {
    let Value::Map(event) = to_value(event) else { panic!("a union is a map") };
    write_event::<RestJson1>(&EVENTS, &event).unwrap()
}

fn frame(text: &str) -> Vec<u8> {
    write_frame(&message(&note(text))).unwrap()
}

fn header(name: &'static str, value: EventHeaderValue) -> EventHeader {
    EventHeader::new(name, value)
}

fn text_header(name: &'static str, text: &'static str) -> EventHeader {
    header(name, EventHeaderValue::String(text.into()))
}

/// Receives what a response's body holds.
fn receive(body: Vec<u8>) -> Vec<Result<Events, Error<NoError>>> {
    let body = Bytes::from(body);
    let transport = move |_: Request<Bytes>, _: &AttemptLimits| Ok(Response::new(body.clone()));
    let config = config(&VirtualClock::default()).build();
    let client = blocking::Client::with_transport(config, require_endpoint_url, transport);
    client.receive_events::<RestJson1, Talk, Events>(&Streaming {}).unwrap().1.collect()
}

#[test]
fn malformed_events_are_errors_with_their_place() {
    let mut flipped = frame("b");
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let frame_of = |message: EventMessage| write_frame(&message).unwrap();
    let event = || EventMessage::new(&b"{}"[..]).add_header(text_header(":message-type", "event"));
    let cases = [
        (flipped, "message checksum"),
        (frame("b")[..20].to_vec(), "unexpected end of the stream"),
        (vec![255; 16], "4294967295 bytes exceed the limit of 25165824 bytes"),
        (vec![0; 16], "invalid length of 0 bytes"),
        (frame_of(EventMessage::new(&b""[..])), "missing header `:message-type`"),
        (frame_of(event()), "missing header `:event-type`"),
        (
            frame_of(EventMessage::new(&b""[..]).add_header(header(":message-type", EventHeaderValue::Bool(true)))),
            "header `:message-type`: expected string",
        ),
        (
            frame_of(EventMessage::new(&b""[..]).add_header(text_header(":message-type", "fact"))),
            "unknown message type `fact`",
        ),
        (
            frame_of(
                EventMessage::new(&b"{\"text\":1}"[..])
                    .add_header(text_header(":message-type", "event"))
                    .add_header(text_header(":event-type", "note")),
            ),
            "payload: member text: expected a string",
        ),
    ];
    for (malformed, reason) in cases {
        let place = frame("a").len();
        // What follows a malformed event is not read.
        let rest = if reason.contains("end of the stream") { Vec::new() } else { frame("c") };
        let received = receive([frame("a"), malformed, rest].concat());
        assert_eq!(received.len(), 2, "{reason}: {received:?}");
        assert_eq!(received[0].as_ref().unwrap(), &note("a"));
        let error = received[1].as_ref().unwrap_err();
        assert!(matches!(error, Error::Call(CallError::Event(_))), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("event at byte {place}: ")), "{text}");
        assert!(text.to_lowercase().contains(reason), "{text} lacks {reason}");
    }
}

#[test]
fn unknown_events_survive() {
    let unknown = EventMessage::new(&b"\xff"[..])
        .add_header(text_header(":message-type", "event"))
        .add_header(text_header(":event-type", "news"));
    let received = receive([write_frame(&unknown).unwrap(), frame("a")].concat());
    let received: Vec<_> = received.into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(received, [Events::Unknown, note("a")]);
}

#[test]
fn unknown_exceptions_have_code_and_message() {
    let exception = EventMessage::new(&br#"{"message":"no more"}"#[..])
        .add_header(text_header(":message-type", "exception"))
        .add_header(text_header(":exception-type", "Busy"));
    let received = receive(write_frame(&exception).unwrap());
    let error = received[0].as_ref().unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("Busy"), Some("no more")));
    assert!(error.kind().is_none());
}

/// Keeps the body of a request, and answers with nothing.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<u8>>>, Arc<Mutex<Option<http::HeaderMap>>>);

impl asynchronous::Transport for Recorder {
    fn send(
        &self,
        request: Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        assert_eq!((limits.read, limits.attempt), (None, None), "the caller decides when events come");
        Box::pin(async move {
            let (parts, mut body) = request.into_parts();
            *self.1.lock().unwrap() = Some(parts.headers);
            while let Some(piece) = body.next().await {
                self.0.lock().unwrap().extend_from_slice(&piece?);
            }
            Ok(Response::new(Body::default()))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn each_signature_covers_the_one_before() {
    let recorder = Recorder::default();
    let config = config(&VirtualClock::default()).build();
    let client = asynchronous::Client::with_transport(config, require_endpoint_url, recorder.clone());
    let sent = [note("a"), note("b")];
    let events = EventInput::from_events(sent.clone());
    block_on(client.send_events::<RestJson1, Talk, Events>(&Streaming {}, events)).unwrap();

    let headers = recorder.1.lock().unwrap().take().unwrap();
    assert_eq!(headers["x-amz-content-sha256"], "STREAMING-AWS4-HMAC-SHA256-EVENTS");
    assert_eq!(headers["content-type"], "application/vnd.amazon.eventstream");
    assert!(!headers.contains_key("content-length"));
    let authorization = headers["authorization"].to_str().unwrap();
    let mut last = authorization.split_once("Signature=").unwrap().1.to_owned();
    let identity = aws_credential_types::Credentials::new("AKID", "SECRET", None, None, "test").into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region("us-east-1")
        .name("example")
        .time(std::time::UNIX_EPOCH + START)
        .settings(())
        .build()
        .unwrap();
    let mut reader = EventReader::new(EventReader::DEFAULT_LIMIT);
    reader.push(&recorder.0.lock().unwrap());
    for event in &sent {
        let (expected, signature) = sign_message(&message(event), &last, &params).unwrap().into_parts();
        assert_eq!(reader.next_event().unwrap(), Some(expected));
        last = signature;
    }
    let end = sign_empty_message(&last, &params).unwrap().into_parts().0;
    assert_eq!(reader.next_event().unwrap(), Some(end));
    reader.finish().unwrap();
}

/// Accepts one connection, answers with a head and one event, and waits until the client closes the connection.
fn unending() -> (String, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, closed) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let event = frame("a");
        write!(stream, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n", event.len()).unwrap();
        stream.write_all(&event).unwrap();
        stream.write_all(b"\r\n").unwrap();
        while stream.read(&mut [0; 4096]).is_ok_and(|count| count > 0) {}
        sender.send(()).unwrap();
    });
    (url, closed)
}

#[test]
fn dropping_a_receiver_ends_the_call() {
    let (url, closed) = unending();
    let client =
        blocking::Client::new(config(&VirtualClock::default()).endpoint_url(url).build(), require_endpoint_url);
    let (_, mut events) = client.unwrap().receive_events::<RestJson1, Talk, Events>(&Streaming {}).unwrap();
    assert_eq!(events.next().unwrap().unwrap(), note("a"));
    drop(events);
    closed.recv_timeout(Duration::from_secs(10)).unwrap();

    let (url, closed) = unending();
    block_on(async {
        let config = config(&VirtualClock::default()).endpoint_url(url).build();
        let client = asynchronous::Client::new(config, require_endpoint_url).unwrap();
        let (sender, input) = EventInput::channel(1);
        let call = client.exchange_events::<RestJson1, Talk, Events, Events>(&Streaming {}, input);
        let (_, mut events) = call.await.unwrap();
        assert_eq!(events.recv().await.unwrap(), Some(note("a")));
        drop(events);
        let closed = tokio::task::spawn_blocking(move || closed.recv_timeout(Duration::from_secs(10)));
        closed.await.unwrap().unwrap();
        // The sender learns of it, too.
        for attempt in 0.. {
            if sender.send(note("b")).await.is_err() {
                break;
            }
            assert!(attempt < 100, "the sender goes on");
        }
    });
}

#[test]
fn streams_without_events_end() {
    assert!(receive(Vec::new()).is_empty());
}
