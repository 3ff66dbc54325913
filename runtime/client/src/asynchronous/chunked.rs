//! Bodies that are sent in the encoding `aws-chunked`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::body::Body;
use crate::checksum::ChunkedEncoder;
use crate::error::{TransportError, TransportErrorKind};

/// Encodes a body while it is sent.
pub(super) struct Chunked {
    body: Body,
    encoder: ChunkedEncoder,
    is_ended: bool,
    /// How many encoded bytes are still to come, if the length is known.
    remaining: Option<u64>,
}

impl Chunked {
    pub(super) fn new(body: Body, encoder: ChunkedEncoder, length: Option<u64>) -> Self {
        Self { body, encoder, is_ended: false, remaining: length }
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
            if let Some(encoded) = this.encoder.pop() {
                this.remaining = this.remaining.map(|remaining| remaining.saturating_sub(encoded.len() as u64));
                return Poll::Ready(Some(Ok(Frame::data(encoded))));
            }
            if this.is_ended {
                return Poll::Ready(None);
            }
            let encoded = match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // The trailer takes the place of any other.
                Some(Ok(frame)) => frame.data_ref().map_or(Ok(()), |data| this.encoder.push(data)),
                None => {
                    this.is_ended = true;
                    this.encoder.finish()
                }
            };
            if let Err(error) = encoded {
                return Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::RequestBody, error))));
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining.map(SizeHint::with_exact).unwrap_or_default()
    }
}
