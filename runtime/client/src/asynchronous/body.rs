//! Bodies of the asynchronous client.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use crate::error::{TransportError, TransportErrorKind};

/// A request's or a response's body: bytes, or a stream for a body that is not held in memory.
pub enum Body {
    /// The whole body.
    Bytes(Bytes),
    /// A body that arrives piece by piece.
    Stream(UnsyncBoxBody<Bytes, TransportError>),
}

impl Body {
    /// Creates a body from a stream of frames.
    pub fn from_stream(body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self::Stream(body.boxed_unsync())
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => stream.size_hint().exact(),
        }
    }

    /// Returns the next piece, or `None` at the end.
    ///
    /// # Errors
    /// When the transport fails.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        loop {
            match self.frame().await?.map(Frame::into_data) {
                Ok(Ok(data)) => return Some(Ok(data)),
                // Trailers carry nothing that is read.
                Ok(Err(_)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Reads the whole body.
    ///
    /// # Errors
    /// When the transport fails, or the body is longer than `limit` bytes.
    pub async fn collect(mut self, limit: u64) -> Result<Bytes, TransportError> {
        let check = |size: u64| if size > limit { Err(TransportErrorKind::TooLarge(limit)) } else { Ok(()) };
        // A body that is announced as too large need not be read.
        check(self.size_hint().lower())?;
        if let Self::Bytes(bytes) = self {
            return Ok(bytes);
        }
        let mut first = Bytes::new();
        let mut all = BytesMut::new();
        while let Some(data) = self.next().await {
            let data = data?;
            check(first.len().saturating_add(all.len()).saturating_add(data.len()) as u64)?;
            // Most responses come in one piece, which need not be copied.
            if first.is_empty() && all.is_empty() {
                first = data;
            } else {
                all.extend_from_slice(&std::mem::take(&mut first));
                all.extend_from_slice(&data);
            }
        }
        Ok(if all.is_empty() { first } else { all.freeze() })
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut *self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Stream(stream) => Pin::new(stream).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Stream(stream) => stream.size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(unknown length)"),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self::Bytes(bytes.into())
    }
}
