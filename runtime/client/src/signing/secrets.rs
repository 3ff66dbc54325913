//! Schemes that put a secret into a header or the query.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request, Uri};
use whitesmith_schema::{ApiKey, ApiKeyPlace};

use super::error::SigningError;
use crate::credentials::CredentialsError;
use crate::endpoint::uri_encode;

/// A bearer token. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Creates a token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(*** redacted ***)")
    }
}

/// Provides the bearer token of the next request. Implemented by [`Token`] and closures.
pub trait ProvideToken: Send + Sync {
    /// Returns the token.
    ///
    /// # Errors
    /// When there is none.
    fn provide_token(&self) -> Result<Token, CredentialsError>;
}

impl ProvideToken for Token {
    fn provide_token(&self) -> Result<Token, CredentialsError> {
        Ok(self.clone())
    }
}

impl<F: Fn() -> Result<Token, CredentialsError> + Send + Sync> ProvideToken for F {
    fn provide_token(&self) -> Result<Token, CredentialsError> {
        self()
    }
}

fn secret_value(text: String, what: &'static str) -> Result<HeaderValue, SigningError> {
    let mut value = HeaderValue::try_from(text).map_err(|_| SigningError::Secret(what))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Adds a bearer token (RFC 6750, section 2.1).
pub(crate) fn add_bearer<B>(request: &mut Request<B>, token: &Token) -> Result<(), SigningError> {
    let value = secret_value(format!("Bearer {}", token.0), "bearer token")?;
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}

/// Adds user name and password (RFC 7617).
pub(crate) fn add_basic<B>(request: &mut Request<B>, (user, password): &(String, String)) -> Result<(), SigningError> {
    let encoded = base64_simd::STANDARD.encode_to_string(format!("{user}:{password}"));
    let value = secret_value(format!("Basic {encoded}"), "user name or password")?;
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}

/// Adds an API key (`smithy.api#httpApiKeyAuth`).
pub(crate) fn add_api_key<B>(request: &mut Request<B>, place: &ApiKey, key: &str) -> Result<(), SigningError> {
    match place.place {
        ApiKeyPlace::Header => {
            let name = HeaderName::try_from(place.name).map_err(|_| SigningError::Secret("API key header"))?;
            let text = place.scheme.map_or_else(|| key.to_owned(), |scheme| format!("{scheme} {key}"));
            request.headers_mut().insert(name, secret_value(text, "API key")?);
        }
        ApiKeyPlace::Query => {
            let invalid = || SigningError::Secret("API key");
            let mut parts = request.uri().clone().into_parts();
            let present = parts.path_and_query.as_ref().map_or("/", |it| it.as_str());
            let separator = if present.contains('?') { '&' } else { '?' };
            let added = format!("{present}{separator}{}={}", uri_encode(place.name), uri_encode(key));
            parts.path_and_query = Some(added.parse().map_err(|_| invalid())?);
            *request.uri_mut() = Uri::from_parts(parts).map_err(|_| invalid())?;
        }
    }
    Ok(())
}
