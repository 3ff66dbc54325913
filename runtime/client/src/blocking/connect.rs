//! Connections of the blocking transport.

use std::cell::Cell;
use std::time::Instant;
use std::{fmt, io};

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, RustlsConnector, TcpConnector, Transport,
};

thread_local! {
    /// Whether this thread's current request opened a connection, instead of taking one that was kept.
    static CONNECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs an exchange, and returns whether it opened a connection.
pub(super) fn observing_connections<T>(exchange: impl FnOnce() -> T) -> (T, bool) {
    CONNECTED.set(false);
    let result = exchange();
    (result, CONNECTED.get())
}

/// Leaves name lookup to the connector. `ureq` asks for it before each request, even if a connection is there already,
/// and starts a thread for it where there is a time limit.
#[derive(Debug)]
pub(super) struct DeferredLookup;

impl Resolver for DeferredLookup {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

/// Error of a host name that cannot be resolved.
#[derive(Debug)]
pub(super) struct LookupError(io::Error);

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for LookupError {}

/// Resolves a host's name and connects, both within the time for a connection.
#[derive(Debug, Default)]
struct LookupConnector {
    resolver: DefaultResolver,
    tcp: TcpConnector,
}

impl<In: Transport> Connector<In> for LookupConnector {
    type Out = <TcpConnector as Connector<In>>::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        if chained.is_some() {
            return self.tcp.connect(details, chained);
        }
        CONNECTED.set(true);
        let started = Instant::now();
        let addrs =
            self.resolver.resolve(details.uri, details.config, details.timeout).map_err(|error| match error {
                Error::Io(error) => Error::Io(io::Error::other(LookupError(error))),
                other => other,
            })?;
        let mut timeout = details.timeout;
        if !timeout.after.is_not_happening() {
            timeout.after = timeout.after.saturating_sub(started.elapsed()).into();
        }
        let details = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.tcp.connect(&details, None)
    }
}

/// Returns the chain of connectors: through a proxy's tunnel or directly, and over TLS where the URL asks for it.
pub(super) fn connector() -> impl Connector<(), Out = impl Transport> {
    ().chain(ConnectProxyConnector::default()).chain(LookupConnector::default()).chain(RustlsConnector::default())
}
