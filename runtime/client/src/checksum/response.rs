//! Checksums of responses.

use http::{HeaderMap, Method, Request, Response};
use whitesmith_schema::{ChecksumAlgorithm, Operation};

use super::hasher::Hasher;
use super::request::header;
use crate::error::ChecksumMismatch;
use crate::payload::Payload;

/// Checks the body of a response whose request asked for its checksum. A body that is not in memory, or a response
/// without a checksum that the client knows, passes.
pub(crate) fn check(
    operation: &'static Operation,
    request: &Request<Payload>,
    response: &Response<Payload>,
) -> Result<(), ChecksumMismatch> {
    // The checksum is that of the body that another method would bring.
    if request.method() == Method::HEAD {
        return Ok(());
    }
    let Some((algorithm, expected)) = expected(operation, request.headers(), response.headers()) else { return Ok(()) };
    let (Some(mut hasher), Some(body)) = (Hasher::new(algorithm), response.body().bytes()) else { return Ok(()) };
    hasher.update(body);
    let found = hasher.finish();
    if found == expected { Ok(()) } else { Err(ChecksumMismatch { algorithm, expected: expected.to_owned(), found }) }
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
    use http::HeaderValue;
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
        let mut response = Response::new(Payload::Bytes("123456789".into()));
        response.headers_mut().insert(name, HeaderValue::from_static(value));
        let checked = check(&OPERATION, &request, &response);
        *request.method_mut() = Method::HEAD;
        assert_eq!(check(&OPERATION, &request, &response), Ok(()));
        checked
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
