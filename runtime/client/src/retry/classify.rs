//! Classification of errors for retries.

use http::StatusCode;
use whitesmith_protocol::ErrorSummary;
use whitesmith_schema::Operation;

/// Codes of throttling errors (AWS SDKs' standard retry mode, as botocore lists them).
const THROTTLING_CODES: [&str; 15] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
    "Throttling.User",
];

/// Codes of transient errors (the same source).
const TRANSIENT_CODES: [&str; 3] = ["InternalError", "RequestTimeout", "RequestTimeoutException"];

/// Statuses of transient errors (the same source).
const TRANSIENT_STATUSES: [StatusCode; 4] = [
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Codes that may mean a wrong clock (as the AWS SDKs list them).
const CLOCK_SKEW_CODES: [&str; 6] = [
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// What an error means for further attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// Whether the error is a throttling error.
    pub throttling: bool,
}

/// Classifies an error by the model's `retryable` trait, otherwise by code, otherwise by status.
pub(crate) fn classify(operation: &'static Operation, status: StatusCode, error: &ErrorSummary) -> Classification {
    let modeled = error.index.and_then(|index| operation.errors.get(index)).and_then(|schema| schema.error);
    if let Some(throttling) = modeled.and_then(|error| error.retryable) {
        return Classification { retryable: true, throttling };
    }
    let code = error.code.as_deref().unwrap_or_default();
    if THROTTLING_CODES.contains(&code) {
        return Classification { retryable: true, throttling: true };
    }
    let retryable = TRANSIENT_CODES.contains(&code) || TRANSIENT_STATUSES.contains(&status);
    Classification { retryable, throttling: false }
}

/// Whether the error may come from a clock that is wrong.
pub(crate) fn is_clock_skew(error: &ErrorSummary) -> bool {
    error.code.as_deref().is_some_and(|code| CLOCK_SKEW_CODES.contains(&code))
}
