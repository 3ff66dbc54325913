//! Compressed bodies.

use std::io::{Read, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};

use super::aws_chunked;
use crate::refused::Refused;

/// Bodies below this size, in bytes, are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// Decodes a body's `Content-Encoding`.
pub(super) fn decode(headers: &HeaderMap, body: Bytes, limit: usize) -> Result<Bytes, Refused> {
    let encodings = headers.get_all(CONTENT_ENCODING).iter().flat_map(|value| value.as_bytes().split(|b| *b == b','));
    // They are listed in the order in which they were applied; `aws-chunked` is that of the transfer, wherever it stands.
    let mut encodings: Vec<&[u8]> = encodings.map(<[u8]>::trim_ascii).collect();
    let mut body = body;
    if let Some(at) = encodings.iter().position(|encoding| *encoding == b"aws-chunked") {
        encodings.remove(at);
        body = aws_chunked::decode(body)?;
    }
    for encoding in encodings.into_iter().rev() {
        match encoding {
            b"" | b"identity" => {}
            b"gzip" | b"x-gzip" => body = gunzip(&body, limit)?,
            _ => return Err(Refused::Encoding),
        }
    }
    Ok(body)
}

fn gunzip(body: &[u8], limit: usize) -> Result<Bytes, Refused> {
    let mut plain = Vec::new();
    let most = (limit as u64).saturating_add(1);
    GzDecoder::new(body).take(most).read_to_end(&mut plain).map_err(|_| Refused::Encoding)?;
    if plain.len() > limit { Err(Refused::TooLarge) } else { Ok(plain.into()) }
}

/// Compresses a body if the client accepts that and it is large enough.
pub(super) fn encode(headers: &HeaderMap, body: &Bytes) -> Option<Bytes> {
    if body.len() < WORTH_COMPRESSING || !accepts_gzip(headers) {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            parts.next() == Some("gzip") && !parts.any(|weight| weight == "q=0")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn gzip(plain: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap().into()
    }

    fn headers(encoding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static(encoding))])
    }

    #[test]
    fn decodes_within_the_limit() {
        assert_eq!(decode(&headers("gzip"), gzip(b"{}"), 10).unwrap(), "{}");
        assert_eq!(decode(&headers("gzip"), gzip(&[b' '; 1_000_000]), 10_000).unwrap_err(), Refused::TooLarge);
        assert_eq!(decode(&headers("gzip"), Bytes::from_static(b"{}"), 10).unwrap_err(), Refused::Encoding);
        assert_eq!(decode(&headers("br"), Bytes::new(), 10).unwrap_err(), Refused::Encoding);
        let nested = [b"2\r\n", &b"{}"[..], b"\r\n0\r\n\r\n"].concat();
        assert_eq!(decode(&headers("aws-chunked"), nested.into(), 10).unwrap(), "{}");
        // Repeating an encoding does not get around the limit.
        let twice = gzip(&gzip(&[b' '; 1_000_000]));
        assert_eq!(decode(&headers("gzip, gzip"), twice, 10_000).unwrap_err(), Refused::TooLarge);
    }

    #[test]
    fn compresses_if_accepted() {
        let large = Bytes::from(vec![b'x'; 5000]);
        let asking = |value| HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        let small = encode(&asking("deflate, gzip;q=0.5"), &large).unwrap();
        assert_eq!(decode(&headers("gzip"), small, 5000).unwrap(), large);
        assert!(encode(&asking("identity"), &large).is_none());
        assert!(encode(&asking("gzip;q=0"), &large).is_none());
        assert!(encode(&asking("gzip"), &Bytes::from_static(b"{}")).is_none());
    }
}
