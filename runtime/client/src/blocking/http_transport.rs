//! HTTP/1.1 over `ureq`.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::uri::Scheme;
use http::{Request, Response};
use ureq::config::AutoHeaderValue;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::Connector;
use ureq::{Agent, AsSendBody, Error, SendBody, Timeout};

use super::body::Body;
use super::connect::{DeferredLookup, LookupError, connector, observing_connections};
use super::forward_proxy::{self, AbsoluteForm};
use super::transport::Transport;
use crate::config::{Config, Trust};
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};
use crate::proxy::{Proxies, ProxyError, ProxyServer};
use crate::trust::DeferredTrust;

/// Idle connections that are kept to one host.
const IDLE_CONNECTIONS: usize = 16;

/// Sends requests over TCP and TLS, and keeps connections for later ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    agent: Agent,
    /// For `http:` URLs that go through a proxy.
    forwarding: Agent,
    proxies: Arc<Proxies>,
    trust: DeferredTrust,
}

impl HttpTransport {
    /// Creates a transport with the configured certificates and proxy.
    ///
    /// # Errors
    /// When the certificates or the proxy's URL are invalid.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let proxies = Arc::new(Proxies::new(config.proxy())?);
        let (trust, tls) = DeferredTrust::new(config.trust(), tls_config)?;
        let agent_config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .tls_config(tls)
            .proxy(None)
            .build();
        Ok(Self {
            agent: Agent::with_parts(agent_config.clone(), connector(), DeferredLookup),
            forwarding: Agent::with_parts(agent_config, connector().chain(AbsoluteForm), DeferredLookup),
            proxies,
            trust,
        })
    }
}

fn tls_config(trust: &Trust) -> Result<TlsConfig, TransportError> {
    let builder = TlsConfig::builder();
    Ok(match trust {
        Trust::Anything => builder.disable_verification(true).build(),
        Trust::Pem(pem) => {
            let refuse = |why: String| TransportError::new(TransportErrorKind::Tls, why);
            let mut certificates: Vec<Certificate<'static>> = Vec::new();
            for item in parse_pem(pem) {
                if let PemItem::Certificate(certificate) = item.map_err(|error| refuse(error.to_string()))? {
                    certificates.push(certificate);
                }
            }
            if certificates.is_empty() {
                return Err(refuse("no certificate in the PEM text".into()));
            }
            builder.root_certs(RootCerts::Specific(Arc::new(certificates))).build()
        }
        _ => builder.root_certs(RootCerts::WebPki).build(),
    })
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Body>, limits: &AttemptLimits) -> Result<Response<Body>, TransportError> {
        let proxy = self.proxies.for_uri(request.uri())?;
        self.trust.check(request.uri(), proxy)?;
        let (parts, body) = request.into_parts();
        let exchange = match body {
            Body::Bytes(bytes) => self.exchange_bytes(Request::from_parts(parts, bytes), proxy, limits),
            Body::Reader { reader, length } => {
                let source = SendBody::from_owned_reader(SourceReader { reader, remaining: length });
                self.exchange(Request::from_parts(parts, source), proxy, limits, Reuse::Allowed)
            }
        };
        exchange.map_err(|error| match proxy {
            Some(proxy) if error.kind == TransportErrorKind::Proxy => through(proxy, error),
            _ => error,
        })
    }
}

/// Reads a request's body, and marks its errors as the source's.
struct SourceReader {
    reader: Box<dyn Read + Send>,
    /// How many bytes are still to come, if the length is known.
    remaining: Option<u64>,
}

impl Read for SourceReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let failed = |error: io::Error| io::Error::other(TransportError::new(TransportErrorKind::RequestBody, error));
        let count = self.reader.read(buffer).map_err(failed)?;
        if let Some(remaining) = &mut self.remaining {
            if count == 0 && *remaining > 0 && !buffer.is_empty() {
                return Err(failed(ErrorKind::UnexpectedEof.into()));
            }
            *remaining = remaining.saturating_sub(count as u64);
        }
        Ok(count)
    }
}

/// Whether an exchange may take a connection that was kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reuse {
    Allowed,
    Forbidden,
}

fn through(proxy: &ProxyServer, error: TransportError) -> TransportError {
    match error.source {
        Some(source) => TransportError::new(error.kind, ProxyError::new(proxy, source)),
        None => error,
    }
}

impl HttpTransport {
    /// Sends a request that can be sent again. A server may close a connection while the request is on its way; then no
    /// byte of a response arrives, and the request goes over a new connection (RFC 9112, section 9.3.1).
    fn exchange_bytes(
        &self,
        request: Request<Bytes>,
        proxy: Option<&ProxyServer>,
        limits: &AttemptLimits,
    ) -> Result<Response<Body>, TransportError> {
        let attempt = |reuse| {
            let (parts, body) = request.clone().into_parts();
            self.exchange(Request::from_parts(parts, &body[..]), proxy, limits, reuse)
        };
        match observing_connections(|| attempt(Reuse::Allowed)) {
            (Err(error), false) if error.kind == TransportErrorKind::Broken => attempt(Reuse::Forbidden),
            (result, _) => result,
        }
    }

    fn exchange<B: AsSendBody>(
        &self,
        mut request: Request<B>,
        proxy: Option<&ProxyServer>,
        limits: &AttemptLimits,
        reuse: Reuse,
    ) -> Result<Response<Body>, TransportError> {
        let (agent, tunnel) = match proxy {
            Some(proxy) if request.uri().scheme() == Some(&Scheme::HTTP) => {
                forward_proxy::address(&mut request, proxy).ok_or(TransportErrorKind::Proxy)?;
                (&self.forwarding, None)
            }
            Some(proxy) => (&self.agent, Some(ureq::Proxy::new(&proxy.secret_url).map_err(transport_error)?)),
            None => (&self.agent, None),
        };
        let mut configured = agent
            .configure_request(request)
            .proxy(tunnel)
            .timeout_connect(limits.connect)
            .timeout_per_write(limits.read)
            .timeout_per_read(limits.read);
        configured = if limits.streams_response {
            configured.timeout_recv_response(limits.attempt)
        } else {
            configured.timeout_per_call(limits.attempt)
        };
        if reuse == Reuse::Forbidden {
            configured = configured.max_idle_age(Duration::ZERO);
        }
        let (parts, body) = agent.run(configured.build()).map_err(transport_error)?.into_parts();
        let length = body.content_length();
        Ok(Response::from_parts(parts, Body::from_reader(ResponseReader(body.into_reader()), length)))
    }
}

/// Reads a response's body, and classifies its errors.
struct ResponseReader<R>(R);

impl<R: Read> Read for ResponseReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| io::Error::other(transport_error(Error::from(error))))
    }
}

fn transport_error(error: Error) -> TransportError {
    let kind = match error {
        Error::Io(error) => return io_error(error),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportErrorKind::ConnectTimeout,
        Error::Timeout(Timeout::Global | Timeout::PerCall | Timeout::RecvResponse) => {
            TransportErrorKind::AttemptTimeout
        }
        Error::Timeout(_) => TransportErrorKind::ReadTimeout,
        Error::HostNotFound | Error::ConnectionFailed => TransportErrorKind::Connect,
        Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => TransportErrorKind::Proxy,
        Error::Tls(_) | Error::Pem(_) | Error::Rustls(_) | Error::TlsRequired => TransportErrorKind::Tls,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, error)
}

fn io_error(error: io::Error) -> TransportError {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => return error,
        Err(error) => error,
    };
    if error.get_ref().is_some_and(|inner| inner.is::<LookupError>()) {
        return TransportError::new(TransportErrorKind::Connect, error);
    }
    let kind = match error.kind() {
        ErrorKind::ConnectionRefused
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::AddrNotAvailable => TransportErrorKind::Connect,
        ErrorKind::TimedOut => TransportErrorKind::ReadTimeout,
        ErrorKind::InvalidData => TransportErrorKind::Tls,
        _ => TransportErrorKind::Broken,
    };
    TransportError::new(kind, error)
}
