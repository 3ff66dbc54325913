//! Checksums of responses.

use http::{HeaderMap, Method, Request};
use whitesmith_schema::{ChecksumAlgorithm, Operation};

use super::hasher::Hasher;
use super::request::header;
use crate::error::{ChecksumMismatch, TransportError, TransportErrorKind};
use crate::payload::Payload;

/// Compares a body with the checksum that its response carries.
#[derive(Debug)]
pub(crate) struct ResponseCheck {
    algorithm: ChecksumAlgorithm,
    expected: String,
    hasher: Hasher,
}

impl ResponseCheck {
    /// Creates the check of a response's body; `None` if the request did not ask for a checksum, or the response has none
    /// that the client knows.
    pub(crate) fn new(operation: &'static Operation, request: &Request<Payload>, headers: &HeaderMap) -> Option<Self> {
        // The checksum is that of the body that another method would bring.
        if request.method() == Method::HEAD {
            return None;
        }
        let (algorithm, expected) = expected(operation, request.headers(), headers)?;
        Some(Self { algorithm, expected: expected.to_owned(), hasher: Hasher::new(algorithm)? })
    }

    /// Takes further bytes of the body.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Compares, once the body has ended.
    pub(crate) fn finish(self) -> Result<(), ChecksumMismatch> {
        let Self { algorithm, expected, hasher } = self;
        let found = hasher.finish();
        if found == expected { Ok(()) } else { Err(ChecksumMismatch { algorithm, expected, found }) }
    }

    /// Compares, once a streamed body has ended.
    pub(crate) fn finish_stream(self) -> Result<(), TransportError> {
        self.finish().map_err(|mismatch| TransportError::new(TransportErrorKind::Checksum, mismatch))
    }
}

/// Returns the checksum that a response carries, if the headers of the request ask for it.
fn expected<'a>(
    operation: &'static Operation,
    asked: &HeaderMap,
    headers: &'a HeaderMap,
) -> Option<(ChecksumAlgorithm, &'a str)> {
    let checksum = operation.traits.checksum?;
    let mode = header(operation, checksum.validation_member)?;
    if asked.get(mode).is_none_or(|value| value != "ENABLED") {
        return None;
    }
    let mut carried = checksum.response_algorithms.iter().filter_map(|algorithm| {
        let value = headers.get(algorithm.header()).and_then(|value| value.to_str().ok())?;
        Some((*algorithm, value))
    });
    // The checksum of an object in parts is not that of its bytes: `-` and the number of parts follow it.
    carried.find(|(_, value)| !value.contains('-'))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use whitesmith_schema::{HttpBinding, HttpChecksum, Member, OperationTraits, Schema, WireTraits, prelude};

    use super::*;

    static INPUT: Schema = Schema::structure(
        "e#Input",
        &[Member::new("Mode", &prelude::STRING)
            .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-amz-checksum-mode")))],
    );

    static OPERATION: Operation = Operation::new("e#O", "O", &INPUT, &prelude::UNIT).with_traits(
        &OperationTraits::new().with_checksum(HttpChecksum {
            required: false,
            default: ChecksumAlgorithm::Crc32,
            algorithm_member: None,
            validation_member: Some("Mode"),
            response_algorithms: &[ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Sha1],
        }),
    );

    fn checked(mode: &'static str, name: &'static str, value: &'static str) -> Result<(), ChecksumMismatch> {
        let mut request = Request::new(Payload::default());
        request.headers_mut().insert("x-amz-checksum-mode", HeaderValue::from_static(mode));
        let headers: HeaderMap =
            [(HeaderName::from_static(name), HeaderValue::from_static(value))].into_iter().collect();
        let checked = |request: &Request<Payload>| match ResponseCheck::new(&OPERATION, request, &headers) {
            Some(mut check) => {
                check.update(b"1234");
                check.update(b"56789");
                check.finish()
            }
            None => Ok(()),
        };
        let result = checked(&request);
        *request.method_mut() = Method::HEAD;
        assert_eq!(checked(&request), Ok(()));
        result
    }

    #[test]
    fn a_body_that_differs_is_refused() {
        assert_eq!(checked("ENABLED", "x-amz-checksum-crc32", "y/Q5Jg=="), Ok(()));
        let error = checked("ENABLED", "x-amz-checksum-crc32", "AAAAAA==").unwrap_err();
        assert_eq!(error.to_string(), "checksum mismatch in the response: expected CRC32 `AAAAAA==`, found `y/Q5Jg==`");
        assert!(checked("ENABLED", "x-amz-checksum-sha1", "AAAAAA==").is_err());
    }

    #[test]
    fn checksums_that_do_not_apply_are_ignored() {
        assert_eq!(checked("", "x-amz-checksum-crc32", "AAAAAA=="), Ok(()));
        assert_eq!(checked("ENABLED", "x-amz-checksum-crc32", "AAAAAA==-3"), Ok(()));
        assert_eq!(checked("ENABLED", "x-amz-checksum-sha256", "AAAAAA=="), Ok(()));
    }
}
