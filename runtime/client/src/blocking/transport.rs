//! The seam between the blocking client and the network.

use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use crate::core::AttemptLimits;
use crate::error::TransportError;

/// Sends one request and returns its response.
///
/// Implemented by closures from a request to a response whose bodies are [`Bytes`]: a body that is streamed is read for
/// them.
pub trait Transport: Send + Sync {
    /// Sends a request whose headers are complete. Redirects are not followed, and a response of any status is a
    /// success. The limits hold until the response's body is read, or until it begins if it is streamed.
    ///
    /// # Errors
    /// When no response comes back.
    fn send(&self, request: Request<Body>, limits: &AttemptLimits) -> Result<Response<Body>, TransportError>;
}

impl<F> Transport for F
where
    F: Fn(Request<Bytes>, &AttemptLimits) -> Result<Response<Bytes>, TransportError> + Send + Sync,
{
    fn send(&self, request: Request<Body>, limits: &AttemptLimits) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.collect(u64::MAX)?);
        self(request, limits).map(|response| response.map(Body::Bytes))
    }
}
