//! Requests that are signed in their URL.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_sigv4::http_request::{PayloadChecksumKind, SignableBody, SignatureLocation};
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Method, Request, Uri};

use super::{SigningError, SigningScope, instructions, settings};
use crate::credentials::Credentials;
use crate::payload::Payload;

/// A request that anyone may send until it expires. Its URL is a secret: `Debug` shows no query.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PresignedRequest {
    /// The method.
    pub method: Method,
    /// The URL, with the signature in its query.
    pub uri: Uri,
    /// Headers that the request has to carry.
    pub headers: HeaderMap,
    /// The body that the request has to carry. A streaming member's body is the sender's.
    pub body: Payload,
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedRequest")
            .field("method", &self.method)
            .field("host", &self.uri.host())
            .field("path", &self.uri.path())
            .finish_non_exhaustive()
    }
}

/// Longest validity that the signature allows (AWS Signature Version 4, authentication by query parameters).
const MAX_EXPIRY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Signs a request in its URL.
pub(crate) fn presign(
    mut request: Request<Payload>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
    expires_in: Duration,
) -> Result<PresignedRequest, SigningError> {
    if expires_in > MAX_EXPIRY || expires_in.is_zero() {
        return Err(SigningError::Signer("invalid expiry: expected 1 second to 7 days".into()));
    }
    for name in [ACCEPT_ENCODING, USER_AGENT] {
        request.headers_mut().remove(name);
    }
    let is_stream = matches!(request.body(), Payload::Stream { .. });
    if is_stream {
        request.headers_mut().remove(CONTENT_TYPE);
    }
    let empty = Payload::default();
    let body = match request.body() {
        // Whoever sends the request supplies the body; S3 signs none at all.
        Payload::Bytes(bytes) if !scope.unsigned_payload && scope.name != "s3" => SignableBody::Bytes(bytes),
        _ => SignableBody::UnsignedPayload,
    };
    let mut settings = settings(scope, &body);
    settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(expires_in);
    let (instructions, _) = instructions(&request, body, scope, credentials, time, settings)?;
    instructions.apply_to_request_http1x(&mut request);
    let (parts, body) = request.into_parts();
    let body = if is_stream { empty } else { body };
    Ok(PresignedRequest { method: parts.method, uri: parts.uri, headers: parts.headers, body })
}
