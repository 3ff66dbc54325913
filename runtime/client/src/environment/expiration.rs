//! Expiry of temporary credentials.

use std::time::{Duration, SystemTime};

use whitesmith_schema::{Timestamp, Value};

/// Reads a date and time.
pub type ParseTime = fn(&str) -> Option<Timestamp>;

/// Reads a date-time of RFC 3339.
pub(super) fn parse_time(text: &str) -> Option<Timestamp> {
    Timestamp::parse_date_time(text).ok()
}

/// Returns when credentials expire, unless they have. `source` names where they come from; the text itself is never shown.
pub(super) fn check(expiration: &Value, parse: ParseTime, source: &str) -> Result<SystemTime, String> {
    match expiration.as_str().and_then(parse) {
        None => Err(format!("invalid expiration of the credentials of {source}: expected an ISO 8601 date and time")),
        Some(expires) if expires <= Timestamp::from(SystemTime::now()) => {
            Err(format!("the credentials of {source} are expired since {expires}"))
        }
        Some(expires) => {
            let seconds = Duration::from_secs(expires.seconds().unsigned_abs());
            Ok(SystemTime::UNIX_EPOCH.checked_add(seconds).unwrap_or(SystemTime::UNIX_EPOCH))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expired_and_malformed_expirations_are_refused() {
        let checked = |expiration: Value| check(&expiration, parse_time, "the source");
        assert!(checked(Value::from("2999-01-01T00:00:00Z")).is_ok_and(|expires| expires > SystemTime::now()));
        assert_eq!(
            checked(Value::from("2020-01-01T00:00:00Z")),
            Err("the credentials of the source are expired since 2020-01-01T00:00:00Z".to_owned())
        );
        for malformed in [Value::from(""), Value::from("soon"), Value::from(1), Value::Map(Default::default())] {
            assert!(checked(malformed.clone()).is_err_and(|problem| problem.contains("invalid")), "{malformed:?}");
        }
    }
}
