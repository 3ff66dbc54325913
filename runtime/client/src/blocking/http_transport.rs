//! HTTP/1.1 over `ureq`.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use ureq::config::AutoHeaderValue;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error, Timeout};

use super::Transport;
use super::forward_proxy::ForwardProxy;
use crate::config::{Config, Proxy, Trust};
use crate::core::AttemptLimits;
use crate::error::{TransportError, TransportErrorKind};

/// Idle connections that are kept to one host.
const IDLE_CONNECTIONS: usize = 16;

/// Sends requests over TCP and TLS, and keeps connections for the next ones.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    agent: Agent,
    /// For URLs that begin with `http:`.
    forward_proxy: Option<ForwardProxy>,
}

impl HttpTransport {
    /// A transport with the set-up's certificates and proxy.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let agent = |proxy| -> Result<ureq::config::Config, TransportError> {
            Ok(Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(AutoHeaderValue::None)
                .accept(AutoHeaderValue::None)
                .accept_encoding(AutoHeaderValue::None)
                .max_idle_connections(IDLE_CONNECTIONS)
                .max_idle_connections_per_host(IDLE_CONNECTIONS)
                .tls_config(tls_config(config.trust())?)
                .proxy(proxy)
                .build())
        };
        let forward_proxy = match proxy(config.proxy(), "HTTP_PROXY")? {
            Some(proxy) => ForwardProxy::new(proxy, agent(None)?),
            None => None,
        };
        let agent = agent(proxy(config.proxy(), "HTTPS_PROXY")?)?.new_agent();
        Ok(Self { agent, forward_proxy })
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

/// The proxy for one scheme's requests, named by a variable of the environment or set for all.
fn proxy(proxy: &Proxy, variable: &str) -> Result<Option<ureq::Proxy>, TransportError> {
    let refuse = |error| TransportError::new(TransportErrorKind::Proxy, error);
    match proxy {
        Proxy::Environment => {
            let get = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
            let names = [&variable.to_lowercase(), variable, "all_proxy", "ALL_PROXY"];
            let Some(url) = names.into_iter().find_map(get) else { return Ok(None) };
            let plain = ureq::Proxy::new(&url).map_err(refuse)?;
            let mut builder = ureq::Proxy::builder(plain.protocol()).host(plain.host()).port(plain.port());
            if let Some(user) = plain.username() {
                builder = builder.username(user).password(plain.password().unwrap_or_default());
            }
            let excluded = get("no_proxy").or_else(|| get("NO_PROXY")).unwrap_or_default();
            for host in excluded.split(',').map(|host| host.trim().trim_start_matches('.')) {
                // A name stands for itself and for the names below it.
                if !host.is_empty() {
                    builder = builder.no_proxy(host).no_proxy(&format!(".{host}"));
                }
            }
            builder.build().map(Some).map_err(refuse)
        }
        Proxy::None => Ok(None),
        Proxy::Url(url) => ureq::Proxy::new(url).map(Some).map_err(refuse),
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>, limits: &AttemptLimits) -> Result<Response<Bytes>, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = Request::from_parts(parts, &body[..]);
        let agent = match self.forward_proxy.as_ref().filter(|proxy| proxy.is_for(request.uri())) {
            Some(proxy) => proxy.address(&mut request).ok_or(TransportErrorKind::Proxy)?,
            None => &self.agent,
        };
        let request = agent
            .configure_request(request)
            .timeout_resolve(limits.connect)
            .timeout_connect(limits.connect)
            .timeout_per_write(limits.read)
            .timeout_per_read(limits.read)
            .timeout_per_call(limits.attempt)
            .build();
        let limit = limits.max_response_bytes;
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
