//! Errors that a service returns.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{HeaderNames, Size};

/// Error that a service returned. `Debug` shows the names of headers and the size of the body only: they may hold what
/// the model marks sensitive.
#[non_exhaustive]
pub struct ServiceError<E> {
    /// The error's code: the shape's name without the namespace, or what the service put in its place.
    pub code: Option<String>,
    /// The service's message, or the first line of a body that is not the protocol's, such as a proxy's page.
    pub message: Option<String>,
    /// The service's id of the request, for its support staff.
    pub request_id: Option<String>,
    /// HTTP status.
    pub status: StatusCode,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// Whether the error is a throttling error.
    pub throttling: bool,
    /// How many attempts were made.
    pub attempts: u32,
    /// The modelled error, if the model knows it and its members can be read.
    pub kind: Option<E>,
    /// The response's headers.
    pub headers: HeaderMap,
    /// The response's body.
    pub body: Bytes,
}

impl<E> ServiceError<E> {
    /// Returns the error with a modelled error of another type.
    pub(crate) fn with_kind<F>(self, kind: Option<F>) -> ServiceError<F> {
        let Self { code, message, request_id, status, retryable, throttling, attempts, kind: _, headers, body } = self;
        ServiceError { code, message, request_id, status, retryable, throttling, attempts, kind, headers, body }
    }

    /// Returns the error with another representation of the modelled error.
    pub(crate) fn map_kind<F>(self, map: impl FnOnce(E) -> F) -> ServiceError<F> {
        let Self { code, message, request_id, status, retryable, throttling, attempts, kind, headers, body } = self;
        let kind = kind.map(map);
        ServiceError { code, message, request_id, status, retryable, throttling, attempts, kind, headers, body }
    }
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

impl<E> fmt::Display for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or("unknown service error"))?;
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

/// Without a source: `kind` is not a cause, but the same error as the model describes it.
impl<E: fmt::Debug> std::error::Error for ServiceError<E> {}
