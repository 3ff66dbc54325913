//! The content encoding `aws-chunked`: a body in chunks, with its checksum behind them (AWS Signature Version 4, "Trailing
//! checksums"). Chunks and checksum may be signed.

use std::collections::VecDeque;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use whitesmith_schema::ChecksumAlgorithm;

use super::hasher::Hasher;
use crate::signing::{ChunkSigner, SigningError};

/// The bytes of every chunk but the last, so that the encoded length can be told in advance.
const CHUNK: usize = 64 * 1024;

/// Room for the line before a chunk: its size and signature.
const HEAD: usize = 96;

/// The end of a line.
const END: &str = "\r\n";

const CHUNK_SIGNATURE: &str = ";chunk-signature=";
const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature:";

/// The length of a signature in hexadecimal digits.
const SIGNATURE: usize = 64;

/// What a signature adds to a chunk, and to the trailer.
const SIGNED_CHUNK: usize = CHUNK_SIGNATURE.len() + SIGNATURE;
const SIGNED_TRAILER: usize = TRAILER_SIGNATURE.len() + SIGNATURE + END.len();

/// A full chunk behind the room for its line, and with its end.
const FULL: usize = HEAD + CHUNK;
const ENDED: usize = FULL + END.len();

/// Encodes a body as it comes.
#[derive(Debug)]
pub(crate) struct ChunkedEncoder {
    /// The checksum that follows the body.
    trailer: Option<(ChecksumAlgorithm, Hasher)>,
    signer: Option<ChunkSigner>,
    /// The chunk that is not full yet, behind the room for its line.
    chunk: BytesMut,
    /// What has been encoded.
    encoded: VecDeque<Bytes>,
}

impl ChunkedEncoder {
    /// Creates an encoder.
    pub(crate) fn new(trailer: Option<ChecksumAlgorithm>, signer: Option<ChunkSigner>) -> Self {
        let trailer = trailer.and_then(|algorithm| Some((algorithm, Hasher::new(algorithm)?)));
        Self { trailer, signer, chunk: empty_chunk(), encoded: VecDeque::new() }
    }

    /// Returns the length of a body of `length` bytes when it is encoded.
    pub(crate) fn encoded_length(trailer: Option<ChecksumAlgorithm>, signed: bool, length: u64) -> u64 {
        const CHUNK_LENGTH: u64 = CHUNK as u64;
        let signature = if signed { SIGNED_CHUNK } else { 0 };
        let framed = |size: u64| {
            let digits = format!("{size:x}");
            let frame = [digits.len(), signature, END.len(), END.len()].into_iter().sum::<usize>();
            size.saturating_add(frame as u64)
        };
        let (full, rest) = (length / CHUNK_LENGTH, length % CHUNK_LENGTH);
        let full = framed(CHUNK_LENGTH).saturating_mul(full);
        let rest = if rest > 0 { framed(rest) } else { 0 };
        let trailer = trailer.and_then(|algorithm| Some((algorithm, Hasher::new(algorithm)?.finish())));
        let trailer = trailer.map_or(0, |(algorithm, checksum)| {
            let signature = if signed { SIGNED_TRAILER } else { 0 };
            [algorithm.header().len(), ":".len(), checksum.len(), END.len(), signature].into_iter().sum::<usize>()
                as u64
        });
        [rest, framed(0), trailer].into_iter().fold(full, u64::saturating_add)
    }

    /// Takes further bytes.
    pub(crate) fn push(&mut self, mut bytes: &[u8]) -> Result<(), SigningError> {
        if let Some((_, hasher)) = &mut self.trailer {
            hasher.update(bytes);
        }
        while let Some((part, rest)) = bytes.split_at_checked(bytes.len().min(FULL.saturating_sub(self.chunk.len())))
            && !part.is_empty()
        {
            self.chunk.extend_from_slice(part);
            if self.chunk.len() == FULL {
                self.end_chunk()?;
            }
            bytes = rest;
        }
        Ok(())
    }

    /// Ends the body: the last chunks, and the checksum.
    pub(crate) fn finish(&mut self) -> Result<(), SigningError> {
        if self.chunk.len() > HEAD {
            self.end_chunk()?;
        }
        let mut end = self.head(0, &Bytes::new())?;
        if let Some((algorithm, hasher)) = self.trailer.take() {
            let checksum = hasher.finish();
            end.extend([algorithm.header(), ":", &checksum, END]);
            if let Some(signer) = &mut self.signer {
                end.extend([TRAILER_SIGNATURE, signer.sign_trailer(algorithm.header(), checksum)?, END]);
            }
        }
        end.push_str(END);
        self.encoded.push_back(end.into());
        Ok(())
    }

    /// Returns the next piece that has been encoded.
    pub(crate) fn pop(&mut self) -> Option<Bytes> {
        self.encoded.pop_front()
    }

    fn end_chunk(&mut self) -> Result<(), SigningError> {
        let mut chunk = std::mem::replace(&mut self.chunk, empty_chunk());
        let content = chunk.get(HEAD..).unwrap_or_default();
        let size = content.len();
        let signed = if self.signer.is_some() { Bytes::copy_from_slice(content) } else { Bytes::new() };
        let head = self.head(size, &signed)?;
        let start = HEAD.saturating_sub(head.len());
        if let Some(room) = chunk.get_mut(start..HEAD) {
            room.copy_from_slice(head.as_bytes());
        }
        chunk.extend_from_slice(END.as_bytes());
        chunk.advance(start);
        self.encoded.push_back(chunk.freeze());
        Ok(())
    }

    /// Returns the line before a chunk.
    fn head(&mut self, size: usize, chunk: &Bytes) -> Result<String, SigningError> {
        let mut head = format!("{size:x}");
        if let Some(signer) = &mut self.signer {
            head.extend([CHUNK_SIGNATURE, signer.sign(chunk)?]);
        }
        head.push_str(END);
        Ok(head)
    }
}

fn empty_chunk() -> BytesMut {
    let mut chunk = BytesMut::with_capacity(ENDED);
    chunk.put_bytes(0, HEAD);
    chunk
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::Credentials;
    use crate::signing::SigningScope;

    fn encoded(mut encoder: ChunkedEncoder, pieces: &[&[u8]]) -> Vec<u8> {
        pieces.iter().for_each(|piece| encoder.push(piece).unwrap());
        encoder.finish().unwrap();
        std::iter::from_fn(|| encoder.pop()).flatten().collect()
    }

    /// Continues from a signature of the examples in the Amazon S3 API Reference, whose bodies are 65 KiB of `a`.
    fn signer(seed: &str) -> ChunkSigner {
        let scope = SigningScope {
            region: "us-east-1".into(),
            name: "s3".into(),
            double_encode_path: false,
            unsigned_payload: false,
            asymmetric: false,
        };
        let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None);
        // 2013-05-24T00:00:00Z
        ChunkSigner::new(scope, credentials, UNIX_EPOCH + Duration::from_secs(1_369_353_600), seed.to_owned())
    }

    /// Returns the lines of a body of 65 KiB without the content of its chunks.
    fn lines(trailer: Option<ChecksumAlgorithm>, seed: &str) -> Vec<String> {
        let body = encoded(ChunkedEncoder::new(trailer, Some(signer(seed))), &[&[b'a'; 65 * 1024]]);
        let text = String::from_utf8(body).unwrap();
        text.split("\r\n").filter(|line| !line.starts_with('a')).map(str::to_owned).collect()
    }

    #[test]
    fn the_checksum_follows_the_body() {
        let body = |pieces: &[&[u8]]| encoded(ChunkedEncoder::new(Some(ChecksumAlgorithm::Crc32), None), pieces);
        let expected = b"9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
        assert_eq!(body(&[b"1234", b"", b"56789"]), expected);
        assert_eq!(body(&[]), b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    }

    #[test]
    fn signatures_are_those_of_the_examples() {
        let seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
        let expected = [
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
            "",
            "",
        ];
        assert_eq!(lines(None, seed), expected);
        let seed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
        let expected = [
            "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
            "400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
            "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
            "x-amz-checksum-crc32c:sOO8/Q==",
            "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435",
            "",
            "",
        ];
        assert_eq!(lines(Some(ChecksumAlgorithm::Crc32C), seed), expected);
    }

    #[test]
    fn the_encoded_length_is_known_in_advance() {
        let algorithms = [ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Crc64Nvme, ChecksumAlgorithm::Sha256];
        for trailer in [None].into_iter().chain(algorithms.map(Some)) {
            for length in [0, 1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
                for signed in [false, true] {
                    let body = vec![b'x'; length];
                    let pieces: Vec<&[u8]> = body.chunks(1000).collect();
                    let encoder = ChunkedEncoder::new(trailer, signed.then(|| signer("")));
                    let expected = ChunkedEncoder::encoded_length(trailer, signed, length as u64);
                    assert_eq!(encoded(encoder, &pieces).len() as u64, expected, "{trailer:?} {length} {signed}");
                }
            }
        }
    }
}
