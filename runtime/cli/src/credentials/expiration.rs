//! Expiry of temporary credentials.

use std::time::SystemTime;

use whitesmith_schema::{Timestamp, Value};

use crate::timestamps;

/// Checks that credentials have not expired. `source` names where they come from; the text itself is never shown.
pub fn check(expiration: &Value, source: &str) -> Result<(), String> {
    let instant = match expiration {
        Value::String(_) => timestamps::instant(expiration),
        _ => None,
    };
    match instant {
        None => Err(format!("invalid expiration of the credentials of {source}: expected an ISO 8601 date and time")),
        Some(expires) if expires <= Timestamp::from(SystemTime::now()) => {
            Err(format!("the credentials of {source} are expired since {expires}"))
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expired_and_malformed_expirations_are_refused() {
        let checked = |expiration: Value| check(&expiration, "the source");
        assert_eq!(checked(Value::from("2999-01-01T00:00:00Z")), Ok(()));
        assert_eq!(
            checked(Value::from("2020-01-01T00:00:00Z")),
            Err("the credentials of the source are expired since 2020-01-01T00:00:00Z".to_owned())
        );
        for malformed in [Value::from(""), Value::from("soon"), Value::from(1), Value::Map(Default::default())] {
            assert!(checked(malformed.clone()).is_err_and(|problem| problem.contains("invalid")), "{malformed:?}");
        }
    }
}
