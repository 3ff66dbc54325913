//! A server that returns a constant response, or streams: the least that an HTTP server can do, and so the floor
//! that the mock is measured against, and a partner for clients that costs as little as can be.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderName, Method, Request, Response};
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::streams::{PATH, Pieces, drain};

type Answer = Either<Full<Bytes>, Pieces>;

/// Serves a constant body on one thread until the process ends. Sends the address first.
pub fn serve(port: u16, body: Bytes, listening: impl FnOnce(SocketAddr) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("no runtime")?;
    runtime.block_on(async move {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("no port to listen on")?;
        listening(listener.local_addr()?)?;
        loop {
            let (stream, _) = listener.accept().await.context("no connection")?;
            stream.set_nodelay(true)?;
            let body = body.clone();
            tokio::spawn(async move {
                let service = service_fn(|request| answer(request, body.clone()));
                // A client may break off at any time.
                let _ =
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    })
}

async fn answer(request: Request<Incoming>, body: Bytes) -> Result<Response<Answer>, Infallible> {
    let is_stream = request.uri().path() == PATH;
    let is_download = is_stream && request.method() == Method::GET;
    // A request that breaks off gets no response.
    let _ = drain(request.into_body()).await;
    let mut response = Response::new(match is_stream {
        true if is_download => Either::Right(Pieces::default()),
        true => Either::Left(Full::default()),
        false => Either::Left(Full::new(body)),
    });
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert(
        HeaderName::from_static("x-amzn-requestid"),
        HeaderValue::from_static("b25f48e8-84fd-11e6-80d9-574e0c4664cb"),
    );
    Ok(response)
}
