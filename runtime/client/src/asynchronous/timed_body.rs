//! A response's body with time limits.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::{TransportError, TransportErrorKind};

/// Fails a body whose next part, or whose end, does not arrive in time.
pub(super) struct TimedBody {
    body: Incoming,
    read: Option<Duration>,
    deadline: Option<Instant>,
    /// Set while the next part is awaited: when it is due, and what it means if it is late.
    timer: Option<(Pin<Box<Sleep>>, TransportErrorKind)>,
}

impl TimedBody {
    pub(super) fn new(body: Incoming, read: Option<Duration>, deadline: Option<Instant>) -> Self {
        Self { body, read, deadline, timer: None }
    }

    /// Returns a timer for whichever limit ends first.
    fn start_timer(&self) -> Option<(Pin<Box<Sleep>>, TransportErrorKind)> {
        let read_until = self.read.and_then(|limit| Instant::now().checked_add(limit));
        match (read_until, self.deadline) {
            (Some(until), deadline) if deadline.is_none_or(|deadline| until <= deadline) => {
                Some((Box::pin(sleep_until(until)), TransportErrorKind::ReadTimeout))
            }
            (_, Some(deadline)) => Some((Box::pin(sleep_until(deadline)), TransportErrorKind::AttemptTimeout)),
            _ => None,
        }
    }
}

impl Body for TimedBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.timer = None;
            let broken = |error| TransportError::new(TransportErrorKind::Broken, error);
            return Poll::Ready(frame.map(|frame| frame.map_err(broken)));
        }
        if self.timer.is_none() {
            self.timer = self.start_timer();
        }
        match &mut self.timer {
            Some((timer, kind)) => timer.as_mut().poll(context).map(|()| Some(Err((*kind).into()))),
            None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
