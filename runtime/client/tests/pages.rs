//! Pages and items over both clients.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{VirtualClock, config};
use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response, StatusCode};
use whitesmith_client::asynchronous::{self, Body};
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::TransportError;
use whitesmith_client::{BoxFuture, blocking};
use whitesmith_protocol::AwsJson1_0;
use whitesmith_schema::{
    Member, Operation, OperationTraits, Pagination, ProtocolId, Schema, Service, TypedOperation, prelude,
};

static NAMES: Schema = Schema::list("example#Names", &[Member::new("member", &prelude::STRING)]);
static INPUT: Schema = Schema::structure("example#ListInput", &[Member::new("Token", &prelude::STRING)]);
static OUTPUT: Schema =
    Schema::structure("example#ListOutput", &[Member::new("Names", &NAMES), Member::new("Next", &prelude::STRING)]);
static TRAITS: OperationTraits = OperationTraits::new().with_pagination(Pagination {
    input_token: "Token",
    output_token: "Next",
    items: Some("Names"),
    page_size: None,
});
static LIST: Operation = Operation::new("example#List", "List", &INPUT, &OUTPUT).with_traits(&TRAITS);
static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0)
    .with_aws_names("Example", "example", "example");

#[derive(Clone, Default)]
struct ListInput {
    token: Option<String>,
}
whitesmith_schema::structure!(ListInput, INPUT, { optional token });

#[derive(Clone, Default)]
struct ListOutput {
    names: Option<Vec<String>>,
    next: Option<String>,
}
whitesmith_schema::structure!(ListOutput, OUTPUT, { optional names, optional next });
impl whitesmith_schema::RequestId for ListOutput {}

#[derive(Clone, Debug)]
enum NoError {}
whitesmith_schema::operation_error!(NoError, self, {});

#[derive(Debug)]
struct List;
impl TypedOperation for List {
    type Input = ListInput;
    type Output = ListOutput;
    type Error = NoError;
    const SERVICE: &'static Service = &SERVICE;
    const OPERATION: &'static Operation = &LIST;
}

/// Answers with these bodies in turn, and then with errors.
#[derive(Clone)]
struct Script(&'static [&'static str], Arc<AtomicUsize>);

impl Script {
    fn new(bodies: &'static [&'static str]) -> Self {
        Self(bodies, Arc::default())
    }

    fn answer<B: From<Bytes>>(&self) -> Response<B> {
        let body = self.0.get(self.1.fetch_add(1, Ordering::Relaxed));
        let mut response = Response::new(Bytes::from(body.copied().unwrap_or("{}")).into());
        *response.status_mut() = if body.is_some() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        response
    }
}

impl asynchronous::Transport for Script {
    fn send(&self, _: Request<Body>, _: AttemptLimits) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.answer()) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// Collects the items over each client; an error is `None`.
fn items_of_both(bodies: &'static [&'static str]) -> [Vec<Option<String>>; 2] {
    let names = |page: ListOutput| page.names.unwrap_or_default();
    let config = config(&VirtualClock::default()).build();
    let script = Script::new(bodies);
    let transport = move |_: Request<Bytes>, _: &AttemptLimits| Ok(script.answer());
    let client = blocking::Client::with_transport(config.clone(), require_endpoint_url, transport);
    let pages = client.pages::<AwsJson1_0, List>(&ListInput::default()).unwrap();
    let first = pages.items(names).map(Result::ok).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let second = runtime.block_on(async {
        let client = asynchronous::Client::with_transport(config, require_endpoint_url, Script::new(bodies));
        let pages = client.pages::<AwsJson1_0, List>(&ListInput::default()).unwrap();
        let mut items = pin!(pages.items(names));
        let mut all = Vec::new();
        while let Some(item) = poll_fn(|context| items.as_mut().poll_next(context)).await {
            all.push(item.ok());
        }
        all
    });
    [first, second]
}

#[test]
fn items_come_from_all_pages() {
    let pages = &[r#"{"Names":["a","b"],"Next":"1"}"#, r#"{"Names":[],"Next":"2"}"#, r#"{"Names":["c"]}"#];
    for items in items_of_both(pages) {
        assert_eq!(items, ["a", "b", "c"].map(|name| Some(name.to_owned())));
    }
}

#[test]
fn an_error_ends_the_items() {
    for items in items_of_both(&[r#"{"Names":["a"],"Next":"1"}"#]) {
        assert_eq!(items, [Some("a".to_owned()), None]);
    }
}

#[test]
fn pages_are_a_stream() {
    let config = config(&VirtualClock::default()).build();
    let script = Script::new(&[r#"{"Names":["a"],"Next":"1"}"#, r#"{"Names":["b"]}"#]);
    let client = asynchronous::Client::with_transport(config, require_endpoint_url, script);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let pages = runtime.block_on(async {
        let mut pages = client.pages::<AwsJson1_0, List>(&ListInput::default()).unwrap().into_stream();
        let mut all = Vec::new();
        while let Some(page) = poll_fn(|context| pin!(&mut pages).poll_next(context)).await {
            all.push(page.unwrap().names.unwrap());
        }
        all
    });
    assert_eq!(pages, [["a"], ["b"]]);
}
