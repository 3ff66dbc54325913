//! Choice of the authentication scheme.

use std::borrow::Cow;

use whitesmith_schema::{ApiKey, AuthScheme, Operation, Service};

use super::{SigningError, SigningScope};
use crate::config::Settings;
use crate::credentials::CredentialsError;
use crate::endpoint::{self, Endpoint};
use crate::error::CallError;

/// How a call's requests are authenticated.
#[derive(Clone, Debug)]
pub(crate) enum Authentication {
    /// By a signature.
    Signature(SigningScope),
    /// By a bearer token in `authorization`.
    Bearer,
    /// By an API key in a header or the query.
    ApiKey(&'static ApiKey),
    /// By user name and password in `authorization`.
    Basic,
}

/// Why Signature Version 4A is not supported.
const NO_SIGV4A: &str = ": the feature `sigv4a` is not enabled";
/// Why digest authentication is not supported.
const NO_DIGEST: &str = ": it needs a request without authentication first, whose body would be sent twice";
/// Why S3 Express is not supported.
const NO_S3_EXPRESS: &str = ": sessions of S3 Express are out of scope";

impl Authentication {
    /// Returns the scheme for a call, or `None` for an anonymous one.
    ///
    /// Schemes that the endpoint names go before those of the model. Of the model's, the first is chosen that the
    /// configuration has an identity for.
    pub(crate) fn choose(
        settings: &Settings,
        service: &'static Service,
        operation: &'static Operation,
        endpoint: &Endpoint,
    ) -> Result<Option<Self>, CallError> {
        if !settings.sign || operation.is_anonymous() {
            return Ok(None);
        }
        let mut refusal = None;
        for scheme in &endpoint.auth_schemes {
            let asymmetric = scheme.name == "sigv4a";
            match scheme.name.as_str() {
                "sigv4" | "sigv4a" if !asymmetric || cfg!(feature = "sigv4a") => {
                    return Self::signature(settings, service, operation, Some(scheme), asymmetric).map(Some);
                }
                "bearer" if settings.token.is_some() => return Ok(Some(Self::Bearer)),
                "none" => return Ok(None),
                other => {
                    let reason = match other {
                        "sigv4a" => NO_SIGV4A,
                        "sigv4-s3express" => NO_S3_EXPRESS,
                        _ => "",
                    };
                    refusal.get_or_insert(SigningError::UnsupportedScheme(other.to_owned(), reason));
                }
            }
        }
        match refusal {
            Some(refusal) => Err(refusal.into()),
            None => Self::of_model(settings, service, operation),
        }
    }

    fn of_model(
        settings: &Settings,
        service: &'static Service,
        operation: &'static Operation,
    ) -> Result<Option<Self>, CallError> {
        for scheme in operation.auth {
            match scheme {
                AuthScheme::SigV4 if settings.credentials.is_some() => {
                    return Self::signature(settings, service, operation, None, false).map(Some);
                }
                AuthScheme::SigV4A if settings.credentials.is_some() && cfg!(feature = "sigv4a") => {
                    return Self::signature(settings, service, operation, None, true).map(Some);
                }
                AuthScheme::Bearer if settings.token.is_some() => return Ok(Some(Self::Bearer)),
                AuthScheme::ApiKey(key) if settings.api_key.is_some() => return Ok(Some(Self::ApiKey(key))),
                AuthScheme::Basic if settings.login.is_some() => return Ok(Some(Self::Basic)),
                _ => {}
            }
        }
        if operation.is_auth_optional() {
            return Ok(None);
        }
        // Nothing is configured: report what the preferred scheme lacks.
        let missing = |what: &str| CredentialsError::Missing(format!("no {what} is configured")).into();
        Err(match operation.auth.first() {
            Some(AuthScheme::SigV4) => {
                Self::signature(settings, service, operation, None, false)?;
                CredentialsError::Missing("the client has no credentials provider".into()).into()
            }
            Some(AuthScheme::SigV4A) if cfg!(feature = "sigv4a") => missing("credentials provider"),
            Some(AuthScheme::SigV4A) => SigningError::UnsupportedScheme("sigv4a".into(), NO_SIGV4A).into(),
            Some(AuthScheme::Bearer) => missing("bearer token"),
            Some(AuthScheme::ApiKey(_)) => missing("API key"),
            Some(AuthScheme::Basic) => missing("user name"),
            Some(AuthScheme::Digest) => SigningError::UnsupportedScheme("httpDigestAuth".into(), NO_DIGEST).into(),
            other => SigningError::UnsupportedScheme(format!("{other:?}"), "").into(),
        })
    }

    fn signature(
        settings: &Settings,
        service: &'static Service,
        operation: &'static Operation,
        scheme: Option<&endpoint::AuthScheme>,
        asymmetric: bool,
    ) -> Result<Self, CallError> {
        let name = match scheme.and_then(|scheme| scheme.signing_name.as_deref()) {
            Some(name) if name != service.signing_name => Cow::Owned(name.to_owned()),
            _ => Cow::Borrowed(service.signing_name),
        };
        if name.is_empty() {
            return Err(SigningError::MissingName.into());
        }
        let region =
            || scheme.and_then(|scheme| scheme.signing_region.as_deref()).or(settings.endpoint.region.as_deref());
        let of_scheme = || scheme.map(|scheme| scheme.signing_region_set.join(","));
        let regions = settings.signing_regions.clone().or_else(of_scheme).filter(|regions| !regions.is_empty());
        let region = regions.filter(|_| asymmetric).or_else(|| region().map(str::to_owned));
        Ok(Self::Signature(SigningScope {
            region: region.ok_or(SigningError::MissingRegion)?,
            name,
            // Services with virtual hosts sign paths as they are, whether or not the endpoint says so.
            double_encode_path: !scheme.is_some_and(|scheme| scheme.disable_double_encoding)
                && operation.traits.virtual_host.is_none(),
            unsigned_payload: operation.traits.unsigned_payload,
            asymmetric,
        }))
    }
}
