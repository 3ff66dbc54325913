//! The `Authorization` header of Signature Version 4.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::AuthRefusal;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The parsed header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authorization<'a> {
    pub(super) access_key: &'a str,
    /// `date/region/service/aws4_request`.
    pub(super) scope: &'a str,
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    pub(super) signed_headers: &'a str,
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    pub(super) fn of(headers: &'a HeaderMap) -> Result<Self, AuthRefusal> {
        let header = headers.get(AUTHORIZATION).ok_or(AuthRefusal::Missing)?;
        let text = header.to_str().unwrap_or_default().trim();
        let Some(fields) = text.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with([' ', ','])) else {
            return Err(AuthRefusal::Incomplete(format!("Unsupported AWS 'algorithm', only '{ALGORITHM}' is taken.")));
        };
        let field = |name: &str| {
            let mut fields = fields.split(',').filter_map(|field| field.trim().split_once('='));
            fields.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| !value.is_empty())
        };
        let (credential, signed_headers, signature) = (field("Credential"), field("SignedHeaders"), field("Signature"));
        let (Some(credential), Some(signed_headers), Some(signature)) = (credential, signed_headers, signature) else {
            let missing = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)];
            let missing = missing.iter().filter(|(_, value)| value.is_none());
            let words: Vec<_> =
                missing.map(|(name, _)| format!("Authorization header requires '{name}' parameter.")).collect();
            return Err(AuthRefusal::Incomplete(words.join(" ")));
        };
        // An access key has no slash, so its end is the first one.
        let parsed = credential.split_once('/').and_then(|(access_key, scope)| {
            let mut parts = scope.split('/');
            let parsed = (access_key, scope, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            parts.next().is_none().then_some(parsed)
        });
        let Some((access_key, scope, date, region, service, terminator)) = parsed else {
            return Err(AuthRefusal::Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term".into(),
            ));
        };
        if terminator != "aws4_request" {
            return Err(AuthRefusal::Invalid(
                "Credential should be scoped with a valid terminator: 'aws4_request'.".into(),
            ));
        }
        Ok(Self { access_key, scope, date, region, service, signed_headers, signature })
    }
}
