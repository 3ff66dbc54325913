//! Errors of signing.

use http::HeaderName;

/// Error of a request that cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// No region is set, and the endpoint does not name one.
    #[error("missing region to sign for")]
    MissingRegion,
    /// Neither the model nor the endpoint gives a signing name.
    #[error("missing signing name")]
    MissingName,
    /// The model or the endpoint asks for an authentication scheme that is not supported, for the reason given.
    #[error("unsupported authentication scheme `{0}`{1}")]
    UnsupportedScheme(String, &'static str),
    /// A secret cannot stand in a header or a URL.
    #[error("invalid {0}")]
    Secret(&'static str),
    /// A header's value is not text.
    #[error("header `{0}` is not valid UTF-8")]
    Header(HeaderName),
    /// The signer refused the request.
    #[error("cannot sign the request: {0}")]
    Signer(String),
}
