//! Request compression (`smithy.api#requestCompression`).

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::CONTENT_ENCODING;
use http::{HeaderValue, Request};

use crate::payload::Payload;

/// Compresses the body with gzip and appends `gzip` to its encodings. A body that cannot be compressed stays as it is.
pub(crate) fn compress(request: &mut Request<Payload>) {
    let Some(body) = request.body().bytes() else { return };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::default());
    let Ok(compressed) = encoder.write_all(body).and_then(|()| encoder.finish()) else { return };
    let present = request.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes).unwrap_or_default();
    let encodings = if present.is_empty() { b"gzip".to_vec() } else { [present, b", gzip"].concat() };
    let Ok(encodings) = HeaderValue::from_bytes(&encodings) else { return };
    request.headers_mut().insert(CONTENT_ENCODING, encodings);
    *request.body_mut() = Payload::Bytes(compressed.into());
}
