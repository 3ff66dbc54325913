//! Reading a request's body within bounds.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};

use crate::Limits;

/// A request that is refused before its operation is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The body is too large, or gets too large when it is decompressed.
    TooLarge,
    /// The body came too slowly.
    TooSlow,
    /// The body is not compressed as its header says, or in another way than gzip.
    Encoding,
    /// The client broke off.
    Broken,
}

impl Refused {
    /// Status, code and message of the answer.
    pub(crate) fn answer(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeException", "The request body is too large.")
            }
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "RequestTimeoutException", "The request body did not arrive in time.")
            }
            Self::Encoding => (
                StatusCode::BAD_REQUEST,
                "SerializationException",
                "The request body is not encoded as its Content-Encoding header says.",
            ),
            Self::Broken => {
                (StatusCode::BAD_REQUEST, "SerializationException", "The request body ends before it is complete.")
            }
        }
    }
}

/// The whole body.
pub(super) async fn read(mut body: Incoming, limits: &Limits) -> Result<Bytes, Refused> {
    // What the length header announces.
    if body.size_hint().lower() > limits.body as u64 {
        return Err(Refused::TooLarge);
    }
    // Most bodies come with their headers: no timer for these.
    let first = poll_fn(|context| Poll::Ready(Pin::new(&mut body).poll_frame(context))).await;
    match first {
        Poll::Ready(None) => Ok(Bytes::new()),
        Poll::Ready(Some(frame)) if body.is_end_stream() => {
            let data = frame.map_err(|_| Refused::Broken)?.into_data().unwrap_or_default();
            if data.len() > limits.body { Err(Refused::TooLarge) } else { Ok(data) }
        }
        Poll::Ready(Some(frame)) => in_time(Some(frame), body, limits).await,
        Poll::Pending => in_time(None, body, limits).await,
    }
}

type Received = Result<Frame<Bytes>, hyper::Error>;

async fn in_time(first: Option<Received>, body: Incoming, limits: &Limits) -> Result<Bytes, Refused> {
    tokio::time::timeout(limits.body_time, collect(first, body, limits.body)).await.unwrap_or(Err(Refused::TooSlow))
}

async fn collect(mut frame: Option<Received>, mut body: Incoming, limit: usize) -> Result<Bytes, Refused> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    loop {
        let Some(received) = (match frame.take() {
            None => body.frame().await,
            received => received,
        }) else {
            break;
        };
        let Ok(data) = received.map_err(|_| Refused::Broken)?.into_data() else { continue };
        if all.len() + first.len() + data.len() > limit {
            return Err(Refused::TooLarge);
        }
        if first.is_empty() && all.is_empty() {
            first = data;
            continue;
        }
        if all.is_empty() {
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&data);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}
