//! The `aws-chunked` content encoding: chunks with signatures, and trailers with checksums, as AWS's clients send streams.
//! Neither signatures of chunks nor checksums are verified.
//!
//! Source: "Signature calculations for the Authorization header: Transferring payload in multiple chunks" in the Amazon S3
//! API reference.

use bytes::{Bytes, BytesMut};

use crate::refused::Refused;

/// Decodes a body. One that is not in chunks is returned unchanged: some clients name the encoding without using it.
pub(super) fn decode(body: Bytes) -> Result<Bytes, Refused> {
    let Some((size, mut rest)) = header(&body) else { return Ok(body) };
    let mut plain = BytesMut::new();
    let mut size = size;
    while size > 0 {
        let chunk = rest.get(..size).ok_or(Refused::Encoding)?;
        plain.extend_from_slice(chunk);
        let after = rest.get(size..).and_then(|rest| rest.strip_prefix(b"\r\n")).ok_or(Refused::Encoding)?;
        (size, rest) = header(after).ok_or(Refused::Encoding)?;
    }
    Ok(plain.freeze())
}

/// Reads a chunk's size, and returns what follows its line.
fn header(body: &[u8]) -> Option<(usize, &[u8])> {
    /// The longest line: a size and a signature, with room to spare.
    const LONGEST: usize = 512;
    let end = body.windows(2).take(LONGEST).position(|window| window == b"\r\n")?;
    let line = str::from_utf8(body.get(..end)?).ok()?;
    let size = line.split(';').next().unwrap_or_default();
    // No sign, which the parser would accept.
    let valid = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = usize::from_str_radix(size, 16).ok().filter(|_| valid)?;
    Some((size, body.get(end..)?.strip_prefix(b"\r\n")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_chunks_with_and_without_signatures_and_trailers() {
        let signed =
            "5;chunk-signature=0123\r\nhello\r\n6;chunk-signature=4567\r\n world\r\n0;chunk-signature=89ab\r\n\r\n";
        let unsigned = "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
        for body in [signed, unsigned, "hello world"] {
            assert_eq!(decode(Bytes::from(body)), Ok(Bytes::from("hello world")), "{body}");
        }
        assert_eq!(decode(Bytes::new()), Ok(Bytes::new()));
    }

    #[test]
    fn refuses_broken_chunks() {
        for body in ["5\r\nhell", "5\r\nhello", "5\r\nhello\r\nzz\r\n", "5\r\nhello!\r\n0\r\n", "ffffffffffffffff\r\nx"]
        {
            assert_eq!(decode(Bytes::from(body)), Err(Refused::Encoding), "{body}");
        }
    }
}
