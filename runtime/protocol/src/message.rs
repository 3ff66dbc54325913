//! HTTP messages, free of I/O.

use std::borrow::Cow;

use http::{HeaderMap, Method, StatusCode};

/// The body of a written message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The whole body.
    Bytes(Vec<u8>),
    /// The value of the member that is a stream, which the transport moves.
    Stream,
}

impl Body {
    /// The bytes; none for a stream.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream => &[],
        }
    }

    /// The bytes; none for a stream.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream => Vec::new(),
        }
    }

    /// Whether the transport has to supply the body.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Stream)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// A request as a protocol writes it. Endpoint, signature and the transport's headers are added by the client.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, to be appended to the endpoint's URL; begins with `/`.
    pub path: Cow<'static, str>,
    /// The protocol's own headers, in the order in which they are sent.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

/// A response as a protocol writes it.
pub type Response = http::Response<Body>;

/// The body of a received message.
#[derive(Clone, Copy, Debug)]
pub enum ReceivedBody<'a> {
    /// The whole body.
    Bytes(&'a [u8]),
    /// A stream that the transport holds. The member it belongs to is left out of the value that is read.
    Stream,
}

impl<'a> ReceivedBody<'a> {
    /// The bytes; none for a stream.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream => &[],
        }
    }
}

/// A request that a server has received.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedRequest<'a> {
    /// The method.
    pub method: &'a Method,
    /// Path and query.
    pub path: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: ReceivedBody<'a>,
}

/// A response that a client has received.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedResponse<'a> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: ReceivedBody<'a>,
}

impl<'a> ReceivedResponse<'a> {
    /// A response whose whole body is in memory.
    pub const fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self { status, headers, body: ReceivedBody::Bytes(body) }
    }
}

impl<'a> ReceivedRequest<'a> {
    /// A request whose whole body is in memory.
    pub const fn new(method: &'a Method, path: &'a str, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self { method, path, headers, body: ReceivedBody::Bytes(body) }
    }
}
