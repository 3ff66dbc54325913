//! What the AWS CLI sends differently from other clients (2.36.7, observed).

use http::{HeaderName, HeaderValue, Request, Uri, header};
use whitesmith_client::error::BoxError;
use whitesmith_client::interceptor::{Context, Interceptor};
use whitesmith_client::payload::Payload;

const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// Makes requests look like those of the AWS CLI: JSON bodies as Python's `json.dumps` writes them, a base path without
/// a slash behind it, and a first attempt that does not announce further ones.
#[derive(Debug)]
pub struct AwsCliFormat {
    /// The path of the configured endpoint, if a URL is configured.
    base_path: Option<String>,
}

impl AwsCliFormat {
    /// Creates the format for a configured endpoint.
    pub fn new(url: Option<&str>) -> Self {
        let uri = url.and_then(|url| url.parse::<Uri>().ok());
        Self { base_path: uri.map(|uri| uri.path().to_owned()) }
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
    fn modify_request(&self, _: &Context, request: &mut Request<Payload>) -> Result<(), BoxError> {
        if let Some(uri) = self.at_base_path(request.uri()) {
            *request.uri_mut() = uri;
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
