//! Connections: to the host, or to the proxy that leads there.

use std::io::ErrorKind;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::proxied::MaybeProxied;
use crate::BoxFuture;
use crate::error::BoxError;
use crate::proxy::{Proxies, ProxyError};

/// Connects to a host. A proxy gets requests for `http` URLs itself, and is asked for a tunnel for `https` ones.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    /// To proxies, which may themselves be reached over TLS.
    to_proxy: HttpsConnector<HttpConnector>,
    proxies: Arc<Proxies>,
}

impl Connector {
    pub(super) fn new(
        proxies: Arc<Proxies>,
        over_tls: impl FnOnce(HttpConnector) -> HttpsConnector<HttpConnector>,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { to_proxy: over_tls(tcp.clone()), tcp, proxies }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeProxied<MaybeHttpsStream<TokioIo<TcpStream>>>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, destination: Uri) -> Self::Future {
        let proxy = match self.proxies.for_uri(&destination) {
            Ok(Some(proxy)) => proxy.clone(),
            Ok(None) => {
                let connecting = self.tcp.call(destination);
                return Box::pin(async move { Ok(MaybeProxied::direct(MaybeHttpsStream::Http(connecting.await?))) });
            }
            Err(error) => return Box::pin(async move { Err(error.into()) }),
        };
        if destination.scheme() == Some(&Scheme::HTTP) {
            let connecting = self.to_proxy.call(proxy.uri.clone());
            return Box::pin(async move {
                let stream = connecting.await.map_err(|error| ProxyError::new(&proxy, error))?;
                Ok(MaybeProxied::proxied(stream))
            });
        }
        let mut tunnel = Tunnel::new(proxy.uri.clone(), self.to_proxy.clone());
        if let Some(authorization) = &proxy.authorization {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let connecting = tunnel.call(destination);
        Box::pin(async move {
            let stream = connecting.await.map_err(|error| ProxyError::new(&proxy, error))?;
            Ok(MaybeProxied::direct(stream))
        })
    }
}

/// Fails a connection that takes too long, be it for name lookup, a proxy or TLS.
#[derive(Clone)]
pub(super) struct Timed<C> {
    pub(super) connector: C,
    pub(super) limit: Option<Duration>,
}

impl<C> Service<Uri> for Timed<C>
where
    C: Service<Uri, Error = BoxError>,
    C::Future: Send + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<C::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, destination: Uri) -> Self::Future {
        let connecting = self.connector.call(destination);
        let Some(limit) = self.limit else { return Box::pin(connecting) };
        Box::pin(async move {
            let late = |_| std::io::Error::from(ErrorKind::TimedOut);
            tokio::time::timeout(limit, connecting).await.map_err(late)?
        })
    }
}
