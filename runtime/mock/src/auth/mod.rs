//! Who sent a request: Signature Version 4.

mod authorization;
mod canonical;
mod refusal;
mod verify;

pub(crate) use refusal::AuthRefusal;
pub(crate) use verify::Authenticator;

use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The region of the credential scope that a request is signed for, whether or not the signature is right.
pub(crate) fn signed_region(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (_, scope) = header.split_once("Credential=")?;
    let region = scope.split(',').next()?.split('/').nth(2)?;
    let plausible = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (!region.is_empty() && region.len() <= 64 && region.bytes().all(plausible)).then_some(region)
}
