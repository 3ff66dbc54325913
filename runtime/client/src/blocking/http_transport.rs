//! HTTP/1.1 over `ureq`.

use std::sync::Arc;

use bytes::Bytes;
use http::uri::Scheme;
use http::{Request, Response};
use ureq::config::AutoHeaderValue;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error, Timeout};

use super::Transport;
use super::forward_proxy;
use crate::config::{Config, Trust};
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};
use crate::proxy::{Proxies, ProxyError, ProxyServer};

/// Idle connections that are kept to one host.
const IDLE_CONNECTIONS: usize = 16;

/// Sends requests over TCP and TLS, and keeps connections for the next ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    agent: Agent,
    /// For URLs that begin with `http:` and go through a proxy.
    forwarding: Agent,
    proxies: Arc<Proxies>,
}

impl HttpTransport {
    /// A transport with the set-up's certificates and proxy.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let proxies = Arc::new(Proxies::new(config.proxy())?);
        let agent_config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            .tls_config(tls_config(config.trust())?)
            .proxy(None)
            .build();
        Ok(Self { agent: agent_config.new_agent(), forwarding: forward_proxy::agent(agent_config), proxies })
    }
}

fn tls_config(trust: &Trust) -> Result<TlsConfig, TransportError> {
    let builder = TlsConfig::builder();
    Ok(match trust {
        Trust::WebRoots => builder.root_certs(RootCerts::WebPki).build(),
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
                return Err(refuse("the PEM text has no certificate".into()));
            }
            builder.root_certs(RootCerts::Specific(Arc::new(certificates))).build()
        }
    })
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>, limits: &AttemptLimits) -> Result<Response<Bytes>, TransportError> {
        let proxy = self.proxies.for_uri(request.uri())?;
        self.exchange(request, proxy, limits).map_err(|error| match proxy {
            Some(proxy) if error.kind == TransportErrorKind::Proxy => through(proxy, error),
            _ => error,
        })
    }
}

fn through(proxy: &ProxyServer, error: TransportError) -> TransportError {
    match error.source {
        Some(source) => TransportError::new(error.kind, ProxyError::new(proxy, source)),
        None => error,
    }
}

impl HttpTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
        proxy: Option<&ProxyServer>,
        limits: &AttemptLimits,
    ) -> Result<Response<Bytes>, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = Request::from_parts(parts, &body[..]);
        let limit = limits.max_response_bytes;
        let (agent, tunnel) = match proxy {
            Some(proxy) if request.uri().scheme() == Some(&Scheme::HTTP) => {
                forward_proxy::address(&mut request, proxy).ok_or(TransportErrorKind::Proxy)?;
                (&self.forwarding, None)
            }
            Some(proxy) => {
                let tunnel = ureq::Proxy::new(&proxy.secret_url).map_err(|error| transport_error(error, limit))?;
                (&self.agent, Some(tunnel))
            }
            None => (&self.agent, None),
        };
        // Looking the host's name up has no limit of ours: ureq would start a thread for it before each request, also where
        // a connection is there already, which costs as much as the request itself.
        let request = agent
            .configure_request(request)
            .proxy(tunnel)
            .timeout_connect(limits.connect)
            .timeout_per_write(limits.read)
            .timeout_per_read(limits.read)
            .timeout_per_call(limits.attempt)
            .build();
        let (parts, mut body) = agent.run(request).map_err(|error| transport_error(error, limit))?.into_parts();
        // Whoever announces too much need not send it.
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(TransportErrorKind::TooLarge(limit).into());
        }
        // One byte more than allowed is asked for, so that a body of just the limit is no error.
        let reader = body.with_config().limit(limit.saturating_add(1));
        let bytes = reader.read_to_vec().map_err(|error| transport_error(error, limit))?;
        if bytes.len() as u64 > limit {
            return Err(TransportErrorKind::TooLarge(limit).into());
        }
        Ok(Response::from_parts(parts, bytes.into()))
    }
}

fn transport_error(error: Error, limit: u64) -> TransportError {
    let kind = match &error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportErrorKind::ConnectTimeout,
        Error::Timeout(Timeout::Global | Timeout::PerCall) => TransportErrorKind::AttemptTimeout,
        Error::Timeout(_) => TransportErrorKind::ReadTimeout,
        Error::HostNotFound | Error::ConnectionFailed => TransportErrorKind::Connect,
        Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => TransportErrorKind::Proxy,
        Error::Tls(_) | Error::Pem(_) | Error::Rustls(_) | Error::TlsRequired => TransportErrorKind::Tls,
        Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge(limit),
        Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused
            | std::io::ErrorKind::HostUnreachable
            | std::io::ErrorKind::NetworkUnreachable
            | std::io::ErrorKind::AddrNotAvailable => TransportErrorKind::Connect,
            std::io::ErrorKind::TimedOut => TransportErrorKind::ReadTimeout,
            std::io::ErrorKind::InvalidData => TransportErrorKind::Tls,
            _ => TransportErrorKind::Broken,
        },
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, error)
}
