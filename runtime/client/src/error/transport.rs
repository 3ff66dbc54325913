//! Errors between the client and the service.

use std::time::Duration;

use super::chain::BoxError;

/// Error of a request for which no complete response came back.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct TransportError {
    /// What happened.
    pub kind: TransportErrorKind,
    /// The cause that the transport reports.
    #[source]
    pub source: Option<BoxError>,
}

impl TransportError {
    /// Creates an error with its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: Some(source.into()) }
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }
}

/// Kind of a [`TransportError`]. Both transports classify the same failure alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection within [`Timeouts::connect`](crate::config::Timeouts::connect).
    #[error("connect timeout")]
    ConnectTimeout,
    /// The server neither took nor sent anything within [`Timeouts::read`](crate::config::Timeouts::read).
    #[error("read timeout")]
    ReadTimeout,
    /// One attempt exceeded [`Timeouts::attempt`](crate::config::Timeouts::attempt).
    #[error("attempt timeout")]
    AttemptTimeout,
    /// The call exceeded [`Timeouts::operation`](crate::config::Timeouts::operation).
    #[error("operation timeout after {} s", .0.as_secs_f64())]
    OperationTimeout(Duration),
    /// The host's name cannot be resolved, or its port cannot be reached.
    #[error("cannot connect")]
    Connect,
    /// The TLS handshake failed, or the server's certificate is not trusted.
    #[error("TLS handshake failed")]
    Tls,
    /// The proxy is invalid or refused the connection.
    #[error("proxy error")]
    Proxy,
    /// The connection was closed before the response was complete.
    #[error("connection closed unexpectedly")]
    Broken,
    /// The response exceeds [`Limits::max_response_bytes`](crate::config::Limits::max_response_bytes), given here.
    #[error("response exceeds the limit of {0} bytes")]
    TooLarge(u64),
    /// The request body's source failed.
    #[error("cannot read the request body")]
    RequestBody,
    /// A streamed response does not match the checksum that it carries.
    #[error("response does not match its checksum")]
    Checksum,
    /// The response is not HTTP, or another failure that another attempt would repeat.
    #[error("request failed")]
    Other,
}

impl TransportErrorKind {
    /// Whether another attempt may succeed.
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::ConnectTimeout | Self::ReadTimeout | Self::AttemptTimeout | Self::Connect | Self::Broken)
    }

    /// Whether a timeout elapsed.
    pub fn is_timeout(self) -> bool {
        matches!(self, Self::ConnectTimeout | Self::ReadTimeout | Self::AttemptTimeout | Self::OperationTimeout(_))
    }
}
