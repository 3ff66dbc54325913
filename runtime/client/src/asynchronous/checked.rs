//! Bodies that are compared with the checksum of their response.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::body::Body;
use crate::checksum::ResponseCheck;
use crate::error::TransportError;

/// Checks a body while it arrives: what does not match ends in an error.
pub(super) struct Checked {
    body: Body,
    /// `None` once the body has ended.
    check: Option<ResponseCheck>,
}

impl Checked {
    pub(super) fn new(body: Body, check: ResponseCheck) -> Self {
        Self { body, check: Some(check) }
    }
}

impl HttpBody for Checked {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.body).poll_frame(context));
        match (&frame, &mut this.check) {
            (Some(Ok(frame)), Some(check)) => frame.data_ref().into_iter().for_each(|data| check.update(data)),
            (None, check) => {
                if let Some(Err(error)) = check.take().map(ResponseCheck::finish_stream) {
                    return Poll::Ready(Some(Err(error)));
                }
            }
            _ => {}
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
