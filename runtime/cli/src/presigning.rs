//! `--presign`: a request that anyone may send until it expires, instead of a call. The AWS CLI has it for downloads from
//! S3 alone.

use std::time::Duration;

use base64_simd::STANDARD;
use whitesmith_client::payload::Payload;
use whitesmith_client::signing::PresignedRequest;
use whitesmith_schema::{Number, Value, ValueMap};

use crate::arguments::{Arity, Flag};
use crate::failure::Failure;
use crate::shorthand;

/// The option that asks for a presigned request.
pub const PRESIGN: &str = "--presign";
/// The option that sets how long the request is valid.
pub const EXPIRES_IN: &str = "--expires-in";
/// How long a request is valid by default, as in `aws s3 presign`.
const DEFAULT_EXPIRY: Duration = Duration::from_secs(3600);
/// Longest validity in seconds (AWS Signature Version 4, authentication by query parameters).
const MAX_SECONDS: i64 = 7 * 24 * 60 * 60;

/// Returns the options, except for those that the operation has itself.
pub fn flags(own: &[Flag<'static>]) -> Vec<Flag<'static>> {
    let flags = [(PRESIGN, Arity::None), (EXPIRES_IN, Arity::One)];
    let missing = flags.into_iter().filter(|(name, _)| own.iter().all(|flag| flag.name != *name));
    missing.map(|(name, arity)| Flag { name, arity, choices: &[] }).collect()
}

/// Reads the value of `--expires-in`.
///
/// # Errors
/// If it is not a number of seconds that a signature may be valid for.
pub fn expiry(text: Option<&str>) -> Result<Duration, Failure> {
    let Some(text) = text else { return Ok(DEFAULT_EXPIRY) };
    match shorthand::whole(text) {
        Some(Number::Integer(seconds @ 1..=MAX_SECONDS)) => Ok(Duration::from_secs(seconds.unsigned_abs())),
        _ => Err(Failure::option(EXPIRES_IN, format!("expected 1 to {MAX_SECONDS} seconds, found '{text}'"))),
    }
}

/// Returns what is printed of a request: method and URL, and headers and body that have to be sent along.
pub fn shown(request: &PresignedRequest) -> Value {
    let mut shown = ValueMap::new();
    shown.insert("Method", Value::from(request.method.as_str()));
    shown.insert("Url", Value::from(request.uri.to_string()));
    let headers = request.headers.iter().filter(|(name, _)| *name != http::header::HOST);
    let headers = headers
        .map(|(name, value)| (name.as_str(), Value::from(String::from_utf8_lossy(value.as_bytes()).into_owned())));
    let headers: ValueMap = headers.collect();
    if headers.iter().next().is_some() {
        shown.insert("Headers", Value::Map(headers));
    }
    match &request.body {
        Payload::Bytes(bytes) if !bytes.is_empty() => match std::str::from_utf8(bytes) {
            Ok(text) => shown.insert("Body", Value::from(text)),
            Err(_) => shown.insert("BodyBase64", Value::from(STANDARD.encode_to_string(bytes))),
        },
        _ => {}
    }
    Value::Map(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expiries_are_checked() {
        assert_eq!(expiry(None), Ok(DEFAULT_EXPIRY));
        assert_eq!(expiry(Some("60")), Ok(Duration::from_secs(60)));
        for invalid in ["0", "-1", "604801", "soon", ""] {
            assert_eq!(expiry(Some(invalid)).map_err(|failure| failure.exit_status()), Err(252), "{invalid}");
        }
    }

    #[test]
    fn an_operations_own_options_stay() {
        let own = [Flag { name: EXPIRES_IN, arity: Arity::Any, choices: &[] }];
        assert_eq!(flags(&own).iter().map(|flag| flag.name).collect::<Vec<_>>(), [PRESIGN]);
    }
}
