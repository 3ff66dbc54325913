//! Signature Version 4.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod authorization;
mod canonical;
mod refusal;
mod verify;

pub(crate) use refusal::AuthRefusal;
pub(crate) use verify::Authenticator;

use http::HeaderMap;
use http::header::AUTHORIZATION;

/// Returns the region of a request's credential scope, whether or not the signature is valid.
pub(crate) fn signed_region(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(AUTHORIZATION)?.as_bytes();
    let scope = match header.strip_prefix(USUAL_START) {
        Some(scope) => scope,
        None => {
            let at = header.windows(CREDENTIAL.len()).position(|window| window == CREDENTIAL)?;
            header.get(at..)?.strip_prefix(CREDENTIAL)?
        }
    };
    let part = |text: &[u8]| text.iter().position(|byte| matches!(byte, b'/' | b',')).unwrap_or(text.len());
    let mut region = scope;
    // The access key and the date.
    for _ in 0..2 {
        region = region.get(part(region)..)?.strip_prefix(b"/")?;
    }
    region = region.get(..part(region))?;
    let plausible = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let known = !region.is_empty() && region.len() <= 64 && region.iter().all(plausible);
    if known { std::str::from_utf8(region).ok() } else { None }
}

/// The text before the credential scope.
const CREDENTIAL: &[u8] = b"Credential=";
/// The usual start of the header.
const USUAL_START: &[u8] = b"AWS4-HMAC-SHA256 Credential=";
