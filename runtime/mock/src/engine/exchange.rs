//! Requests and answers.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use whitesmith_protocol::ReceivedRequest;

use crate::fault::Transport;
use crate::wire::Response;

/// The header with a request's id.
pub(crate) const REQUEST_ID: http::HeaderName = http::HeaderName::from_static("x-amzn-requestid");

/// The answer to a request, and how it is sent.
pub(crate) struct Reaction {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The delay before the answer is sent.
    pub(crate) delay: Duration,
    pub(crate) transport: Transport,
}

/// A request as it was received.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// A response, and what the journal says about it.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) delay: Duration,
    pub(super) expectation: Option<u64>,
    pub(super) problem: Option<Box<str>>,
}

impl<'a> Incoming<'a> {
    pub(super) fn received(&self) -> ReceivedRequest<'a> {
        ReceivedRequest::new(self.method, self.path, self.headers, self.body)
    }
}

impl Answer {
    pub(super) fn refused(response: Response, problem: impl Into<Box<str>>) -> Self {
        Self { response, delay: Duration::ZERO, expectation: None, problem: Some(problem.into()) }
    }
}
