//! One suite over every protocol with events: both clients against the mock.

mod service;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::json;
use whitesmith_client::asynchronous::{EventInput, EventReceiver};
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::{Config, Credentials, Error, asynchronous, blocking};
use whitesmith_mock::protocols::event_stream::{EventHeader, EventHeaderValue, EventMessage, write_frame};
use whitesmith_mock::{Definition, Server, ServerBuilder, event_protocol, protocols};
use whitesmith_schema::{Closure, Operation, Service, TypedOperation};

use service::{
    AnyError, Detail, Events, EventsError, Gone, Plain, Refused, SEND, Streaming, TALK, WATCH, data, detail, text,
};

fn config(server: &Server) -> Config {
    Config::builder()
        .endpoint_url(server.url())
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "SECRET", None))
        .build()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

async fn collect(events: &mut EventReceiver<Events>) -> (Vec<Events>, Option<Error<EventsError>>) {
    let mut received = Vec::new();
    loop {
        match events.recv().await {
            Ok(Some(event)) => received.push(event),
            Ok(None) => return (received, None),
            Err(error) => {
                assert!(matches!(events.recv().await, Ok(None)), "nothing follows an error");
                return (received, Some(error));
            }
        }
    }
}

/// An operation of the service `SERVICE` where the macro is used.
macro_rules! operation {
    ($name:ident, $operation:ident, $input:ident, $output:ident) => {
        #[derive(Debug)]
        struct $name;
        impl TypedOperation for $name {
            type Input = $input;
            type Output = $output;
            type Error = AnyError;
            const SERVICE: &'static Service = &SERVICE;
            const OPERATION: &'static Operation = &$operation;
        }
    };
}

macro_rules! suite {
    ($module:ident, $protocol:ident) => {
        mod $module {
            use super::*;
            use protocols::$protocol as Wire;

            static SERVICE: Service = Service::new(
                "example#Example",
                "Example",
                "2024-01-01",
                <Wire as protocols::Protocol>::ID,
            )
            .with_aws_names("Example", "example", "example");
            static CLOSURE: Closure = Closure::new(&SERVICE, &[&SEND, &TALK, &WATCH]);

            operation!(Watch, WATCH, Plain, Streaming);
            operation!(Send, SEND, Streaming, Plain);
            operation!(Talk, TALK, Streaming, Streaming);

            pub(super) fn server() -> Server {
                server_with("")
            }

            fn server_with(behaviour: &'static str) -> Server {
                let definition = Definition {
                    closure: &CLOSURE,
                    protocol: event_protocol::<Wire>(),
                    behaviour,
                    examples: &[],
                    name: "example-mock",
                    version: "1.0.0",
                };
                ServerBuilder::new(definition).start().unwrap()
            }

            fn topic() -> Option<String> {
                Some("topic".to_owned())
            }

            #[test]
            fn both_clients_receive_events() {
                let server = server();
                let sent = || [text("a"), data(), detail()];
                server
                    .expect::<Watch>()
                    .with(&Plain { topic: topic() })
                    .times(2)
                    .respond_events(Streaming { topic: topic() }, sent().map(Ok));
                let input = Plain { topic: topic() };
                let client = blocking::Client::new(config(&server), require_endpoint_url).unwrap();
                let (output, events) = client.receive_events::<Wire, Watch, Events>(&input).unwrap();
                assert_eq!(output.topic, topic());
                assert_eq!(events.collect::<Result<Vec<_>, _>>().unwrap(), sent());
                block_on(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let call = client.receive_events::<Wire, Watch, Events>(&input);
                    let (output, mut events) = call.await.unwrap();
                    assert_eq!(output.topic, topic());
                    let (received, error) = collect(&mut events).await;
                    assert!(error.is_none(), "{error:?}");
                    assert_eq!(received, sent());
                });
                server.verify().unwrap();
            }

            #[test]
            fn errors_end_streams() {
                let server = server();
                let gone = EventsError::Gone(Gone { message: Some("over".to_owned()) });
                let events = [Ok(text("a")), Err(gone.clone()), Ok(text("b"))];
                server.expect::<Watch>().times(2).respond_events(Streaming::default(), events);
                let unmodeled = json!({"operation": "Watch", "respond": {"output": {"Stream": [
                    {"note": {"Text": "a"}},
                    {":error": {"code": "InternalError", "message": "failed"}},
                ]}}});
                server.script(&json!({ "expectations": [unmodeled] }).to_string()).unwrap();
                let client = blocking::Client::new(config(&server), require_endpoint_url).unwrap();
                let receive = || client.receive_events::<Wire, Watch, Events>(&Plain::default()).unwrap().1;
                let modeled: Vec<_> = receive().collect();
                assert_eq!(modeled.len(), 2);
                let error = modeled.into_iter().nth(1).unwrap().unwrap_err();
                assert_eq!(error.kind(), Some(&gone));
                assert_eq!((error.code(), error.message()), (Some("Gone"), Some("over")));
                assert!(error.is_retryable() && error.is_throttling());
                block_on(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let input = Plain::default();
                    let mut events = client.receive_events::<Wire, Watch, Events>(&input).await.unwrap().1;
                    let (received, error) = collect(&mut events).await;
                    assert_eq!(received, [text("a")]);
                    assert_eq!(error.unwrap().kind(), Some(&gone));
                });
                let unmodeled: Vec<_> = receive().collect();
                assert_eq!(unmodeled.len(), 2);
                let error = unmodeled.into_iter().nth(1).unwrap().unwrap_err();
                assert_eq!((error.code(), error.message()), (Some("InternalError"), Some("failed")));
                assert!(error.kind().is_none());
            }

            #[test]
            fn calls_are_refused_before_their_streams() {
                let server = server();
                server.expect::<Watch>().fail(Refused { message: Some("no".to_owned()) });
                let client = blocking::Client::new(config(&server), require_endpoint_url).unwrap();
                let error = client.receive_events::<Wire, Watch, Events>(&Plain::default()).unwrap_err();
                assert!(matches!(error.kind(), Some(AnyError::Refused(_))), "{error:?}");
            }

            #[test]
            fn events_are_sent_signed() {
                let server = server();
                let input = Streaming { topic: topic() };
                let sent = || [text("a"), data(), detail()];
                block_on(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    client.send_events::<Wire, Send, Events>(&input, EventInput::from_events(sent())).await.unwrap();
                });
                let requests = server.requests::<Send>();
                assert_eq!(requests[0].input, input);
                assert_eq!(requests[0].events::<Events>(), sent());
            }

            #[test]
            fn events_go_both_ways() {
                let server = server();
                server.expect::<Talk>().respond_events(Streaming { topic: topic() }, [Ok(text("answer"))]);
                block_on(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let (sender, input) = EventInput::channel(1);
                    let sending = async move {
                        sender.send(text("a")).await.unwrap();
                        sender.send(data()).await.unwrap();
                    };
                    tokio::task::LocalSet::new()
                        .run_until(async {
                            tokio::task::spawn_local(sending);
                            let none = Streaming::default();
                            let call = client.exchange_events::<Wire, Talk, Events, Events>(&none, input);
                            let (output, mut events) = call.await.unwrap();
                            assert_eq!(output.topic, topic());
                            assert_eq!(collect(&mut events).await.0, [text("answer")]);
                        })
                        .await;
                });
                assert_eq!(server.requests::<Talk>()[0].events::<Events>(), [text("a"), data()]);
            }

            #[test]
            fn events_are_answered_as_they_come() {
                let server = server();
                server.expect::<Talk>().times(1).respond_to_events(
                    Streaming { topic: topic() },
                    |event: Option<Events>| match event {
                        Some(Events::Note(note)) => vec![Ok(text(&format!("{}?", note.text.unwrap_or_default())))],
                        Some(_) => vec![Err(EventsError::Gone(Gone::default()))],
                        None => vec![Ok(text("end"))],
                    },
                );
                let described = json!({"operation": "Talk", "respond": {"exchange": {"replies": [
                    {"when": {"note": {"Text": "a"}}, "events": [{"note": {"Text": "b"}}]},
                    {"events": [{":error": {"code": "Tired", "message": "enough"}}]},
                ]}}});
                server.script(&json!({ "expectations": [described] }).to_string()).unwrap();
                block_on(tokio::task::LocalSet::new().run_until(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let none = Streaming::default();
                    let (sender, input) = EventInput::channel(1);
                    let call = client.exchange_events::<Wire, Talk, Events, Events>(&none, input);
                    let (output, mut events) = call.await.unwrap();
                    assert_eq!(output.topic, topic());
                    for word in ["a", "b"] {
                        sender.send(text(word)).await.unwrap();
                        assert_eq!(events.recv().await.unwrap(), Some(text(&format!("{word}?"))));
                    }
                    drop(sender);
                    assert_eq!(collect(&mut events).await.0, [text("end")]);

                    let (sender, input) = EventInput::channel(1);
                    let call = client.exchange_events::<Wire, Talk, Events, Events>(&none, input);
                    let (_, mut events) = call.await.unwrap();
                    sender.send(text("a")).await.unwrap();
                    assert!(matches!(events.recv().await.unwrap(), Some(Events::Note(note)) if note.text.as_deref() == Some("b")));
                    sender.send(data()).await.unwrap();
                    assert_eq!(events.recv().await.unwrap_err().code(), Some("Tired"));
                }));
                // The journal has the exchange once its body is gone.
                let journalled = || server.requests::<Talk>().first().map(|request| request.events::<Events>());
                for _ in 0..100 {
                    if journalled() == Some(vec![text("a"), text("b")]) {
                        break;
                    }
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                assert_eq!(journalled(), Some(vec![text("a"), text("b")]));
                server.verify().unwrap();
            }

            #[test]
            fn invalid_events_end_an_exchange() {
                let server = server();
                server
                    .expect::<Talk>()
                    .respond_to_events(Streaming::default(), |event: Option<Events>| event.map(Ok::<Events, EventsError>));
                block_on(tokio::task::LocalSet::new().run_until(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let none = Streaming::default();
                    let (sender, input) = EventInput::channel(1);
                    let call = client.exchange_events::<Wire, Talk, Events, Events>(&none, input);
                    let (_, mut events) = call.await.unwrap();
                    sender.send(detail()).await.unwrap();
                    assert_eq!(events.recv().await.unwrap(), Some(detail()));
                    let long = Events::Detail(Detail { name: Some("too long".to_owned()), ..Detail::default() });
                    sender.send(long).await.unwrap();
                    assert_eq!(events.recv().await.unwrap_err().code(), Some("ValidationException"));
                }));
            }

            #[test]
            fn events_are_validated() {
                let server = server();
                let long = Events::Detail(Detail { name: Some("too long".to_owned()), ..Detail::default() });
                let error = block_on(async {
                    let client = asynchronous::Client::new(config(&server), require_endpoint_url).unwrap();
                    let events = EventInput::from_events([long]);
                    client.send_events::<Wire, Send, Events>(&Streaming::default(), events).await.unwrap_err()
                });
                assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
                assert!(error.to_string().contains("Validation"), "{error}");
            }

            #[test]
            fn a_behaviour_file_gives_the_events() {
                let server = server_with(
                    r#"operations.Watch.stream = [{ note = { Level = 7, Text = "a" } }, { ":error" = { code = "Late" } }]"#,
                );
                let client = blocking::Client::new(config(&server), require_endpoint_url).unwrap();
                let (_, mut events) = client.receive_events::<Wire, Watch, Events>(&Plain::default()).unwrap();
                assert_eq!(events.next().unwrap().unwrap(), text("a"));
                assert_eq!(events.next().unwrap().unwrap_err().code(), Some("Late"));
                assert!(events.next().is_none());
            }

            #[test]
            fn samples_have_each_event_once() {
                let server = server();
                let client = blocking::Client::new(config(&server), require_endpoint_url).unwrap();
                let (_, events) = client.receive_events::<Wire, Watch, Events>(&Plain::default()).unwrap();
                let events: Vec<_> = events.collect::<Result<_, _>>().unwrap();
                assert!(matches!(events[..], [Events::Note(_), Events::Data(_), Events::Detail(_)]), "{events:?}");
            }
        }
    };
}

suite!(aws_json, AwsJson1_0);
suite!(rest_json, RestJson1);
suite!(rest_xml, RestXml);
suite!(rpc_v2_cbor, RpcV2Cbor);

/// Sends a body of events to the operation without events in its output, and returns the response's text.
fn send(server: &Server, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /send HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: application/vnd.amazon.eventstream\r\n\r\n"
    )
    .unwrap();
    stream.write_all(body).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn malformed_events_are_refused_with_their_place() {
    let header = |name: &'static str, text: &'static str| EventHeader::new(name, EventHeaderValue::String(text.into()));
    let event = |name| {
        let message = EventMessage::new(&b"{}"[..]).add_header(header(":message-type", "event"));
        write_frame(&message.add_header(header(":event-type", name))).unwrap()
    };
    let good = event("detail");
    let mut flipped = good.clone();
    flipped[20] ^= 1;
    let server = rest_json::server();
    assert!(send(&server, &good).starts_with("HTTP/1.1 200"));
    let cases = [
        (flipped, format!("event at byte {}: ", good.len())),
        (good[..20].to_vec(), format!("event at byte {}: unexpected end of the stream", good.len())),
        (vec![255; 64], format!("event at byte {}: 4294967295 bytes exceed the limit", good.len())),
        (event("news"), "unknown event `news`".to_owned()),
        (
            write_frame(&EventMessage::new(&b""[..])).unwrap(),
            format!("event at byte {}: missing header `:message-type`", good.len()),
        ),
    ];
    for (malformed, reason) in cases {
        let response = send(&server, &[good.clone(), malformed].concat());
        assert!(response.starts_with("HTTP/1.1 400") && response.contains(&reason), "{reason}: {response}");
    }
}
