//! Watching a call: for `--debug` output, tests and metrics.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::TransportError;

/// Sees what a client sends and gets. Headers with secrets are marked sensitive: show none of them.
pub trait Observer: Send + Sync {
    /// A request is about to be sent.
    fn request(&self, attempt: u32, request: &Request<Bytes>) {
        let _ = (attempt, request);
    }

    /// A response has come.
    fn response(&self, attempt: u32, response: &Response<Bytes>) {
        let _ = (attempt, response);
    }

    /// No response has come.
    fn failure(&self, attempt: u32, error: &TransportError) {
        let _ = (attempt, error);
    }

    /// The client will wait and try again.
    fn retry(&self, attempt: u32, wait: Duration) {
        let _ = (attempt, wait);
    }
}
