//! The content encoding `aws-chunked`: a body in chunks, with its checksum behind them (AWS Signature Version 4, "Trailing
//! checksums").

use bytes::{Bytes, BytesMut};
use whitesmith_schema::ChecksumAlgorithm;

use super::hasher::Hasher;

/// The bytes of every chunk but the last, so that the encoded length can be told in advance.
const CHUNK: usize = 64 * 1024;

/// Encodes a body as it comes.
#[derive(Debug)]
pub(crate) struct ChunkedEncoder {
    algorithm: ChecksumAlgorithm,
    hasher: Hasher,
    /// What does not fill a chunk yet.
    rest: BytesMut,
}

impl ChunkedEncoder {
    /// Creates an encoder; `None` for an algorithm whose checksum cannot follow the body.
    pub(crate) fn new(algorithm: ChecksumAlgorithm) -> Option<Self> {
        let hasher = Hasher::new(algorithm).filter(|_| !algorithm.name().is_empty())?;
        Some(Self { algorithm, hasher, rest: BytesMut::new() })
    }

    /// Returns the length of a body of `length` bytes when it is encoded.
    pub(crate) fn encoded_length(algorithm: ChecksumAlgorithm, length: u64) -> u64 {
        let framed = |size: u64| format!("{size:x}").len() as u64 + size + 4;
        let (full, rest) = (length / CHUNK as u64, length % CHUNK as u64);
        let chunks = full * framed(CHUNK as u64) + if rest > 0 { framed(rest) } else { 0 };
        let checksum = Hasher::new(algorithm).map(Hasher::finish).unwrap_or_default().len();
        // `0`, the trailer's name, a colon, its value, and three line ends.
        chunks + (1 + algorithm.header().len() + 1 + checksum + 6) as u64
    }

    /// Takes further bytes, and returns the chunks that they fill; perhaps none.
    pub(crate) fn encode(&mut self, bytes: &[u8]) -> Bytes {
        self.hasher.update(bytes);
        self.rest.extend_from_slice(bytes);
        let mut encoded = BytesMut::new();
        while self.rest.len() >= CHUNK {
            push_chunk(&mut encoded, &self.rest.split_to(CHUNK));
        }
        encoded.freeze()
    }

    /// Returns the last chunks, and the checksum.
    pub(crate) fn finish(self) -> Bytes {
        let mut encoded = BytesMut::new();
        if !self.rest.is_empty() {
            push_chunk(&mut encoded, &self.rest);
        }
        let trailer = format!("0\r\n{}:{}\r\n\r\n", self.algorithm.header(), self.hasher.finish());
        encoded.extend_from_slice(trailer.as_bytes());
        encoded.freeze()
    }
}

fn push_chunk(encoded: &mut BytesMut, chunk: &[u8]) {
    encoded.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
    encoded.extend_from_slice(chunk);
    encoded.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(algorithm: ChecksumAlgorithm, pieces: &[&[u8]]) -> Vec<u8> {
        let Some(mut encoder) = ChunkedEncoder::new(algorithm) else { return Vec::new() };
        let mut encoded = Vec::new();
        pieces.iter().for_each(|piece| encoded.extend_from_slice(&encoder.encode(piece)));
        encoded.extend_from_slice(&encoder.finish());
        encoded
    }

    #[test]
    fn the_checksum_follows_the_body() {
        let body = encoded(ChecksumAlgorithm::Crc32, &[b"1234", b"", b"56789"]);
        assert_eq!(body, b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n");
        assert_eq!(encoded(ChecksumAlgorithm::Crc32, &[]), b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
        assert!(encoded(ChecksumAlgorithm::Md5, &[b"1"]).is_empty());
    }

    #[test]
    fn the_encoded_length_is_known_in_advance() {
        for algorithm in [ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Crc64Nvme, ChecksumAlgorithm::Sha256] {
            for length in [0, 1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
                let body = vec![b'x'; length];
                let pieces: Vec<&[u8]> = body.chunks(1000).collect();
                let expected = ChunkedEncoder::encoded_length(algorithm, length as u64);
                assert_eq!(encoded(algorithm, &pieces).len() as u64, expected, "{algorithm:?} {length}");
            }
        }
    }
}
