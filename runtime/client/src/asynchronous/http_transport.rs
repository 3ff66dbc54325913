//! HTTP/1.1 over `hyper`.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::{Connector, Timed};
use super::tls::client_config;
use super::{BoxFuture, Transport};
use crate::config::Config;
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};
use crate::proxy::{Proxies, ProxyError};

/// How long an idle connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends requests over TCP and TLS, and keeps connections for the next ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: Client<Timed<HttpsConnector<Connector>>, Full<Bytes>>,
    proxies: Arc<Proxies>,
}

impl HttpTransport {
    /// A transport with the set-up's certificates, proxy and timeout for connections.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let proxies = Arc::new(Proxies::new(config.proxy())?);
        let tls = client_config(config.trust())?;
        let over_tls = HttpsConnectorBuilder::new().with_tls_config(tls.clone()).https_or_http().enable_http1();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(proxies.clone(), |tcp| over_tls.wrap_connector(tcp)));
        let connector = Timed { connector, limit: config.timeouts().connect };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client, proxies })
    }

    async fn exchange(
        &self,
        mut request: Request<Bytes>,
        limits: AttemptLimits,
    ) -> Result<Response<Bytes>, TransportError> {
        let proxy = self.proxies.for_uri(request.uri())?;
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(authorization) = proxy.and_then(|proxy| proxy.authorization.as_ref())
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
        }
        let mut request = request.map(Full::new);
        let mut connection = capture_connection(&mut request);
        let mut sent = pin!(self.client.request(request));
        let early = {
            let mut connected = pin!(connection.wait_for_connection_metadata());
            poll_fn(|context| match sent.as_mut().poll(context) {
                Poll::Ready(response) => Poll::Ready(Some(response)),
                Poll::Pending => connected.as_mut().poll(context).map(|_| None),
            })
            .await
        };
        // The time for the answer begins with the connection, which has a time of its own.
        let response = match early {
            Some(response) => response,
            None => within(limits.read, TransportErrorKind::ReadTimeout, sent).await?,
        };
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
    let mut proxy = None;
    let mut kind = if error.is_connect() { TransportErrorKind::Connect } else { TransportErrorKind::Broken };
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        if cause.is::<rustls::Error>() {
            kind = TransportErrorKind::Tls;
        } else if let Some(cause) = cause.downcast_ref::<ProxyError>() {
            kind = TransportErrorKind::Proxy;
            proxy = Some(cause.clone());
        } else if let Some(cause) = cause.downcast_ref::<std::io::Error>() {
            match cause.kind() {
                ErrorKind::TimedOut if error.is_connect() => kind = TransportErrorKind::ConnectTimeout,
                // A proxy that cannot be reached may be reached later.
                ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable
                    if error.is_connect() =>
                {
                    kind = TransportErrorKind::Connect;
                }
                _ => {}
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
    match proxy {
        Some(proxy) if kind == TransportErrorKind::Proxy => TransportError::new(kind, proxy),
        _ => TransportError::new(kind, error),
    }
}
