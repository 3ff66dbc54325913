//! The wall clock.

use std::time::{SystemTime, UNIX_EPOCH};

use whitesmith_schema::Timestamp;

/// Returns the current instant.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::new(i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos())
}

/// Converts an instant to milliseconds since 1970.
pub(crate) fn millis(instant: Timestamp) -> u64 {
    u64::try_from(instant.seconds()).unwrap_or(0) * 1000 + u64::from(instant.subsecond_nanos() / 1_000_000)
}
