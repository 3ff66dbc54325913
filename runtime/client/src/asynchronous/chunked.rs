//! Bodies that are sent in the encoding `aws-chunked`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::body::Body;
use crate::checksum::ChunkedEncoder;
use crate::error::TransportError;

/// Encodes a body while it is sent.
pub(super) struct Chunked {
    body: Body,
    /// `None` once the body has ended.
    encoder: Option<ChunkedEncoder>,
    /// How many encoded bytes are still to come.
    remaining: u64,
}

impl Chunked {
    pub(super) fn new(body: Body, encoder: ChunkedEncoder, length: u64) -> Self {
        Self { body, encoder: Some(encoder), remaining: length }
    }
}

impl HttpBody for Chunked {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        loop {
            let Some(encoder) = &mut this.encoder else { return Poll::Ready(None) };
            let encoded = match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // The trailer takes the place of any other.
                Some(Ok(frame)) => frame.into_data().map(|data| encoder.encode(&data)).unwrap_or_default(),
                None => this.encoder.take().map(ChunkedEncoder::finish).unwrap_or_default(),
            };
            if !encoded.is_empty() {
                this.remaining = this.remaining.saturating_sub(encoded.len() as u64);
                return Poll::Ready(Some(Ok(Frame::data(encoded))));
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}
