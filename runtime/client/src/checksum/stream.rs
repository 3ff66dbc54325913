//! How the body of a stream is sent: what is computed before its request, and what comes between and behind its bytes.
//!
//! A body that can be read twice is read for its checksum and hash first, where they have to precede it: over plain HTTP,
//! and for services that do not take bodies in chunks. Otherwise the checksum follows the body. Over plain HTTP the chunks
//! of a body that is read once are signed; TLS protects them already.

use http::header::CONTENT_ENCODING;
use http::uri::Scheme;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Request};
use sha2::{Digest as _, Sha256};
use whitesmith_schema::{ChecksumAlgorithm, Operation};

use super::chunked::ChunkedEncoder;
use super::hasher::{Hasher, hex};
use crate::error::InputError;
use crate::payload::Payload;
use crate::signing::{BodySignature, ChunkSigner, SigningScope, TRAILER};

/// The header with the length of a body before its encoding.
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");

/// What is computed over a body before its request is sent.
#[derive(Debug)]
pub(crate) struct BodyDigest {
    checksum: Option<(ChecksumAlgorithm, Hasher)>,
    content: Option<Sha256>,
}

impl BodyDigest {
    /// Takes further bytes of the body.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        if let Some((_, hasher)) = &mut self.checksum {
            hasher.update(bytes);
        }
        if let Some(hasher) = &mut self.content {
            hasher.update(bytes);
        }
    }

    /// Adds the checksum to the request, and returns what the signature covers.
    pub(crate) fn finish(self, headers: &mut HeaderMap) -> BodySignature {
        if let Some((algorithm, hasher)) = self.checksum
            && let Ok(value) = HeaderValue::try_from(hasher.finish())
        {
            headers.insert(HeaderName::from_static(algorithm.header()), value);
        }
        self.content.map_or(BodySignature::Whole, |hasher| BodySignature::Hash(hex(&hasher.finalize())))
    }
}

/// Decides how a streamed body is sent. `scope` is that of the signature, if there is one; `replayable` says whether the
/// body can be read twice.
pub(crate) fn frame(
    operation: &'static Operation,
    request: &mut Request<Payload>,
    algorithm: Option<ChecksumAlgorithm>,
    scope: Option<&SigningScope>,
    replayable: bool,
) -> Result<(BodySignature, Option<BodyDigest>), InputError> {
    let Payload::Stream { length } = *request.body() else { return Ok((BodySignature::Whole, None)) };
    let is_plain = request.uri().scheme() == Some(&Scheme::HTTP);
    let takes_chunks = operation.traits.checksum.is_some_and(|checksum| checksum.algorithm_member.is_some());
    let scope = scope.filter(|scope| !scope.unsigned_payload);
    let in_header = algorithm.filter(|algorithm| algorithm.name().is_empty() || (is_plain && replayable));
    let is_hashed = scope.is_some() && (is_plain || !takes_chunks);
    if !replayable {
        let read_once = |header: &str| Err(InputError::BodyReadOnce(header.to_owned()));
        if let Some(algorithm) = in_header {
            return read_once(algorithm.header());
        }
        if is_hashed && !takes_chunks && scope.is_some_and(SigningScope::requires_content_hash) {
            return read_once("x-amz-content-sha256");
        }
    }
    let trailer = algorithm.filter(|_| in_header.is_none());
    let signs_chunks = is_hashed && takes_chunks && !replayable;
    if trailer.is_some() || signs_chunks {
        encode(request, trailer, signs_chunks, length);
    }
    let digest = BodyDigest {
        checksum: in_header.and_then(|algorithm| Some((algorithm, Hasher::new(algorithm)?))),
        content: (is_hashed && replayable).then(Sha256::new),
    };
    let is_needed = digest.checksum.is_some() || digest.content.is_some();
    let signature = if signs_chunks { BodySignature::Chunks } else { BodySignature::Whole };
    Ok((signature, is_needed.then_some(digest)))
}

/// Announces the encoding of the body.
fn encode(request: &mut Request<Payload>, trailer: Option<ChecksumAlgorithm>, signed: bool, length: Option<u64>) {
    let encoded = length.map(|length| ChunkedEncoder::encoded_length(trailer, signed, length));
    *request.body_mut() = Payload::Stream { length: encoded };
    let headers = request.headers_mut();
    headers.append(CONTENT_ENCODING, HeaderValue::from_static("aws-chunked"));
    if let Some(algorithm) = trailer {
        headers.insert(TRAILER, HeaderValue::from_static(algorithm.header()));
    }
    if let Some(length) = length {
        headers.insert(DECODED_LENGTH, HeaderValue::from(length));
    }
}

/// Returns the encoder of a body that is sent in chunks, as its request's headers and signature say.
pub(crate) fn encoder(headers: &HeaderMap, extensions: &mut Extensions) -> Option<ChunkedEncoder> {
    let signer = extensions.remove::<ChunkSigner>();
    let trailer = headers.get(TRAILER).and_then(|name| ChecksumAlgorithm::from_header(name.to_str().ok()?));
    (trailer.is_some() || signer.is_some()).then(|| ChunkedEncoder::new(trailer, signer))
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::{HttpChecksum, OperationTraits, prelude};

    use super::*;

    const fn operation(traits: &'static OperationTraits) -> Operation {
        Operation::new("e#O", "O", &prelude::UNIT, &prelude::UNIT).with_traits(traits)
    }

    const fn checksum(algorithm_member: Option<&'static str>) -> OperationTraits {
        OperationTraits::new().with_checksum(HttpChecksum {
            required: false,
            default: ChecksumAlgorithm::Crc32,
            algorithm_member,
            validation_member: None,
            response_algorithms: &[],
        })
    }

    /// Takes bodies in chunks.
    static CHUNKED: Operation = operation(&checksum(Some("Algorithm")));
    static OTHER: Operation = operation(&checksum(None));

    fn scope(name: &'static str, unsigned_payload: bool) -> SigningScope {
        SigningScope {
            region: "us-east-1".into(),
            name: name.into(),
            double_encode_path: true,
            unsigned_payload,
            asymmetric: false,
        }
    }

    /// Says in a line how a body of nine bytes is sent.
    fn framed(
        operation: &'static Operation,
        scheme: &str,
        algorithm: Option<ChecksumAlgorithm>,
        scope: Option<&SigningScope>,
        replayable: bool,
    ) -> String {
        let mut request = Request::new(Payload::Stream { length: Some(9) });
        *request.uri_mut() = format!("{scheme}://service.test/").parse().unwrap();
        let (signature, digest) = match frame(operation, &mut request, algorithm, scope, replayable) {
            Ok(framed) => framed,
            Err(error) => return error.to_string(),
        };
        let signature = match digest {
            Some(mut digest) => {
                digest.update(b"1234");
                digest.update(b"56789");
                digest.finish(request.headers_mut())
            }
            None => signature,
        };
        let mut parts = Vec::new();
        for (name, value) in request.headers() {
            parts.push(format!("{name}={}", value.to_str().unwrap()));
        }
        parts.push(match signature {
            BodySignature::Hash(hash) => format!("hash {}", hash.get(..8).unwrap()),
            other => format!("{other:?}"),
        });
        parts.join(", ")
    }

    const CRC32: Option<ChecksumAlgorithm> = Some(ChecksumAlgorithm::Crc32);
    const ANNOUNCED: &str =
        "content-encoding=aws-chunked, x-amz-trailer=x-amz-checksum-crc32, x-amz-decoded-content-length=9";

    #[test]
    fn a_body_that_can_be_read_twice_is_hashed_where_the_service_needs_that_first() {
        let signed = scope("s3", false);
        for (operation, scheme, algorithm, scope, expected) in [
            (&CHUNKED, "https", CRC32, Some(&signed), format!("{ANNOUNCED}, Whole")),
            (&CHUNKED, "https", None, Some(&signed), "Whole".to_owned()),
            (&CHUNKED, "http", CRC32, Some(&signed), "x-amz-checksum-crc32=y/Q5Jg==, hash 15e2b0d3".to_owned()),
            (&CHUNKED, "http", CRC32, None, "x-amz-checksum-crc32=y/Q5Jg==, Whole".to_owned()),
            (&CHUNKED, "http", None, Some(&signed), "hash 15e2b0d3".to_owned()),
            (&OTHER, "https", None, Some(&signed), "hash 15e2b0d3".to_owned()),
            (&OTHER, "https", None, None, "Whole".to_owned()),
            (&OTHER, "https", None, Some(&super::tests::scope("s3", true)), "Whole".to_owned()),
            (
                &OTHER,
                "https",
                Some(ChecksumAlgorithm::Md5),
                Some(&signed),
                "content-md5=JfnnlDI7RTiF9RgfG2JNCw==, hash 15e2b0d3".to_owned(),
            ),
        ] {
            assert_eq!(framed(operation, scheme, algorithm, scope, true), expected, "{scheme} {algorithm:?}");
        }
    }

    #[test]
    fn a_body_that_is_read_once_is_sent_in_chunks_or_unsigned() {
        let (signed, glacier) = (scope("s3", false), scope("glacier", false));
        let unsigned_chunks = format!("{ANNOUNCED}, Whole");
        let signed_chunks = format!("{ANNOUNCED}, Chunks");
        let read_once =
            |header: &str| format!("`{header}` precedes the body, which can be read only once: use bytes or a file");
        for (operation, scheme, algorithm, scope, expected) in [
            (&CHUNKED, "https", CRC32, Some(&signed), unsigned_chunks.clone()),
            (&CHUNKED, "http", CRC32, Some(&signed), signed_chunks),
            (&CHUNKED, "http", CRC32, None, unsigned_chunks),
            (
                &CHUNKED,
                "http",
                None,
                Some(&signed),
                "content-encoding=aws-chunked, x-amz-decoded-content-length=9, Chunks".to_owned(),
            ),
            (&OTHER, "https", None, Some(&super::tests::scope("lambda", false)), "Whole".to_owned()),
            (&OTHER, "https", None, Some(&glacier), read_once("x-amz-content-sha256")),
            (&OTHER, "https", Some(ChecksumAlgorithm::Md5), None, read_once("content-md5")),
            (&OTHER, "https", Some(ChecksumAlgorithm::Sha256Tree), Some(&glacier), read_once("x-amz-sha256-tree-hash")),
        ] {
            assert_eq!(framed(operation, scheme, algorithm, scope, false), expected, "{scheme} {algorithm:?}");
        }
    }

    #[test]
    fn the_encoding_follows_others_and_needs_no_length() {
        let mut request = Request::new(Payload::Stream { length: Some(9) });
        request.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        encode(&mut request, CRC32, false, Some(9));
        let encodings: Vec<_> = request.headers().get_all(CONTENT_ENCODING).iter().collect();
        assert_eq!(encodings, ["gzip", "aws-chunked"]);
        assert_eq!(request.body().length(), Some(50));
        assert!(encoder(request.headers(), &mut Extensions::new()).is_some());
        assert!(encoder(&HeaderMap::new(), &mut Extensions::new()).is_none());

        let mut request = Request::new(Payload::Stream { length: None });
        encode(&mut request, CRC32, false, None);
        assert_eq!(request.body().length(), None);
        assert!(!request.headers().contains_key("x-amz-decoded-content-length"));
    }
}
