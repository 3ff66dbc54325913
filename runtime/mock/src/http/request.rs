//! Reading a request's body within bounds.

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

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
pub(super) async fn read(headers: &http::HeaderMap, body: Incoming, limits: &Limits) -> Result<Bytes, Refused> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.body as u64) {
        return Err(Refused::TooLarge);
    }
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    tokio::time::timeout(limits.body_time, collect(body, limits.body)).await.unwrap_or(Err(Refused::TooSlow))
}

async fn collect(mut body: Incoming, limit: usize) -> Result<Bytes, Refused> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Refused::Broken)?.into_data() else { continue };
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
