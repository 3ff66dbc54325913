//! Errors of calls.
//!
//! [`Error`] is what a call returns: its `Display` shows the cause, too, in one line. The errors inside it follow the
//! usual convention: `Display` says what happened, `source` why, and [`Chain`] shows both.

mod any;
mod chain;
mod service;
mod transport;

pub use any::AnyModeledError;
pub use chain::{BoxError, Chain};
pub use service::ServiceError;
pub use transport::{TransportError, TransportErrorKind};

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use whitesmith_protocol::{ReadError, WriteError};
use whitesmith_schema::ChecksumAlgorithm;

use crate::credentials::CredentialsError;
use crate::endpoint::EndpointError;
use crate::host_prefix::HostPrefixError;
#[cfg(any(feature = "asynchronous", feature = "blocking"))]
pub use crate::proxy::ProxyError;
use crate::signing::SigningError;

/// Error of a call.
///
/// `E` is the enum of the operation's modelled errors. `Error` without a parameter stands for any operation: every
/// `Error<E>` converts to it, so that `?` works in a function that calls several operations.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = AnyModeledError> {
    /// The service returned an error.
    Service(Box<ServiceError<E>>),
    /// The service was not reached, or its response cannot be read.
    Call(CallError),
}

impl<E> Error<E> {
    /// Returns the service's error, if it returned one.
    pub fn as_service(&self) -> Option<&ServiceError<E>> {
        match self {
            Self::Service(error) => Some(error),
            Self::Call(_) => None,
        }
    }

    /// Returns the error of the transport, if the request failed there.
    pub fn as_transport(&self) -> Option<&TransportError> {
        match self {
            Self::Call(CallError::Transport(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns the modelled error, if the service returned one.
    pub fn kind(&self) -> Option<&E> {
        self.as_service().and_then(|error| error.kind.as_ref())
    }

    /// Returns the error's code, if the service sent one.
    pub fn code(&self) -> Option<&str> {
        self.as_service().and_then(|error| error.code.as_deref())
    }

    /// Returns the service's message, if it sent one.
    pub fn message(&self) -> Option<&str> {
        self.as_service().and_then(|error| error.message.as_deref())
    }

    /// Returns the service's id of the request, if a response with one came back.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id.as_deref(),
            Self::Call(CallError::Response(error)) => error.request_id.as_deref(),
            Self::Call(_) => None,
        }
    }

    /// Returns the HTTP status, if a response came back.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(error) => Some(error.status),
            Self::Call(CallError::Response(error)) => Some(error.status),
            Self::Call(_) => None,
        }
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Service(error) => error.retryable,
            Self::Call(CallError::Transport(error)) => error.kind.is_retryable(),
            Self::Call(_) => false,
        }
    }

    /// Whether the error is a throttling error.
    pub fn is_throttling(&self) -> bool {
        self.as_service().is_some_and(|error| error.throttling)
    }

    /// Whether one of the configured timeouts elapsed.
    pub fn is_timeout(&self) -> bool {
        self.as_transport().is_some_and(|error| error.kind.is_timeout())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(error) => error.fmt(f),
            Self::Call(error) => Chain(error).fmt(f),
        }
    }
}

/// Without a source: `Display` shows the causes.
impl<E: fmt::Debug> std::error::Error for Error<E> {}

impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Call(error.into())
    }
}

/// Error of a call that ended without an answer of the service.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The input cannot be written as a request.
    #[error("invalid input")]
    Input(#[from] InputError),
    /// There is no endpoint to send the request to.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// There are no usable credentials.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The request cannot be signed.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// An interceptor refused the request.
    #[error("interceptor failed")]
    Interceptor(#[source] BoxError),
    /// The pages of an operation do not lead to an end.
    #[error("pagination failed")]
    Pagination(#[source] BoxError),
    /// The request did not reach the service, or no complete response came back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The response does not conform to the protocol.
    #[error(transparent)]
    Response(Box<ResponseError>),
    /// The response's body is not the one that its checksum belongs to.
    #[error(transparent)]
    Checksum(#[from] ChecksumMismatch),
    /// An event of the response is malformed.
    #[cfg(feature = "event-stream")]
    #[error(transparent)]
    Event(whitesmith_protocol::event_stream::EventError),
}

/// Error of an input that cannot be written as a request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A value cannot be serialized.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A host label is missing or invalid.
    #[error(transparent)]
    HostPrefix(#[from] HostPrefixError),
    /// The operation's protocol is not supported.
    #[error("unsupported protocol {0}")]
    Protocol(String),
    /// The input chooses a checksum that the client cannot compute.
    #[error("unsupported checksum algorithm `{0}`")]
    Checksum(String),
    /// A header with a checksum or hash of the body has to precede it, and the body can be read only once.
    #[error("`{0}` precedes the body, which can be read only once: use bytes or a file")]
    BodyReadOnce(String),
    /// Endpoint and path do not form a URI.
    #[error("invalid URI `{0}`")]
    Uri(String),
}

/// Error of a response whose body does not have the checksum that its headers carry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("checksum mismatch in the response: expected {} `{expected}`, found `{found}`", .algorithm.name())]
pub struct ChecksumMismatch {
    /// The algorithm.
    pub algorithm: ChecksumAlgorithm,
    /// The checksum in the headers.
    pub expected: String,
    /// The checksum of the body.
    pub found: String,
}

/// Error of a response that does not conform to the protocol. `Debug` shows the names of headers and the size of the
/// body only.
#[derive(thiserror::Error)]
#[error("cannot read the response with status {}", .status.as_u16())]
pub struct ResponseError {
    /// HTTP status.
    pub status: StatusCode,
    /// What is wrong.
    pub source: ReadError,
    /// The service's id of the request.
    pub request_id: Option<String>,
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
            .field("request_id", &self.request_id)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &Size(&self.body))
            .finish()
    }
}

/// Shows the names of headers without their values.
struct HeaderNames<'a>(&'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys().map(|name| name.as_str())).finish()
    }
}

/// Shows the size of a body without its content.
struct Size<'a>(&'a Bytes);

impl fmt::Debug for Size<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_shows_each_cause_once() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = Error::<()>::from(TransportError::new(TransportErrorKind::Connect, refused));
        assert_eq!(error.to_string(), "cannot connect: connection refused");
        assert_eq!(Chain(&error).to_string(), error.to_string());
        let input = Error::<()>::from(CallError::from(InputError::Protocol("x".into())));
        assert_eq!(input.to_string(), "invalid input: unsupported protocol x");
        assert_eq!(Chain(&EndpointError::new("none")).to_string(), "no endpoint: none");
    }

    #[test]
    fn timeouts_are_recognized() {
        for (kind, timeout) in [
            (TransportErrorKind::ConnectTimeout, true),
            (TransportErrorKind::ReadTimeout, true),
            (TransportErrorKind::OperationTimeout(std::time::Duration::ZERO), true),
            (TransportErrorKind::Connect, false),
        ] {
            assert_eq!(Error::<()>::from(TransportError::from(kind)).is_timeout(), timeout, "{kind}");
        }
    }
}
