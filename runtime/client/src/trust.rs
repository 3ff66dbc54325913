//! Certificates that are read when they are needed.

use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;

use crate::config::Trust;
use crate::error::{TransportError, TransportErrorKind};
use crate::proxy::ProxyServer;

/// The state of a certificate file: one that cannot be used fails the requests over TLS, and no others.
#[derive(Clone, Debug)]
pub(crate) struct DeferredTrust {
    problem: Option<Arc<str>>,
}

impl DeferredTrust {
    /// Makes a TLS configuration for `trust`. A certificate file that cannot be used is reported by [`Self::check`];
    /// until then the configuration trusts the usual roots, and is not used.
    ///
    /// # Errors
    /// When certificates that are given directly are invalid.
    pub(crate) fn new<T>(
        trust: &Trust,
        configure: impl Fn(&Trust) -> Result<T, TransportError>,
    ) -> Result<(Self, T), TransportError> {
        let Trust::PemFile(path) = trust else { return Ok((Self { problem: None }, configure(trust)?)) };
        let read = std::fs::read(path).map_err(|error| error.to_string());
        let configured = read.and_then(|pem| {
            configure(&Trust::Pem(pem))
                .map_err(|error| error.source.map_or_else(|| error.kind.to_string(), |source| source.to_string()))
        });
        match configured {
            Ok(tls) => Ok((Self { problem: None }, tls)),
            Err(problem) => {
                let problem = format!("cannot read {}: {problem}", path.display());
                Ok((Self { problem: Some(problem.into()) }, configure(&Trust::WebRoots)?))
            }
        }
    }

    /// Refuses a request that needs the certificates if they cannot be used.
    pub(crate) fn check(&self, uri: &Uri, proxy: Option<&ProxyServer>) -> Result<(), TransportError> {
        let https = Some(&Scheme::HTTPS);
        let needed = uri.scheme() == https || proxy.is_some_and(|proxy| proxy.uri.scheme() == https);
        match &self.problem {
            Some(problem) if needed => Err(TransportError::new(TransportErrorKind::Tls, &**problem)),
            _ => Ok(()),
        }
    }
}
