//! AWS Signature Version 4, by the `aws-sigv4` crate.

use std::time::SystemTime;

use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SigningParams, SigningSettings, UriPathNormalizationMode, sign,
};
use http::{HeaderName, HeaderValue, Request, header};

use crate::credentials::Credentials;

/// A request could not be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// No region is set, and the endpoint does not name one.
    #[error("no region is set: a request is signed for a region")]
    MissingRegion,
    /// The model gives no signing name, and the endpoint neither.
    #[error("the service has no signing name")]
    MissingName,
    /// The endpoint asks for a way of signing that there is none for.
    #[error("the endpoint asks for the authentication scheme `{0}`, which is not supported")]
    UnsupportedScheme(String),
    /// A header's value is no text.
    #[error("the header {0} is no text")]
    Header(HeaderName),
    /// What the signer says.
    #[error("the request cannot be signed: {0}")]
    Signer(String),
}

/// Where a signature is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningScope {
    /// The region's name.
    pub region: String,
    /// The service's signing name.
    pub name: String,
    /// Whether the path is signed encoded twice, as all services but S3 have it.
    pub double_encode_path: bool,
}

/// Headers that are not signed, since proxies and transports may change them, or because the AWS CLI does not sign them.
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
/// credentials with a session token, and `authorization`. Headers that travel changes stay out of the signature.
pub fn sign_request<B: AsRef<[u8]>>(
    request: &mut Request<B>,
    scope: &SigningScope,
    credentials: &Credentials,
    time: SystemTime,
) -> Result<(), SigningError> {
    let signer = |error: &dyn std::fmt::Display| SigningError::Signer(error.to_string());
    let mut settings = SigningSettings::default();
    settings.excluded_headers = None;
    if !scope.double_encode_path {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let params: SigningParams<'_> = aws_sigv4::sign::v4::SigningParams::builder()
        .identity(credentials.identity())
        .region(&scope.region)
        .name(&scope.name)
        .time(time)
        .settings(settings)
        .build()
        .map_err(|error| signer(&error))?
        .into();
    let headers = request
        .headers()
        .iter()
        .filter(|(name, _)| !UNSIGNED.contains(name))
        .map(|(name, value)| match value.to_str() {
            Ok(value) => Ok((name.as_str(), value)),
            Err(_) => Err(SigningError::Header(name.clone())),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let signable = SignableRequest::new(
        request.method().as_str(),
        request.uri().to_string(),
        headers.into_iter(),
        SignableBody::Bytes(request.body().as_ref()),
    )
    .map_err(|error| signer(&error))?;
    let (instructions, _) = sign(signable, &params).map_err(|error| signer(&error))?.into_parts();
    let (added, _) = instructions.into_parts();
    // The authorization goes last, where the AWS CLI has it.
    let (last, first): (Vec<_>, Vec<_>) = added.into_iter().partition(|header| header.name() == "authorization");
    for header in first.into_iter().chain(last) {
        let mut value = HeaderValue::from_str(header.value()).map_err(|error| signer(&error))?;
        value.set_sensitive(header.name() != "x-amz-date");
        request.headers_mut().insert(HeaderName::from_static(header.name()), value);
    }
    Ok(())
}
