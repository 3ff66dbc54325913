//! Authentication of requests: signing with AWS Signature Version 4 and 4A by the `aws-sigv4` crate, and the schemes that
//! put a secret into a header.

mod body;
mod choose;
#[cfg(feature = "checksums")]
mod chunks;
mod error;
#[cfg(all(feature = "asynchronous", feature = "event-stream"))]
mod events;
mod presign;
mod secrets;

pub(crate) use body::BodySignature;
#[cfg(feature = "checksums")]
pub(crate) use body::TRAILER;
pub(crate) use choose::Authentication;
#[cfg(feature = "checksums")]
pub(crate) use chunks::ChunkSigner;
pub use error::SigningError;
#[cfg(all(feature = "asynchronous", feature = "event-stream"))]
pub(crate) use events::EventSigner;
pub use presign::PresignedRequest;
pub(crate) use presign::presign;
pub use secrets::{ProvideToken, Token};
pub(crate) use secrets::{add_api_key, add_basic, add_bearer};

use std::borrow::Cow;
use std::time::SystemTime;

use aws_sigv4::SigningOutput;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningInstructions, SigningParams,
    SigningSettings, UriPathNormalizationMode, sign,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, header};

use crate::credentials::Credentials;
use crate::payload::Payload;

/// Scope in which a signature is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningScope {
    /// The region's name; with Signature Version 4A, the regions in which the signature is valid, separated by commas.
    pub region: String,
    /// The service's signing name.
    pub name: Cow<'static, str>,
    /// Whether the path is signed percent-encoded twice, as for all services but S3.
    pub double_encode_path: bool,
    /// Whether the body stays out of the signature (`aws.auth#unsignedPayload`).
    pub unsigned_payload: bool,
    /// Whether Signature Version 4A is used, whose signatures are valid in several regions.
    pub asymmetric: bool,
}

#[cfg(feature = "checksums")]
impl SigningScope {
    /// Whether the service requires the hash of every body.
    pub(crate) fn requires_content_hash(&self) -> bool {
        CONTENT_SHA256_SERVICES.contains(&&*self.name)
    }
}

/// Signing names of services that require the header `x-amz-content-sha256` (S3 and Glacier API references).
const CONTENT_SHA256_SERVICES: [&str; 5] = ["s3", "s3-outposts", "s3-object-lambda", "s3express", "glacier"];

/// Headers that are not signed: proxies and transports may change them, or the AWS CLI does not sign them.
const UNSIGNED: [HeaderName; 7] = [
    header::ACCEPT_ENCODING,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::EXPECT,
    header::TRANSFER_ENCODING,
    header::USER_AGENT,
    HeaderName::from_static("x-amzn-trace-id"),
];

/// Signs the headers that the request has, `host` among them, and adds `x-amz-date`, `x-amz-security-token` for
/// credentials with a session token, and `authorization`. Headers that change on the way stay out of the signature.
///
/// # Errors
/// When a header is not text, or the signer refuses the request.
pub fn sign_request<B: AsRef<[u8]>>(
    request: &mut Request<B>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<(), SigningError> {
    let (added, _) = signature(request, SignableBody::Bytes(request.body().as_ref()), scope, credentials, time)?;
    insert(request.headers_mut(), added);
    Ok(())
}

/// What stands in for the hash of a body of signed events.
const SIGNED_EVENTS: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// What stands in for the hash of a body of signed chunks.
#[cfg(feature = "checksums")]
const SIGNED_CHUNKS: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

/// Signs a request with a payload, as [`sign_request`] does, and returns the signature.
pub(crate) fn sign_payload(
    request: &mut Request<Payload>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
    body: &BodySignature,
) -> Result<String, SigningError> {
    #[cfg(feature = "checksums")]
    let has_trailer = request.headers().contains_key(TRAILER);
    let symmetric = |what: &'static str, body| match scope.asymmetric {
        true => Err(SigningError::UnsupportedScheme("sigv4a".into(), what)),
        false => Ok(body),
    };
    let body = match (body, request.body()) {
        (BodySignature::Events, _) => {
            symmetric(": events are signed with sigv4 alone", SignableBody::Precomputed(SIGNED_EVENTS.to_owned()))?
        }
        #[cfg(feature = "checksums")]
        (BodySignature::Chunks, _) => {
            let body = match has_trailer {
                true => SignableBody::StreamingSignedPayloadTrailer,
                false => SignableBody::Precomputed(SIGNED_CHUNKS.to_owned()),
            };
            symmetric(": chunks of a body are signed with sigv4 alone", body)?
        }
        #[cfg(feature = "checksums")]
        (BodySignature::Hash(hash), _) => SignableBody::Precomputed(hash.clone()),
        #[cfg(feature = "checksums")]
        (BodySignature::Whole, Payload::Stream { .. }) if has_trailer => SignableBody::StreamingUnsignedPayloadTrailer,
        (BodySignature::Whole, _) if scope.unsigned_payload => SignableBody::UnsignedPayload,
        (BodySignature::Whole, Payload::Bytes(bytes)) => SignableBody::Bytes(bytes),
        (BodySignature::Whole, Payload::Stream { .. }) => SignableBody::UnsignedPayload,
    };
    let (added, signature) = signature(request, body, scope, credentials, time)?;
    insert(request.headers_mut(), added);
    Ok(signature)
}

fn insert(headers: &mut HeaderMap, added: Vec<(HeaderName, HeaderValue)>) {
    for (name, value) in added {
        headers.insert(name, value);
    }
}

/// Returns the headers that a signature consists of, `authorization` last, as in the AWS CLI, and the signature itself.
fn signature<B>(
    request: &Request<B>,
    body: SignableBody<'_>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<(Vec<(HeaderName, HeaderValue)>, String), SigningError> {
    let settings = settings(scope, &body);
    let (instructions, signature) = instructions(request, body, scope, credentials, time, settings)?;
    let (mut added, _) = instructions.into_parts();
    added.sort_by_key(|header| header.name() == "authorization");
    let added: Result<_, _> = added
        .iter()
        .map(|header| {
            let mut value = HeaderValue::from_str(header.value()).map_err(|error| signer(&error))?;
            value.set_sensitive(!matches!(header.name(), "x-amz-date" | "x-amz-content-sha256"));
            Ok((HeaderName::from_static(header.name()), value))
        })
        .collect();
    added.map(|added| (added, signature))
}

fn signer(error: &dyn std::fmt::Display) -> SigningError {
    SigningError::Signer(error.to_string())
}

/// Returns the settings that a service needs.
fn settings(scope: &SigningScope, body: &SignableBody<'_>) -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.excluded_headers = None;
    if !matches!(body, SignableBody::Bytes(_)) || CONTENT_SHA256_SERVICES.contains(&&*scope.name) {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    if !scope.double_encode_path {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    settings
}

/// Signs a request, and returns what has to be added to it with the signature.
fn instructions<B>(
    request: &Request<B>,
    body: SignableBody<'_>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
    settings: SigningSettings,
) -> Result<(SigningInstructions, String), SigningError> {
    let headers = request
        .headers()
        .iter()
        .filter(|(name, _)| !UNSIGNED.contains(name))
        .map(|(name, value)| match value.to_str() {
            Ok(value) => Ok((name.as_str(), value)),
            Err(_) => Err(SigningError::Header(name.clone())),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let uri = request.uri().to_string();
    let signable = SignableRequest::new(request.method().as_str(), uri, headers.into_iter(), body)
        .map_err(|error| signer(&error))?;
    let params = params(scope, credentials, time, settings)?;
    sign(signable, &params).map(SigningOutput::into_parts).map_err(|error| signer(&error))
}

fn params<'a>(
    scope: &'a SigningScope,
    credentials: &'a Credentials,
    time: SystemTime,
    settings: SigningSettings,
) -> Result<SigningParams<'a>, SigningError> {
    #[cfg(feature = "sigv4a")]
    if scope.asymmetric {
        let params = aws_sigv4::sign::v4a::SigningParams::builder()
            .identity(credentials.identity())
            .region_set(&scope.region)
            .name(&scope.name)
            .time(time)
            .settings(settings)
            .build();
        return params.map(Into::into).map_err(|error| signer(&error));
    }
    let params = aws_sigv4::sign::v4::SigningParams::builder()
        .identity(credentials.identity())
        .region(&scope.region)
        .name(&scope.name)
        .time(time)
        .settings(settings)
        .build();
    params.map(Into::into).map_err(|error| signer(&error))
}
