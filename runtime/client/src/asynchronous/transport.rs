//! The seam between the asynchronous client and the network.

use std::time::Duration;

use http::{Request, Response};

use super::body::Body;
use crate::BoxFuture;
use crate::core::AttemptLimits;
use crate::error::TransportError;

/// Sends one request and returns its response, and waits.
pub trait Transport: Send + Sync {
    /// Sends a request whose headers are complete. Redirects are not followed, and a response of any status is a
    /// success. The limits hold until the response's body is read, or until it begins if it is streamed.
    ///
    /// # Errors
    /// When no response comes back.
    fn send(
        &self,
        request: Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Waits before a retry.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}
