//! What a call can fail with.
//!
//! No error shows its source: `Display` says what happened, `source` why, and [`Chain`] both in one sentence.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use whitesmith_protocol::{ReadError, WriteError};

use crate::credentials::CredentialsError;
use crate::endpoint::EndpointError;
use crate::host_prefix::HostPrefixError;
#[cfg(any(feature = "asynchronous", feature = "blocking"))]
pub use crate::proxy::ProxyError;
use crate::signing::SigningError;

/// Shows an error and everything that caused it, in one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Chain<'a>(pub &'a (dyn std::error::Error + 'a));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// Why a call did not give an output. `E` is the enum of the operation's modelled errors.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error<E> {
    /// The input cannot be put on the wire.
    #[error("the input cannot be sent")]
    Input(#[from] InputError),
    /// There is no endpoint to send the request to.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// There are no credentials to sign with.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The request could not be signed.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The request did not reach the service, or no whole response came back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A response came back that is not what the protocol says.
    #[error(transparent)]
    Response(Box<ResponseError>),
    /// The service said no.
    #[error(transparent)]
    Service(Box<ServiceError<E>>),
}

impl<E> Error<E> {
    /// The service's answer, when it was one.
    pub fn as_service(&self) -> Option<&ServiceError<E>> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The modelled error, when it was one.
    pub fn kind(&self) -> Option<&E> {
        self.as_service().and_then(|error| error.kind.as_ref())
    }

    /// The error's code, when the service said one.
    pub fn code(&self) -> Option<&str> {
        self.as_service().and_then(|error| error.code.as_deref())
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Service(error) => error.retryable,
            Self::Transport(error) => error.kind.is_retryable(),
            _ => false,
        }
    }
}

/// An input that cannot be put on the wire.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A value does not fit the protocol.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A host label is missing or no label.
    #[error(transparent)]
    HostPrefix(#[from] HostPrefixError),
    /// The operation belongs to a service with another protocol.
    #[error("the protocol {0} is not built into this program")]
    Protocol(String),
    /// Endpoint and path make no URI.
    #[error("`{0}` is no URI")]
    Uri(String),
}

/// What the service answered instead of an output. `Debug` shows headers by their names and the body by its size: they
/// may hold what the model marks sensitive.
#[non_exhaustive]
pub struct ServiceError<E> {
    /// The error's code: the shape's name without the namespace, or what the service put in its place.
    pub code: Option<String>,
    /// The service's message.
    pub message: Option<String>,
    /// The service's id of the request, for its support staff.
    pub request_id: Option<String>,
    /// HTTP status.
    pub status: StatusCode,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// Whether the service asks to slow down.
    pub throttling: bool,
    /// How many attempts were made.
    pub attempts: u32,
    /// The modelled error, when the service sent one that the model knows and that can be read.
    pub kind: Option<E>,
    /// The response's headers.
    pub headers: HeaderMap,
    /// The response's body.
    pub body: Bytes,
}

impl<E: fmt::Debug> fmt::Debug for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, message, request_id, status, retryable, throttling, attempts, kind, headers, body } = self;
        f.debug_struct("ServiceError")
            .field("code", code)
            .field("message", message)
            .field("request_id", request_id)
            .field("status", status)
            .field("retryable", retryable)
            .field("throttling", throttling)
            .field("attempts", attempts)
            .field("kind", kind)
            .field("headers", &HeaderNames(headers))
            .field("body", &Size(body))
            .finish()
    }
}

/// Shows the names of headers, and no value.
struct HeaderNames<'a>(&'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys().map(|name| name.as_str())).finish()
    }
}

/// Shows how large a body is, and nothing of it.
struct Size<'a>(&'a Bytes);

impl fmt::Debug for Size<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl<E> fmt::Display for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or("the service answered with an error"))?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        write!(f, " (status {}", self.status.as_u16())?;
        if let Some(id) = &self.request_id {
            write!(f, ", request id {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", after {} attempts", self.attempts)?;
        }
        f.write_str(")")
    }
}

/// Without a source: `kind` is no cause, but the same error as the model has it.
impl<E: fmt::Debug> std::error::Error for ServiceError<E> {}

/// No whole response came back.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct TransportError {
    /// What happened.
    pub kind: TransportErrorKind,
    /// What the transport says of it.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// An error with what the transport says of it.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { kind, source: Some(source.into()) }
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }
}

/// What keeps a response from coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection within the time allowed.
    #[error("no connection within the time allowed")]
    ConnectTimeout,
    /// Nothing was taken or sent by the server within the time allowed for a piece of a request or response.
    #[error("no answer within the time allowed")]
    ReadTimeout,
    /// One attempt took longer than allowed.
    #[error("the attempt took longer than allowed")]
    AttemptTimeout,
    /// All attempts together took longer than allowed.
    #[error("the operation took longer than {} s", .0.as_secs_f64())]
    OperationTimeout(Duration),
    /// The host's name or port could not be reached.
    #[error("could not connect")]
    Connect,
    /// The server's certificate or the TLS handshake was refused.
    #[error("no secure connection")]
    Tls,
    /// The proxy could not be used.
    #[error("the proxy cannot be used")]
    Proxy,
    /// The connection broke.
    #[error("the connection broke")]
    Broken,
    /// The response is larger than [`crate::config::Limits`] allow, in bytes.
    #[error("the response is larger than the limit of {0} bytes")]
    TooLarge(u64),
    /// What came back is not HTTP, or the certificates given are none, or something else that trying again does not mend.
    #[error("the request failed")]
    Other,
}

impl TransportErrorKind {
    /// Whether another attempt may succeed.
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::ConnectTimeout | Self::ReadTimeout | Self::AttemptTimeout | Self::Connect | Self::Broken)
    }
}

/// A response that is not what the protocol says. `Debug` shows headers by their names and the body by its size.
#[derive(thiserror::Error)]
#[error("the response with status {} cannot be read", .status.as_u16())]
pub struct ResponseError {
    /// HTTP status.
    pub status: StatusCode,
    /// What is wrong.
    pub source: ReadError,
    /// The response's headers.
    pub headers: HeaderMap,
    /// The response's body.
    pub body: Bytes,
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("status", &self.status)
            .field("source", &self.source)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &Size(&self.body))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_says_each_cause_once() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = Error::<()>::from(TransportError::new(TransportErrorKind::Connect, refused));
        assert_eq!(error.to_string(), "could not connect");
        assert_eq!(Chain(&error).to_string(), "could not connect: connection refused");
        let input = Error::<()>::from(InputError::Protocol("x".into()));
        assert_eq!(
            Chain(&input).to_string(),
            "the input cannot be sent: the protocol x is not built into this program"
        );
        assert_eq!(Chain(&EndpointError::new("none")).to_string(), "no endpoint: none");
    }
}
