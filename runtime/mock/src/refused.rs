//! Requests that are refused before their operation is looked for.

use http::StatusCode;

use crate::budget::Exhausted;

/// A request that is refused before its operation is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The body exceeds the limit, before or after decompression.
    TooLarge,
    /// The first line and the headers exceed the limit.
    HeadTooLarge,
    /// There is more than one `Host` header.
    DuplicateHost,
    /// The body came too slowly.
    TooSlow,
    /// The body does not match its `Content-Encoding`, or that is not gzip.
    Encoding,
    /// The connection ended within the body.
    Broken,
    /// The mock holds as many bytes for its peers as it may.
    Overloaded,
}

impl Refused {
    /// Status, code and message of the answer.
    pub(crate) fn answer(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeException", "The request body is too large.")
            }
            Self::HeadTooLarge => (
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "RequestHeaderSectionTooLargeException",
                "The request line and headers are too large.",
            ),
            Self::DuplicateHost => {
                (StatusCode::BAD_REQUEST, "BadRequestException", "The request has more than one Host header.")
            }
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "RequestTimeoutException", "The request body did not arrive in time.")
            }
            Self::Encoding => (
                StatusCode::BAD_REQUEST,
                "SerializationException",
                "The request body does not match its Content-Encoding header.",
            ),
            Self::Broken => {
                (StatusCode::BAD_REQUEST, "SerializationException", "The request body ends before it is complete.")
            }
            Self::Overloaded => (
                StatusCode::SERVICE_UNAVAILABLE,
                "ServiceUnavailableException",
                "The mock server holds too many bytes in flight.",
            ),
        }
    }
}

impl From<Exhausted> for Refused {
    fn from(_: Exhausted) -> Self {
        Self::Overloaded
    }
}
