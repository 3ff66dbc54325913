//! Response bodies, with injected faults.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use super::broken::Broken;
use super::exchange::ExchangeBody;

/// A response body.
pub(crate) enum Outgoing {
    /// All at once; `None` once it is taken.
    Whole(Option<Bytes>),
    /// Its first bytes, after which the connection is closed.
    Truncated { rest: Option<Bytes>, announced: u64 },
    /// Events that answer those of the request as they come.
    Exchange(Box<ExchangeBody>),
    /// In pieces, with a pause after each.
    Drip { rest: Bytes, piece: usize, pause: Duration, waiting: Option<Pin<Box<Sleep>>> },
}

impl Outgoing {
    pub(crate) fn truncated(body: &Bytes, kept: usize) -> Self {
        let announced = body.len() as u64;
        Self::Truncated { rest: Some(body.slice(..kept.min(body.len()))), announced }
    }
}

impl From<Bytes> for Outgoing {
    fn from(body: Bytes) -> Self {
        Self::Whole(Some(body))
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match self.get_mut() {
            Self::Whole(body) => {
                Poll::Ready(body.take().filter(|body| !body.is_empty()).map(|body| Ok(Frame::data(body))))
            }
            Self::Truncated { rest, .. } => Poll::Ready(match rest.take() {
                Some(body) if !body.is_empty() => Some(Ok(Frame::data(body))),
                _ => Some(Err(Broken)),
            }),
            Self::Exchange(exchange) => exchange.poll_frame(context),
            Self::Drip { rest, piece, pause, waiting } => {
                if let Some(sleep) = waiting {
                    ready!(sleep.as_mut().poll(context));
                    *waiting = None;
                }
                if rest.is_empty() {
                    return Poll::Ready(None);
                }
                let next = rest.split_to((*piece).clamp(1, rest.len()));
                *waiting = Some(Box::pin(tokio::time::sleep(*pause)));
                Poll::Ready(Some(Ok(Frame::data(next))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.as_ref().is_none_or(Bytes::is_empty),
            Self::Truncated { .. } => false,
            Self::Exchange(exchange) => exchange.is_end_stream(),
            Self::Drip { rest, .. } => rest.is_empty(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Whole(body) => body.as_ref().map_or(0, |body| body.len() as u64),
            Self::Truncated { announced, .. } => *announced,
            Self::Exchange(_) => return SizeHint::default(),
            Self::Drip { rest, .. } => rest.len() as u64,
        })
    }
}
