//! Interceptors: code that sees a client's requests and responses, and may change requests.

use std::time::Duration;

use http::{Request, response};
use whitesmith_schema::{Operation, Service};

use crate::error::{BoxError, TransportError};
use crate::payload::Payload;

/// The call that an interceptor runs for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Context {
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static Operation,
    /// The attempt's number, from 1; 0 before the first attempt.
    pub attempt: u32,
    /// How many attempts the call may take.
    pub max_attempts: u32,
}

/// Runs at the stages of every call. An error from a `modify_…` method ends the call as
/// [`CallError::Interceptor`](crate::error::CallError::Interceptor).
///
/// Headers with secrets are marked sensitive: show none of them.
///
/// ```
/// use http::{HeaderValue, Request};
/// use whitesmith_client::error::BoxError;
/// use whitesmith_client::interceptor::{Context, Interceptor};
/// use whitesmith_client::payload::Payload;
///
/// struct Traced;
///
/// impl Interceptor for Traced {
///     fn modify_before_signing(&self, _: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
///         request.headers_mut().insert("x-trace", HeaderValue::from_static("1"));
///         Ok(())
///     }
/// }
///
/// let config = whitesmith_client::Config::builder().interceptor(Traced).build();
/// ```
pub trait Interceptor: Send + Sync {
    /// Changes the request once a call, before compression.
    fn modify_request(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        let _ = (context, request);
        Ok(())
    }

    /// Changes an attempt's request before it is signed.
    fn modify_before_signing(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        let _ = (context, request);
        Ok(())
    }

    /// Changes an attempt's request after it is signed. What the signature covers may not change.
    fn modify_before_transmit(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        let _ = (context, request);
        Ok(())
    }

    /// Sees a request that is about to be sent.
    fn before_transmit(&self, context: &Context, request: &Request<Payload>) {
        let _ = (context, request);
    }

    /// Sees a response.
    fn after_response(&self, context: &Context, head: &response::Parts, body: &Payload) {
        let _ = (context, head, body);
    }

    /// Sees an attempt fail without a response.
    fn after_failure(&self, context: &Context, error: &TransportError) {
        let _ = (context, error);
    }

    /// Sees that the client will wait and retry.
    fn before_retry(&self, context: &Context, wait: Duration) {
        let _ = (context, wait);
    }
}
