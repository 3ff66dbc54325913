//! HTTP/1.1 over `hyper`, and HTTP/2 for crates with streams of events.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use tokio::time::Instant;

use super::body::Body;
use super::connector::{Connector, Timed};
use super::proxied::Used;
use super::timed_body::TimedBody;
use super::tls::client_config;
use super::transport::Transport;
use crate::BoxFuture;
use crate::config::Config;
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};
use crate::proxy::{Proxies, ProxyError};
use crate::trust::DeferredTrust;

/// How long an idle connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends requests over TCP and TLS, and keeps connections for later ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: Client<Timed<HttpsConnector<Connector>>, Body>,
    proxies: Arc<Proxies>,
    trust: DeferredTrust,
}

impl HttpTransport {
    /// Creates a transport with the configured certificates, proxy and timeout for connections.
    ///
    /// # Errors
    /// When the certificates or the proxy's URL are invalid.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let proxies = Arc::new(Proxies::new(config.proxy())?);
        let (trust, tls) = DeferredTrust::new(config.trust(), client_config)?;
        let over_tls = HttpsConnectorBuilder::new().with_tls_config(tls.clone()).https_or_http().enable_http1();
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http();
        #[cfg(feature = "event-stream")]
        let connector = connector.enable_all_versions();
        #[cfg(not(feature = "event-stream"))]
        let connector = connector.enable_http1();
        let connector = connector.wrap_connector(Connector::new(proxies.clone(), |tcp| over_tls.wrap_connector(tcp)));
        let connector = Timed { connector, limit: config.timeouts().connect };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client, proxies, trust })
    }

    /// Sends a request. A server may close a connection while the request is on its way; then no byte of a response
    /// arrives, and a request that can be sent again goes over another connection (RFC 9112, section 9.3.1).
    async fn send_or_resend(
        &self,
        request: Request<Body>,
        limits: AttemptLimits,
    ) -> Result<Response<Body>, TransportError> {
        let again = match request.body() {
            Body::Bytes(bytes) => {
                let mut again = Request::new(Body::Bytes(bytes.clone()));
                *again.method_mut() = request.method().clone();
                *again.uri_mut() = request.uri().clone();
                *again.headers_mut() = request.headers().clone();
                Some(again)
            }
            Body::Stream(_) => None,
        };
        match (self.exchange(request, limits).await, again) {
            (Err(Failed { error, reused: true }), Some(again)) if error.kind == TransportErrorKind::Broken => {
                self.exchange(again, limits).await.map_err(|failed| failed.error)
            }
            (result, _) => result.map_err(|failed| failed.error),
        }
    }

    async fn exchange(&self, mut request: Request<Body>, limits: AttemptLimits) -> Result<Response<Body>, Failed> {
        let proxy = self.proxies.for_uri(request.uri())?;
        self.trust.check(request.uri(), proxy)?;
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(authorization) = proxy.and_then(|proxy| proxy.authorization.as_ref())
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
        }
        // HTTP/2 has the authority in its place, and for HTTP/1.1 it is added again.
        #[cfg(feature = "event-stream")]
        if request.uri().scheme() == Some(&Scheme::HTTPS) {
            request.headers_mut().remove(http::header::HOST);
        }
        let deadline = limits.attempt.and_then(|limit| Instant::now().checked_add(limit));
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
        // The time for the response begins with the connection, which has a time of its own.
        let response = match early {
            Some(response) => response,
            None => within(limits.read, TransportErrorKind::ReadTimeout, sent).await?,
        };
        let reused = note_use(&response);
        let deadline = deadline.filter(|_| !limits.streams_response);
        let timed = |body| Body::from_stream(TimedBody::new(body, limits.read, deadline));
        let failed = |error| Failed { error: request_error(error), reused };
        response.map(|response| response.map(timed)).map_err(failed)
    }
}

/// A failed exchange.
struct Failed {
    error: TransportError,
    /// Whether it used a connection that was kept.
    reused: bool,
}

impl From<TransportError> for Failed {
    fn from(error: TransportError) -> Self {
        Self { error, reused: false }
    }
}

/// Notes the use of a connection, and returns whether it was not the first one.
fn note_use<B>(response: &Result<Response<B>, HyperError>) -> bool {
    match response {
        Ok(response) => response.extensions().get().is_some_and(Used::note),
        Err(error) => error.connect_info().is_some_and(|connected| {
            let mut extras = http::Extensions::new();
            connected.get_extras(&mut extras);
            extras.get().is_some_and(Used::note)
        }),
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let attempt = limits.attempt;
        let exchange = self.send_or_resend(request, limits);
        Box::pin(async move { within(attempt, TransportErrorKind::AttemptTimeout, exchange).await? })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Waits for a future for a limited time.
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

fn request_error(error: HyperError) -> TransportError {
    let mut proxy = None;
    let mut kind = if error.is_connect() { TransportErrorKind::Connect } else { TransportErrorKind::Broken };
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(cause) = source {
        if cause.is::<rustls::Error>() {
            kind = TransportErrorKind::Tls;
        } else if cause.is::<TransportError>() {
            kind = TransportErrorKind::RequestBody;
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
