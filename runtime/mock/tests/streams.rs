//! Bodies of bytes: both clients against the mock of a service that stores them.

use std::io::Read as _;

use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::{Config, Credentials, asynchronous, blocking};
use whitesmith_mock::{Definition, Server, ServerBuilder, protocol, protocols::RestXml};
use whitesmith_schema::{
    Blob, Closure, ErrorTrait, Fault, HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment,
    ProtocolId, Schema, Service, ShapeType, TypedOperation, WireTraits, prelude,
};

static BODY: Schema = Schema::simple("example#Body", ShapeType::Blob).with_streaming();
static LABEL: WireTraits = WireTraits::new().with_http(HttpBinding::Label);
static PAYLOAD: WireTraits = WireTraits::new().with_http(HttpBinding::Payload);
static TAG: WireTraits = WireTraits::new().with_http(HttpBinding::Header("etag"));
static PUT_INPUT: Schema = Schema::structure(
    "example#PutInput",
    &[
        Member::new("Key", &prelude::STRING).with_required().with_wire(&LABEL),
        Member::new("Body", &BODY).with_wire(&PAYLOAD),
    ],
);
static PUT_OUTPUT: Schema =
    Schema::structure("example#PutOutput", &[Member::new("Tag", &prelude::STRING).with_wire(&TAG)]);
static GET_INPUT: Schema =
    Schema::structure("example#GetInput", &[Member::new("Key", &prelude::STRING).with_required().with_wire(&LABEL)]);
static GET_OUTPUT: Schema = Schema::structure(
    "example#GetOutput",
    &[Member::new("Tag", &prelude::STRING).with_wire(&TAG), Member::new("Body", &BODY).with_wire(&PAYLOAD)],
);
static NO_KEY: Schema = Schema::structure("example#NoSuchKey", &[Member::new("message", &prelude::STRING)])
    .with_error(&ErrorTrait { fault: Fault::Client, status: 404, retryable: None, query_code: None });
static PATH: &[PathSegment] = &[PathSegment::Greedy("Key")];
static PUT_TRAITS: OperationTraits =
    OperationTraits::new().with_http(HttpTrait { method: "PUT", path: PATH, query: &[], code: 200 });
static GET_TRAITS: OperationTraits =
    OperationTraits::new().with_http(HttpTrait { method: "GET", path: PATH, query: &[], code: 200 });
static PUT: Operation = Operation::new("example#Put", "Put", &PUT_INPUT, &PUT_OUTPUT).with_traits(&PUT_TRAITS);
static GET: Operation =
    Operation::new("example#Get", "Get", &GET_INPUT, &GET_OUTPUT).with_errors(&[&NO_KEY]).with_traits(&GET_TRAITS);
static SERVICE: Service = Service::new("example#Storage", "Storage", "2024-01-01", ProtocolId::RestXml)
    .with_aws_names("Storage", "storage", "storage");
static CLOSURE: Closure = Closure::new(&SERVICE, &[&GET, &PUT]);

#[derive(Clone)]
struct PutInput {
    key: String,
    body: Option<Blob>,
}
whitesmith_schema::structure!(PutInput, PUT_INPUT, { required key, optional body });

#[derive(Clone, Default)]
struct PutOutput {
    tag: Option<String>,
}
whitesmith_schema::structure!(PutOutput, PUT_OUTPUT, { optional tag });
impl whitesmith_schema::RequestId for PutOutput {}

#[derive(Clone)]
struct GetInput {
    key: String,
}
whitesmith_schema::structure!(GetInput, GET_INPUT, { required key });

#[derive(Clone, Default)]
struct GetOutput {
    tag: Option<String>,
    body: Option<Blob>,
}
whitesmith_schema::structure!(GetOutput, GET_OUTPUT, { optional tag, optional body });
impl whitesmith_schema::RequestId for GetOutput {}

#[derive(Clone, Default)]
struct NoSuchKey {
    message: Option<String>,
}
whitesmith_schema::structure!(NoSuchKey, NO_KEY, { optional message });
whitesmith_schema::error!(NoSuchKey, { optional message });

#[derive(Clone, Debug, PartialEq)]
enum GetError {
    NoSuchKey(NoSuchKey),
}
whitesmith_schema::operation_error!(GetError, self, { NoSuchKey });

#[derive(Clone, Debug, PartialEq)]
enum PutError {}
whitesmith_schema::operation_error!(PutError, self, {});

#[derive(Debug)]
struct Put;
impl TypedOperation for Put {
    type Input = PutInput;
    type Output = PutOutput;
    type Error = PutError;
    const SERVICE: &'static Service = &SERVICE;
    const OPERATION: &'static Operation = &PUT;
}

#[derive(Debug)]
struct Get;
impl TypedOperation for Get {
    type Input = GetInput;
    type Output = GetOutput;
    type Error = GetError;
    const SERVICE: &'static Service = &SERVICE;
    const OPERATION: &'static Operation = &GET;
}

fn server() -> (Server, Config) {
    let definition = Definition {
        closure: &CLOSURE,
        protocol: protocol::<RestXml>(),
        behaviour: "",
        examples: &[],
        name: "storage-mock",
        version: "1.0.0",
    };
    let server = ServerBuilder::new(definition).start().unwrap();
    let config = Config::builder()
        .endpoint_url(server.url())
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "SECRET", None))
        .build();
    (server, config)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// More than one piece of a body, and no more than the journal keeps.
fn content() -> Vec<u8> {
    (0..10_000_u32).flat_map(u32::to_be_bytes).collect()
}

fn put_input() -> PutInput {
    PutInput { key: "a/b".to_owned(), body: None }
}

#[test]
fn bytes_files_and_readers_are_sent() {
    let (server, config) = server();
    let path = std::env::temp_dir().join(format!("whitesmith-streams-{}", std::process::id()));
    std::fs::write(&path, content()).unwrap();
    let first = blocking::Client::new(config.clone(), require_endpoint_url).unwrap();
    let bodies = [
        content().into(),
        blocking::RequestBody::from_path(&path).unwrap(),
        blocking::RequestBody::from_reader(std::io::Cursor::new(content()), None),
    ];
    for body in bodies {
        first.call_streaming::<RestXml, Put>(&put_input(), Some(body)).unwrap();
    }
    block_on(async {
        let second = asynchronous::Client::new(config, require_endpoint_url).unwrap();
        let bodies = [
            content().into(),
            asynchronous::RequestBody::from_path(&path).await.unwrap(),
            asynchronous::RequestBody::from_reader(std::io::Cursor::new(content()), None),
        ];
        for body in bodies {
            second.call_streaming::<RestXml, Put>(&put_input(), Some(body)).await.unwrap();
        }
    });
    std::fs::remove_file(&path).unwrap();
    let requests = server.requests::<Put>();
    assert_eq!(requests.len(), 6);
    for request in requests {
        assert_eq!(request.input.key, "a/b");
        assert!(request.input.body.is_some_and(|body| body.0 == content()));
    }
}

#[test]
fn outputs_come_beside_their_bodies() {
    let (server, config) = server();
    let output = GetOutput { tag: Some("tag".to_owned()), body: Some(Blob(content())) };
    server.expect::<Get>().times(2).respond(output);
    let input = GetInput { key: "a/b".to_owned() };
    let first = blocking::Client::new(config.clone(), require_endpoint_url).unwrap();
    let (output, mut body) = first.call_streaming::<RestXml, Get>(&input, None).unwrap();
    assert_eq!(output, GetOutput { tag: Some("tag".to_owned()), body: None });
    let mut received = Vec::new();
    body.read_to_end(&mut received).unwrap();
    assert!(received == content());
    block_on(async {
        let second = asynchronous::Client::new(config, require_endpoint_url).unwrap();
        let (output, mut body) = second.call_streaming::<RestXml, Get>(&input, None).await.unwrap();
        assert_eq!(output.tag.as_deref(), Some("tag"));
        let mut received = Vec::new();
        while let Some(piece) = body.next().await {
            received.extend_from_slice(&piece.unwrap());
        }
        assert!(received == content());
    });
    server.verify().unwrap();
}

#[test]
fn errors_come_in_place_of_bodies() {
    let (server, config) = server();
    server.expect::<Get>().fail(NoSuchKey { message: Some("no".to_owned()) });
    let client = blocking::Client::new(config, require_endpoint_url).unwrap();
    let error = client.call_streaming::<RestXml, Get>(&GetInput { key: "a".to_owned() }, None).unwrap_err();
    assert_eq!(error.kind(), Some(&GetError::NoSuchKey(NoSuchKey { message: Some("no".to_owned()) })));
}

#[test]
fn outputs_without_bodies_are_read_whole() {
    let (server, config) = server();
    server.expect::<Put>().respond(PutOutput { tag: Some("tag".to_owned()) });
    let client = blocking::Client::new(config, require_endpoint_url).unwrap();
    let (output, body) = client.call_streaming::<RestXml, Put>(&put_input(), Some("x".into())).unwrap();
    assert_eq!(output.tag.as_deref(), Some("tag"));
    assert_eq!(body.length(), Some(0));
}
