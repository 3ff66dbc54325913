//! Checksums of requests.

use http::{HeaderName, HeaderValue, Request};
use whitesmith_schema::{ChecksumAlgorithm, HttpBinding, Operation, Value};

use super::hasher::Hasher;
use crate::config::{ChecksumMode, Settings};
use crate::error::InputError;
use crate::payload::Payload;

/// The start of the names of headers that carry checksums.
const CHECKSUM_HEADERS: &str = "x-amz-checksum-";

/// What follows [`CHECKSUM_HEADERS`] in headers that carry something else (Amazon S3 API Reference).
const NOT_CHECKSUMS: [&str; 3] = ["algorithm", "mode", "type"];

/// Chooses the algorithm for a request's checksum, and completes the headers by which the request names it and asks for
/// the response's. `None` if the request needs no checksum, or its input has one.
pub(crate) fn choose(
    settings: &Settings,
    operation: &'static Operation,
    request: &mut Request<Payload>,
    input: &Value,
) -> Result<Option<ChecksumAlgorithm>, InputError> {
    let Some(checksum) = operation.traits.checksum else { return Ok(None) };
    let headers = request.headers_mut();
    if let Some(name) = header(operation, checksum.validation_member)
        && settings.response_checksums == ChecksumMode::WhenSupported
    {
        headers.entry(name).or_insert(HeaderValue::from_static("ENABLED"));
    }
    let is_checksum = |name: &HeaderName| {
        let kind = name.as_str().strip_prefix(CHECKSUM_HEADERS);
        kind.is_some_and(|kind| !NOT_CHECKSUMS.contains(&kind)) || name.as_str() == checksum.default.header()
    };
    if headers.keys().any(is_checksum) {
        return Ok(None);
    }
    let bound = header(operation, checksum.algorithm_member);
    let named = match (&bound, checksum.algorithm_member) {
        (Some(name), _) => headers.get(name).and_then(|value| value.to_str().ok()),
        (None, Some(member)) => input.as_map().and_then(|members| members.get(member)).and_then(Value::as_str),
        (None, None) => None,
    };
    if let Some(named) = named {
        let algorithm = ChecksumAlgorithm::from_name(named);
        return algorithm.map(Some).ok_or_else(|| InputError::Checksum(named.to_owned()));
    }
    let is_supported = checksum.algorithm_member.is_some() && settings.request_checksums == ChecksumMode::WhenSupported;
    if !checksum.required && !is_supported {
        return Ok(None);
    }
    let algorithm = match checksum.default {
        ChecksumAlgorithm::Crc32 => settings.checksum_algorithm,
        other => other,
    };
    if let Some(name) = bound {
        headers.insert(name, HeaderValue::from_static(algorithm.name()));
    }
    Ok(Some(algorithm))
}

/// Returns the header that carries a member of the input.
pub(super) fn header(operation: &'static Operation, member: Option<&str>) -> Option<HeaderName> {
    match operation.input.member(member?)?.http_binding()? {
        HttpBinding::Header(name) => HeaderName::try_from(name).ok(),
        _ => None,
    }
}

/// Adds the checksum of a body that is in memory.
pub(crate) fn add(algorithm: ChecksumAlgorithm, request: &mut Request<Payload>) {
    let (Some(mut hasher), Some(body)) = (Hasher::new(algorithm), request.body().bytes()) else { return };
    hasher.update(body);
    if let Ok(value) = HeaderValue::try_from(hasher.finish()) {
        request.headers_mut().insert(HeaderName::from_static(algorithm.header()), value);
    }
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::{HttpChecksum, Member, OperationTraits, Schema, WireTraits, prelude};

    use super::*;
    use crate::Config;

    static INPUT: Schema = Schema::structure(
        "e#Input",
        &[
            Member::new("Algorithm", &prelude::STRING)
                .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-amz-sdk-checksum-algorithm"))),
            Member::new("Mode", &prelude::STRING)
                .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-amz-checksum-mode"))),
        ],
    );

    const fn operation(traits: &'static OperationTraits) -> Operation {
        Operation::new("e#O", "O", &INPUT, &prelude::UNIT).with_traits(traits)
    }

    static SUPPORTED: Operation = operation(&OperationTraits::new().with_checksum(HttpChecksum {
        required: false,
        default: ChecksumAlgorithm::Crc32,
        algorithm_member: Some("Algorithm"),
        validation_member: Some("Mode"),
        response_algorithms: &[],
    }));

    static REQUIRED: Operation = operation(&OperationTraits::new().with_checksum(HttpChecksum {
        required: true,
        default: ChecksumAlgorithm::Md5,
        algorithm_member: None,
        validation_member: None,
        response_algorithms: &[],
    }));

    fn request(headers: &[(&'static str, &'static str)]) -> Request<Payload> {
        let mut request = Request::new(Payload::Bytes("123456789".into()));
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_static(value));
        }
        request
    }

    /// Returns the checksum that a request gets, with the header that carries it.
    fn added(
        operation: &'static Operation,
        headers: &[(&'static str, &'static str)],
        mode: ChecksumMode,
    ) -> Result<(Option<ChecksumAlgorithm>, Request<Payload>), InputError> {
        let config = Config::builder().request_checksums(mode).response_checksums(mode).build();
        let mut request = request(headers);
        let algorithm = choose(&config.0, operation, &mut request, &Value::Null)?;
        if let Some(algorithm) = algorithm {
            add(algorithm, &mut request);
        }
        Ok((algorithm, request))
    }

    #[test]
    fn a_supported_checksum_is_crc32_unless_the_input_chooses() {
        let (algorithm, request) = added(&SUPPORTED, &[], ChecksumMode::WhenSupported).unwrap();
        assert_eq!(algorithm, Some(ChecksumAlgorithm::Crc32));
        assert_eq!(request.headers()["x-amz-sdk-checksum-algorithm"], "CRC32");
        assert_eq!(request.headers()["x-amz-checksum-crc32"], "y/Q5Jg==");
        assert_eq!(request.headers()["x-amz-checksum-mode"], "ENABLED");

        let chosen = [("x-amz-sdk-checksum-algorithm", "CRC32C")];
        let (_, request) = added(&SUPPORTED, &chosen, ChecksumMode::WhenRequired).unwrap();
        assert_eq!(request.headers()["x-amz-checksum-crc32c"], "4waSgw==");
        assert!(!request.headers().contains_key("x-amz-checksum-mode"));
    }

    #[test]
    fn nothing_is_added_where_it_is_not_required_or_given() {
        let (algorithm, request) = added(&SUPPORTED, &[], ChecksumMode::WhenRequired).unwrap();
        assert_eq!((algorithm, request.headers().len()), (None, 0));
        let given = [("x-amz-checksum-sha512", "abc")];
        assert_eq!(added(&SUPPORTED, &given, ChecksumMode::WhenSupported).unwrap().0, None);
        let other = [("x-amz-checksum-type", "FULL_OBJECT")];
        assert!(added(&SUPPORTED, &other, ChecksumMode::WhenSupported).unwrap().0.is_some());
    }

    #[test]
    fn a_required_checksum_is_added_in_any_mode() {
        let (_, request) = added(&REQUIRED, &[], ChecksumMode::WhenRequired).unwrap();
        assert_eq!(request.headers()["content-md5"], "JfnnlDI7RTiF9RgfG2JNCw==");
        let (algorithm, _) = added(&REQUIRED, &[("content-md5", "own")], ChecksumMode::WhenRequired).unwrap();
        assert_eq!(algorithm, None);
    }

    #[test]
    fn unknown_algorithms_are_refused() {
        let error = added(&SUPPORTED, &[("x-amz-sdk-checksum-algorithm", "XXH3")], ChecksumMode::WhenSupported);
        assert_eq!(error.unwrap_err().to_string(), "unsupported checksum algorithm `XXH3`");
    }
}
