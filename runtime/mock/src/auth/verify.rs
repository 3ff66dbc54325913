//! Checking signatures.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, Method};
use sha2::{Digest, Sha256};
use whitesmith_schema::Timestamp;

use super::AuthRefusal;
use super::authorization::Authorization;
use super::canonical::{PathStyle, canonical_request};
use super::refusal::MISMATCH;

/// The allowed difference between a request's date and the clock, in seconds.
const SKEW: i64 = 5 * 60;

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Verifies signatures by known access keys.
pub(crate) struct Authenticator {
    service: &'static str,
    keys: HashMap<String, Secret>,
}

struct Secret {
    key: String,
    session_token: Option<String>,
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator").field("access_keys", &self.keys.keys()).finish_non_exhaustive()
    }
}

impl Authenticator {
    /// Creates one for a service's signing name, without keys.
    pub(crate) fn new(service: &'static str) -> Self {
        Self { service, keys: HashMap::new() }
    }

    /// Adds an access key; with a session token, requests must carry it.
    pub(crate) fn add(&mut self, access_key: String, key: String, session_token: Option<String>) {
        self.keys.insert(access_key, Secret { key, session_token });
    }

    /// Verifies the signature of a request.
    pub(crate) fn check(
        &self,
        method: &Method,
        path_and_query: &str,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), AuthRefusal> {
        let authorization = Authorization::of(headers)?;
        let invalid = |message: String| Err(AuthRefusal::Invalid(message));
        if authorization.service != self.service {
            return invalid(format!("Credential should be scoped to correct service: '{}'.", self.service));
        }
        if authorization.region.is_empty() {
            return invalid("Credential should be scoped to a valid region.".into());
        }
        let names: Vec<&str> = authorization.signed_headers.split(';').collect();
        if !names.contains(&"host") {
            return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.".into());
        }
        if let Some(name) = headers.keys().find(|name| must_be_signed(name) && !names.contains(&name.as_str())) {
            return invalid(format!("'{name}' must be a 'SignedHeader' in the AWS Authorization."));
        }
        let secret = self.keys.get(authorization.access_key).ok_or(AuthRefusal::UnknownKey)?;
        let token = headers.get(&X_AMZ_SECURITY_TOKEN).map(|token| token.as_bytes());
        if secret.session_token.as_deref().map(str::as_bytes) != token {
            return Err(AuthRefusal::UnknownKey);
        }
        let date = headers.get(&X_AMZ_DATE).and_then(|date| date.to_str().ok()).unwrap_or_default();
        check_date(date, authorization.date, now)?;
        let stated = headers.get(&X_AMZ_CONTENT_SHA256).and_then(|hash| hash.to_str().ok());
        let body_hash = match stated {
            // The body is not signed, or its chunks are.
            Some(stated) if stated == "UNSIGNED-PAYLOAD" || stated.starts_with("STREAMING-") => stated.to_owned(),
            _ => hex(&Sha256::digest(body)),
        };
        if stated.is_some_and(|stated| stated != body_hash) {
            return invalid(MISMATCH.into());
        }
        let style = if self.service == "s3" { PathStyle::AsSent } else { PathStyle::Normalized };
        let canonical =
            canonical_request(method, path_and_query, headers, authorization.signed_headers, &body_hash, style);
        let Some(canonical) = canonical else { return invalid(MISMATCH.into()) };
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{}\n{}", authorization.scope, hex(&Sha256::digest(canonical)));
        let right = matches(&secret.key, &authorization, &text);
        if right { Ok(()) } else { invalid(MISMATCH.into()) }
    }
}

/// Whether AWS requires the header to be signed if it is sent.
fn must_be_signed(name: &HeaderName) -> bool {
    name.as_str().starts_with("x-amz-")
}

fn check_date(date: &str, scope_date: &str, now: Timestamp) -> Result<(), AuthRefusal> {
    let Some(sent) = parse_date(date) else {
        let message = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
        return Err(AuthRefusal::Incomplete(message.into()));
    };
    if !date.starts_with(scope_date) || scope_date.len() != 8 {
        let day = date.get(..8).unwrap_or_default();
        return Err(AuthRefusal::Invalid(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '{scope_date}' != '{day}', from '{date}'."
        )));
    }
    let at = |seconds: i64| basic_date(Timestamp::new(seconds, 0));
    let now = now.seconds();
    let (earliest, latest) = (now.saturating_sub(SKEW), now.saturating_add(SKEW));
    if sent < earliest {
        let message = format!("Signature expired: {date} is now earlier than {} ({} - 5 min.)", at(earliest), at(now));
        return Err(AuthRefusal::Invalid(message));
    }
    if sent > latest {
        let message =
            format!("Signature not yet current: {date} is still later than {} ({} + 5 min.)", at(latest), at(now));
        return Err(AuthRefusal::Invalid(message));
    }
    Ok(())
}

/// Parses `20261122T102123Z` as seconds since 1970.
fn parse_date(text: &str) -> Option<i64> {
    if text.len() != 16 || !text.is_ascii() {
        return None;
    }
    let (date, time) = text.split_once('T')?;
    let parts = [date.get(..4)?, date.get(4..6)?, date.get(6..)?, time.get(..2)?, time.get(2..4)?, time.get(4..)?];
    let [year, month, day, hour, minute, second] = parts;
    let extended = format!("{year}-{month}-{day}T{hour}:{minute}:{second}");
    Timestamp::parse_date_time(&extended).ok().map(Timestamp::seconds)
}

fn basic_date(instant: Timestamp) -> String {
    instant.to_date_time().replace(['-', ':'], "")
}

fn matches(key: &str, authorization: &Authorization<'_>, text: &str) -> bool {
    let Authorization { date, region, service, signature, .. } = authorization;
    let Some(signature) = unhex(signature) else { return false };
    let mut derived = format!("AWS4{key}").into_bytes();
    for part in [*date, *region, *service, "aws4_request"] {
        let Some(next) = mac(&derived, part) else { return false };
        derived = next.finalize().into_bytes().to_vec();
    }
    mac(&derived, text).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
}

fn mac(key: &[u8], text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn corpus() -> Vec<serde_json::Value> {
        let folder = std::env::var_os("WHITESMITH_CORPUS").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance")),
            PathBuf::from,
        );
        let text = std::fs::read(folder.join("sigv4/vectors.json"));
        let text = text.unwrap_or_else(|error| panic!("no corpus of signed requests at {}: {error}", folder.display()));
        serde_json::from_slice(&text).unwrap()
    }

    /// A signed request: path, headers, body, and the instant of its signature.
    fn request(vector: &serde_json::Value) -> (String, HeaderMap, Vec<u8>, Timestamp) {
        let text = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
        let mut headers = HeaderMap::new();
        for (name, value) in vector["headers"].as_object().unwrap() {
            headers.insert(HeaderName::try_from(name).unwrap(), value.as_str().unwrap().try_into().unwrap());
        }
        let date = vector["headers"]["x-amz-date"].as_str().unwrap();
        let scope = format!("{}/{}/{}/aws4_request", &date[..8], text("region"), text("service"));
        let signed = text("canonical_request").lines().rev().nth(1).unwrap().to_owned();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature={}",
            text("access_key"),
            text("signature")
        );
        headers.insert("authorization", authorization.try_into().unwrap());
        let query = text("query");
        let path = if query.is_empty() { text("path") } else { format!("{}?{query}", text("path")) };
        (path, headers, text("body").into_bytes(), Timestamp::new(parse_date(date).unwrap(), 0))
    }

    fn authenticator(vector: &serde_json::Value) -> Authenticator {
        let text = |name: &str| vector[name].as_str().unwrap().to_owned();
        let mut authenticator = Authenticator::new(text("service").leak());
        let token = vector["headers"]["x-amz-security-token"].as_str().map(str::to_owned);
        authenticator.add(text("access_key"), text("secret_key"), token);
        authenticator
    }

    #[test]
    #[ignore = "needs the corpora"]
    fn accepts_valid_signatures_only() {
        let vectors = corpus();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let (path, headers, mut body, at) = request(&vector);
            let authenticator = authenticator(&vector);
            let check = |headers: &HeaderMap, body: &[u8], at| {
                authenticator.check(&Method::POST, &path, headers, body, at).map_err(|refusal| refusal.code())
            };
            assert_eq!(check(&headers, &body, at), Ok(()), "{}", vector["id"]);
            assert_eq!(check(&headers, &body, Timestamp::new(at.seconds() + 299, 0)), Ok(()));
            for off in [301, -301] {
                let skewed = Timestamp::new(at.seconds() + off, 0);
                assert_eq!(check(&headers, &body, skewed), Err("InvalidSignatureException"));
            }
            body.push(b' ');
            assert_eq!(check(&headers, &body, at), Err("InvalidSignatureException"), "{}", vector["id"]);
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let now = Timestamp::new(1_795_342_883, 0);
        let mut known = Authenticator::new("example");
        known.add("AKID".into(), "secret".into(), None);
        let check = |authorization: Option<&str>, date: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("host", "localhost".parse().unwrap());
            headers.insert("x-amz-date", date.parse().unwrap());
            if let Some(authorization) = authorization {
                headers.insert("authorization", authorization.parse().unwrap());
            }
            known.check(&Method::POST, "/", &headers, b"", now).unwrap_err()
        };
        let signed = |credential: &str| {
            format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature=00")
        };
        let date = basic_date(now);
        let day = &date[..8];
        let code = |authorization: Option<&str>| check(authorization, &date).code();
        assert_eq!(code(None), "MissingAuthenticationTokenException");
        assert_eq!(code(Some("Basic abc")), "IncompleteSignatureException");
        assert_eq!(code(Some("AWS4-HMAC-SHA256 Credential=a")), "IncompleteSignatureException");
        assert_eq!(code(Some(&signed("AKID/x"))), "IncompleteSignatureException");
        assert_eq!(
            code(Some(&signed(&format!("OTHER/{day}/eu-west-1/example/aws4_request")))),
            "UnrecognizedClientException"
        );
        assert_eq!(
            code(Some(&signed(&format!("AKID/{day}/eu-west-1/other/aws4_request")))),
            "InvalidSignatureException"
        );
        assert_eq!(
            code(Some(&signed(&format!("AKID/{day}/eu-west-1/example/aws4_request")))),
            "InvalidSignatureException"
        );
        let expired = check(Some(&signed("AKID/20110909/eu-west-1/example/aws4_request")), "20110909T233600Z");
        assert!(
            expired.message().starts_with("Signature expired: 20110909T233600Z is now earlier than "),
            "{expired:?}"
        );
    }
}
