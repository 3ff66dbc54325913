//! Reading a request within bounds.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use http::header::HOST;
use http::request::Parts;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};

use crate::Limits;
use crate::budget::{Budget, Reservation, UNCOUNTED};
use crate::refused::Refused;

/// Checks what the HTTP library leaves open: the size of the head, and that there is one host.
pub(super) fn check_head(parts: &Parts, limits: &Limits) -> Result<(), Refused> {
    if parts.headers.get_all(HOST).iter().nth(1).is_some() {
        return Err(Refused::DuplicateHost);
    }
    let path = parts.uri.path_and_query().map_or(1, |path| path.as_str().len());
    let line = parts.method.as_str().len().saturating_add(path).saturating_add(LINE_OVERHEAD);
    let size = parts.headers.iter().fold(line, |size, (name, value)| {
        size.saturating_add(name.as_str().len()).saturating_add(value.len()).saturating_add(HEADER_OVERHEAD)
    });
    if size > limits.head { Err(Refused::HeadTooLarge) } else { Ok(()) }
}

/// `: ` and a line break.
const HEADER_OVERHEAD: usize = 4;
/// Two spaces, `HTTP/1.1`, a line break, and the one that ends the head.
const LINE_OVERHEAD: usize = 14;

/// Reads the whole body.
pub(super) async fn read(mut body: Incoming, limits: &Limits, budget: &Arc<Budget>) -> Result<Bytes, Refused> {
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
            if data.len() > limits.body {
                return Err(Refused::TooLarge);
            }
            Ok(budget.hold(data)?)
        }
        Poll::Ready(Some(frame)) => Box::pin(in_time(Some(frame), body, limits, budget)).await,
        Poll::Pending => Box::pin(in_time(None, body, limits, budget)).await,
    }
}

type Received = Result<Frame<Bytes>, hyper::Error>;

async fn in_time(
    first: Option<Received>,
    body: Incoming,
    limits: &Limits,
    budget: &Arc<Budget>,
) -> Result<Bytes, Refused> {
    let collected = collect(first, body, limits.body, budget.reservation());
    tokio::time::timeout(limits.body_time, collected).await.unwrap_or(Err(Refused::TooSlow))
}

async fn collect(
    mut frame: Option<Received>,
    mut body: Incoming,
    limit: usize,
    mut reservation: Reservation,
) -> Result<Bytes, Refused> {
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
        if all.len().saturating_add(first.len()).saturating_add(data.len()) > limit {
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
        if all.capacity() > UNCOUNTED {
            reservation.grow_to(all.capacity())?;
        }
    }
    let whole = if all.is_empty() { first } else { all.freeze() };
    if whole.len() > UNCOUNTED {
        reservation.grow_to(whole.len())?;
    }
    Ok(reservation.attach(whole))
}
