//! Transfers of a gibibyte over loopback, by the asynchronous client and by hyper alone.

use std::pin::Pin;
use std::task::{Context, Poll};

use anyhow::Context as _;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Body, Frame, SizeHint};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use whitesmith_client::asynchronous::{self, RequestBody};
use whitesmith_client::config::Proxy;
use whitesmith_client::endpoint::require_endpoint_url;
use whitesmith_client::error::TransportError;
use whitesmith_client::result::ReadDynamic;
use whitesmith_client::{Config, Credentials};
use whitesmith_protocol::{DynamicProtocol, RestJson1, dynamic};
use whitesmith_schema::{
    HttpBinding, HttpTrait, Member, Operation, OperationTraits, PathSegment, ProtocolId, Schema, Service, ShapeType,
    ValueMap, WireTraits, prelude,
};

/// The bytes of one transfer.
pub const SIZE: u64 = 1 << 30;

/// The path that the server streams from and to.
pub const PATH: &str = "/stream";

static BLOB: Schema = Schema::simple("bench#Body", ShapeType::Blob).with_streaming();
static BODY: Schema = Schema::structure(
    "bench#WithBody",
    &[Member::new("Body", &BLOB).with_wire(&WireTraits::new().with_http(HttpBinding::Payload))],
);
static UPLOAD_TRAITS: OperationTraits = traits("PUT");
static DOWNLOAD_TRAITS: OperationTraits = traits("GET");
static UPLOAD: Operation = Operation::new("bench#Upload", "Upload", &BODY, &prelude::UNIT).with_traits(&UPLOAD_TRAITS);
static DOWNLOAD: Operation =
    Operation::new("bench#Download", "Download", &prelude::UNIT, &BODY).with_traits(&DOWNLOAD_TRAITS);
static SERVICE: Service = Service::new("bench#Streams", "Streams", "1", ProtocolId::RestJson1)
    .with_aws_names("Streams", "streams", "streams");

const fn traits(method: &'static str) -> OperationTraits {
    OperationTraits::new().with_http(HttpTrait {
        method,
        path: &[PathSegment::Literal("stream")],
        query: &[],
        code: 200,
    })
}

/// A body of [`SIZE`] bytes in pieces, none of which is copied.
pub struct Pieces {
    piece: Bytes,
    remaining: u64,
}

impl Default for Pieces {
    fn default() -> Self {
        Self { piece: vec![7; 64 * 1024].into(), remaining: SIZE }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.remaining == 0 {
            return Poll::Ready(None);
        }
        self.remaining -= self.piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(self.piece.clone()))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

/// Reads a body to its end, and returns its length.
pub async fn drain<B: Body<Data = Bytes> + Unpin>(mut body: B) -> Result<u64, B::Error> {
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        length += frame?.data_ref().map_or(0, Bytes::len) as u64;
    }
    Ok(length)
}

fn client(url: &str) -> anyhow::Result<asynchronous::Client> {
    let config = Config::builder()
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None))
        .proxy(Proxy::None)
        .build();
    Ok(asynchronous::Client::new(config, require_endpoint_url)?)
}

fn protocol() -> &'static dyn DynamicProtocol {
    dynamic::<RestJson1>()
}

/// Sends a body with the client.
pub async fn upload(url: &str) -> anyhow::Result<()> {
    let body = RequestBody::from_stream(Pieces::default());
    let input = ValueMap::new();
    let read = ReadDynamic(protocol());
    let client = client(url)?;
    client.call_streaming_with(protocol(), &SERVICE, &UPLOAD, (&input, Some(body)), &read).await?;
    Ok(())
}

/// Receives a body with the client.
pub async fn download(url: &str) -> anyhow::Result<()> {
    let input = ValueMap::new();
    let read = ReadDynamic(protocol());
    let client = client(url)?;
    let (_, body) = client.call_streaming_with(protocol(), &SERVICE, &DOWNLOAD, (&input, None), &read).await?;
    whole(drain(body).await?)
}

fn whole(length: u64) -> anyhow::Result<()> {
    anyhow::ensure!(length == SIZE, "received {length} bytes");
    Ok(())
}

/// Sends one request with hyper, and drains its response.
async fn exchange<B>(url: &str, request: Request<B>) -> anyhow::Result<u64>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::error::Error + Send + Sync,
{
    let address = url.strip_prefix("http://").context("no address")?;
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    anyhow::ensure!(response.status().is_success(), "status {}", response.status());
    Ok(drain(response.into_body()).await?)
}

/// Sends a body with hyper alone.
pub async fn upload_by_hyper(url: &str) -> anyhow::Result<()> {
    let request = Request::put(PATH).header("host", "localhost").body(Pieces::default())?;
    exchange(url, request).await.map(drop)
}

/// Receives a body with hyper alone.
pub async fn download_by_hyper(url: &str) -> anyhow::Result<()> {
    let request = Request::get(PATH).header("host", "localhost").body(Empty::new())?;
    whole(exchange(url, request).await?)
}
