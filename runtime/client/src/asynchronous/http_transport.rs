//! HTTP/1.1 over `hyper`.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::Connector;
use super::tls::client_config;
use super::{BoxFuture, Transport};
use crate::config::Config;
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};

/// How long an idle connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends requests over TCP and TLS, and keeps connections for the next ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: Client<HttpsConnector<Connector>, Full<Bytes>>,
}

impl HttpTransport {
    /// A transport with the set-up's certificates, proxy and timeout for connections.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(client_config(config.trust())?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(config.proxy(), config.timeouts().connect));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: AttemptLimits,
    ) -> Result<Response<Bytes>, TransportError> {
        let sent = self.client.request(request.map(Full::new));
        let response = within(limits.read, TransportErrorKind::ReadTimeout, sent).await?;
        let (parts, body) = response.map_err(request_error)?.into_parts();
        Ok(Response::from_parts(parts, collect(body, &limits).await?))
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let attempt = limits.attempt;
        let exchange = self.exchange(request, limits);
        Box::pin(async move { within(attempt, TransportErrorKind::AttemptTimeout, exchange).await? })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Waits for a future, no longer than allowed.
async fn within<F: Future>(
    limit: Option<Duration>,
    kind: TransportErrorKind,
    future: F,
) -> Result<F::Output, TransportError> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, future).await.map_err(|_| kind.into()),
        None => Ok(future.await),
    }
}

async fn collect(mut body: Incoming, limits: &AttemptLimits) -> Result<Bytes, TransportError> {
    let limit = limits.max_response_bytes;
    let too_large = |size: u64| if size > limit { Err(TransportErrorKind::TooLarge(limit)) } else { Ok(()) };
    too_large(hyper::body::Body::size_hint(&body).lower())?;
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = within(limits.read, TransportErrorKind::ReadTimeout, body.frame()).await? {
        let frame = frame.map_err(|error| TransportError::new(TransportErrorKind::Broken, error))?;
        let Ok(data) = frame.into_data() else { continue };
        too_large((first.len() + all.len() + data.len()) as u64)?;
        // Most responses come in one piece, which need not be copied.
        if first.is_empty() && all.is_empty() {
            first = data;
        } else {
            all.extend_from_slice(&std::mem::take(&mut first));
            all.extend_from_slice(&data);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

fn request_error(error: HyperError) -> TransportError {
    let mut kind = if error.is_connect() { TransportErrorKind::Connect } else { TransportErrorKind::Broken };
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        if cause.is::<rustls::Error>() {
            kind = TransportErrorKind::Tls;
        } else if let Some(cause) = cause.downcast_ref::<std::io::Error>() {
            if error.is_connect() && cause.kind() == std::io::ErrorKind::TimedOut {
                kind = TransportErrorKind::ConnectTimeout;
            }
            if cause.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
                kind = TransportErrorKind::Tls;
            }
        } else if let Some(cause) = cause.downcast_ref::<hyper::Error>()
            && cause.is_parse()
        {
            kind = TransportErrorKind::Other;
        }
        source = cause.source();
    }
    TransportError::new(kind, error)
}
