//! Bodies of responses that begin before their request has ended.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body as _, Frame, Incoming};
use tokio::time::Sleep;

use super::broken::Broken;
use crate::engine::{Engine, Exchanging, KEPT_BODY};

/// Answers the events of a request as they come.
pub(super) struct ExchangeBody {
    engine: Arc<Engine>,
    exchanging: Exchanging,
    path: String,
    request: Incoming,
    /// What is sent next.
    queue: VecDeque<Bytes>,
    /// Whether nothing follows the queue.
    has_ended: bool,
    /// How long to wait for the next part of the request.
    patience: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    /// The beginnings of both bodies, for the journal.
    received: Vec<u8>,
    sent: Vec<u8>,
}

impl fmt::Debug for ExchangeBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeBody").field("path", &self.path).finish_non_exhaustive()
    }
}

impl ExchangeBody {
    /// Answers `request`, after `first`, the beginning of the response.
    pub(super) fn new(
        engine: Arc<Engine>,
        exchanging: Exchanging,
        path: String,
        request: Incoming,
        first: Bytes,
    ) -> Self {
        let patience = engine.config.limits.body_time;
        let mut body = Self {
            engine,
            exchanging,
            path,
            request,
            queue: VecDeque::new(),
            has_ended: false,
            patience,
            timer: None,
            received: Vec::new(),
            sent: Vec::new(),
        };
        body.add(vec![(first, false)]);
        body
    }

    fn add(&mut self, written: Vec<(Bytes, bool)>) {
        for (bytes, is_last) in written {
            keep(&mut self.sent, &bytes);
            if !bytes.is_empty() {
                self.queue.push_back(bytes);
            }
            self.has_ended |= is_last;
        }
    }

    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        loop {
            if let Some(bytes) = self.queue.pop_front() {
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            if self.has_ended {
                return Poll::Ready(None);
            }
            let written = match Pin::new(&mut self.request).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.timer = None;
                    let Some(data) = frame.data_ref() else { continue };
                    keep(&mut self.received, data);
                    self.exchanging.receive(data)
                }
                Poll::Ready(Some(Err(_))) => return Poll::Ready(Some(Err(Broken))),
                Poll::Ready(None) => {
                    self.has_ended = true;
                    self.exchanging.end()
                }
                Poll::Pending => {
                    let patience = self.patience;
                    let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
                    if timer.as_mut().poll(context).is_pending() {
                        return Poll::Pending;
                    }
                    self.exchanging.give_up()
                }
            };
            self.add(written);
        }
    }

    pub(super) fn is_end_stream(&self) -> bool {
        self.has_ended && self.queue.is_empty()
    }
}

/// Keeps the beginning of a body, and a byte more, so that it shows what was cut off.
fn keep(kept: &mut Vec<u8>, bytes: &[u8]) {
    let room = (KEPT_BODY + 1).saturating_sub(kept.len());
    kept.extend_from_slice(bytes.get(..room.min(bytes.len())).unwrap_or_default());
}

impl Drop for ExchangeBody {
    fn drop(&mut self) {
        self.engine.end_exchange(&mut self.exchanging, &self.path, &self.received, &self.sent);
    }
}
