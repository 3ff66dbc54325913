//! What the AWS CLI sends differently from other clients (2.36.7, observed).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{HeaderName, HeaderValue, Request, Uri, header};
use whitesmith_client::error::BoxError;
use whitesmith_client::interceptor::{Context, Interceptor};
use whitesmith_client::payload::Payload;
use whitesmith_schema::{HttpBinding, Member, Operation, ShapeType, ValueMap};

const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// Media type of blobs for which the model names none. The AWS CLI sends none then.
const UNTYPED: &str = "application/octet-stream";

/// Makes requests look like those of the AWS CLI: JSON bodies as Python's `json.dumps` writes them, a base path without
/// a slash behind it, lists in headers without spaces, no media type for untyped blobs, and a first attempt that does
/// not announce further ones.
#[derive(Clone, Debug)]
pub struct AwsCliFormat {
    /// The path of the configured endpoint, if a URL is configured.
    base_path: Option<String>,
    /// Whether the input of the current call names the media type of its payload.
    names_media_type: Arc<AtomicBool>,
}

impl AwsCliFormat {
    /// Creates the format for a configured endpoint.
    pub fn new(url: Option<&str>) -> Self {
        let uri = url.and_then(|url| url.parse::<Uri>().ok());
        Self { base_path: uri.map(|uri| uri.path().to_owned()), names_media_type: Arc::default() }
    }

    /// Prepares for a call with an input.
    pub fn prepare(&self, operation: &Operation, input: &ValueMap) {
        let is_named = operation.input.members.iter().any(|member| {
            let binding = member.http_binding();
            matches!(binding, Some(HttpBinding::Header(name)) if name.eq_ignore_ascii_case("content-type"))
                && input.get(member.name).is_some()
        });
        self.names_media_type.store(is_named, Ordering::Relaxed);
    }

    /// Returns the URI with the base path as it is configured, where the operation's path is `/`.
    fn at_base_path(&self, uri: &Uri) -> Option<Uri> {
        let base = self.base_path.as_deref()?;
        if uri.path() == base || uri.path() != format!("{}/", base.trim_end_matches('/')) {
            return None;
        }
        let mut parts = uri.clone().into_parts();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        parts.path_and_query = Some(format!("{base}{query}").parse().ok()?);
        Uri::from_parts(parts).ok()
    }
}

impl Interceptor for AwsCliFormat {
    fn modify_request(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        if let Some(uri) = self.at_base_path(request.uri()) {
            *request.uri_mut() = uri;
        }
        let is_untyped = request.headers().get(header::CONTENT_TYPE).is_some_and(|value| value == UNTYPED);
        if is_untyped && !self.names_media_type.load(Ordering::Relaxed) && has_blob_payload(context.operation) {
            request.headers_mut().remove(header::CONTENT_TYPE);
        }
        for name in context.operation.input.members.iter().filter_map(listed_header) {
            let joined = request.headers().get(name).and_then(|value| value.to_str().ok());
            let joined = joined.filter(|text| !text.contains('"')).map(|text| text.replace(", ", ","));
            if let (Some(value), Ok(name)) = (joined, HeaderName::try_from(name)) {
                request.headers_mut().insert(name, HeaderValue::try_from(value)?);
            }
        }
        let media_type = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let is_json = media_type.starts_with(b"application/x-amz-json-") || media_type == b"application/json";
        if let Payload::Bytes(body) = request.body()
            && is_json
            && let Ok(text) = std::str::from_utf8(body)
        {
            *request.body_mut() = Payload::Bytes(spaced_ascii(text).into());
        }
        Ok(())
    }

    fn modify_before_transmit(&self, context: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        if context.attempt == 1 {
            request.headers_mut().insert(SDK_REQUEST, HeaderValue::from_static("attempt=1"));
        }
        Ok(())
    }
}

/// Returns the header that carries a member, if it is a list of strings.
fn listed_header(member: &Member) -> Option<&'static str> {
    let item = member.target.list_member()?;
    match member.http_binding()? {
        HttpBinding::Header(name) if matches!(item.target.shape_type, ShapeType::String | ShapeType::Enum) => {
            Some(name)
        }
        _ => None,
    }
}

/// Whether the body of a request is a blob.
fn has_blob_payload(operation: &Operation) -> bool {
    operation.input.members.iter().any(|member| {
        member.http_binding() == Some(HttpBinding::Payload) && member.target.shape_type == ShapeType::Blob
    })
}

/// Returns a compact JSON text with spaces behind commas and colons, and in ASCII.
fn spaced_ascii(compact: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(compact.len() + compact.len() / 8);
    let (mut in_string, mut escaped) = (false, false);
    for character in compact.chars() {
        match character {
            ' '..='~' => out.push(character as u8),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
        match character {
            '"' if !escaped => in_string = !in_string,
            ',' | ':' if !in_string => out.push(b' '),
            _ => {}
        }
        escaped = in_string && character == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_spaced_and_ascii() {
        for (compact, expected) in [
            (r#"{"a":[1,2],"b":{}}"#, r#"{"a": [1, 2], "b": {}}"#),
            (r#"{"a:,":"x:,\"y\\","c":"\\"}"#, r#"{"a:,": "x:,\"y\\", "c": "\\"}"#),
            ("{\"a\":\"\u{e9}\u{1f600}\u{7f}\"}", r#"{"a": "\u00e9\ud83d\ude00\u007f"}"#),
        ] {
            assert_eq!(String::from_utf8(spaced_ascii(compact)).unwrap(), expected);
        }
    }

    #[test]
    fn base_paths_stay_as_configured() {
        for (url, sent, expected) in [
            ("http://h/a", "http://h/a/", Some("http://h/a")),
            ("http://h/a/", "http://h/a/", None),
            ("http://h", "http://h/", None),
            ("http://h/a", "http://h/a/b", None),
        ] {
            let uri = AwsCliFormat::new(Some(url)).at_base_path(&sent.parse().unwrap());
            assert_eq!(uri.map(|uri| uri.to_string()).as_deref(), expected, "{url}");
        }
    }
}
