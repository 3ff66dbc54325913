//! The canonical request of Signature Version 4.
//!
//! Source: "Create a signed AWS API request" in the IAM user guide.

use http::{HeaderMap, Method};

/// The form of the path in the canonical request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathStyle {
    /// Without `.` and `..`, each segment encoded once more.
    Normalized,
    /// As in the request; Amazon S3 signs it so, since object keys may hold anything.
    AsSent,
}

/// Returns the canonical request; `None` if a signed header is missing.
pub(super) fn canonical_request(
    method: &Method,
    path_and_query: &str,
    headers: &HeaderMap,
    signed_headers: &str,
    body_hash: &str,
    path_style: PathStyle,
) -> Option<String> {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let path = match path_style {
        PathStyle::Normalized => canonical_path(path),
        PathStyle::AsSent => path.to_owned(),
    };
    let mut text = format!("{method}\n{path}\n{}\n", canonical_query(query));
    for name in signed_headers.split(';') {
        let mut values = headers.get_all(name).iter().peekable();
        values.peek()?;
        text.push_str(name);
        text.push(':');
        for (at, value) in values.enumerate() {
            if at > 0 {
                text.push(',');
            }
            let value = value.to_str().ok()?;
            let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
            text.push_str(&words.join(" "));
        }
        text.push('\n');
    }
    text.push('\n');
    text.push_str(signed_headers);
    text.push('\n');
    text.push_str(body_hash);
    Some(text)
}

/// Removes `.` and `..` from the path and encodes each segment once more.
fn canonical_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut canonical = String::from("/");
    canonical.push_str(&parts.iter().map(|part| encode(part.bytes())).collect::<Vec<_>>().join("/"));
    if canonical.len() > 1 && (path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..")) {
        canonical.push('/');
    }
    canonical
}

/// Encodes the parameters anew and sorts them.
fn canonical_query(query: &str) -> String {
    let mut parameters: Vec<(String, String)> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (encode(decode(name).into_iter()), encode(decode(value).into_iter())))
        .collect();
    parameters.sort();
    parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn encode(bytes: impl Iterator<Item = u8>) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => text.push(byte.into()),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.first_chunk::<2>().and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    bytes
}
