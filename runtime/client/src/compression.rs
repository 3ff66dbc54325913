//! Request compression (`smithy.api#requestCompression`).

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderValue;
use http::header::CONTENT_ENCODING;
use whitesmith_protocol::{Body, Request};

/// Compresses the body with gzip, unless that fails, and appends `gzip` to the encodings that the body already has.
pub(crate) fn compress(request: &mut Request) {
    let mut encoder = GzEncoder::new(Vec::with_capacity(request.body.as_bytes().len() / 2), Compression::default());
    let Ok(compressed) = encoder.write_all(request.body.as_bytes()).and_then(|()| encoder.finish()) else { return };
    let present = request.headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes).unwrap_or_default();
    let encodings = if present.is_empty() { b"gzip".to_vec() } else { [present, b", gzip"].concat() };
    let Ok(encodings) = HeaderValue::from_bytes(&encodings) else { return };
    request.headers.insert(CONTENT_ENCODING, encodings);
    request.body = Body::Bytes(compressed);
}
