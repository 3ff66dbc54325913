//! Paths and queries.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use whitesmith_schema::{HttpTrait, PathSegment};

use crate::WriteError;

/// Everything but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// As in a segment, with slashes.
const SEGMENTS: &AsciiSet = &SEGMENT.remove(b'/');

/// The texts of path labels by member.
pub(super) type Labels = Vec<(&'static str, String)>;

/// Writes an operation's path. Labels without text have their default.
pub(super) fn write_path(
    http: &HttpTrait,
    labels: &Labels,
    defaults: &'static [(&'static str, &'static str)],
) -> Result<String, WriteError> {
    let label = |name: &'static str| {
        let found = labels.iter().find(|(label, text)| *label == name && !text.is_empty());
        let default = || defaults.iter().find(|(label, _)| *label == name).map(|(_, text)| *text);
        found.map(|(_, text)| text.as_str()).or_else(default).ok_or(WriteError::MissingLabel(name))
    };
    let mut path = String::new();
    for segment in http.path {
        path.push('/');
        match segment {
            PathSegment::Literal(text) => path.push_str(text),
            PathSegment::Label(name) => path.extend(utf8_percent_encode(label(name)?, SEGMENT)),
            PathSegment::Greedy(name) => path.extend(utf8_percent_encode(label(name)?, SEGMENTS)),
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    Ok(path)
}

/// Writes a query.
#[derive(Debug, Default)]
pub(super) struct QueryWriter(String);

impl QueryWriter {
    fn separate(&mut self) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
    }

    /// A parameter that the model writes, as it is; a name alone if the value is empty.
    pub(super) fn constant(&mut self, name: &str, value: &str) {
        self.separate();
        self.0.push_str(name);
        if !value.is_empty() {
            self.0.push('=');
            self.0.push_str(value);
        }
    }

    pub(super) fn parameter(&mut self, name: &str, value: &str) {
        self.separate();
        self.0.extend(utf8_percent_encode(name, SEGMENT));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, SEGMENT));
    }

    /// The query with its question mark; empty without parameters.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// The decoded parameters of a query; `None` if one is not UTF-8.
pub(super) fn read_query(query: &str) -> Option<Vec<(Cow<'_, str>, Cow<'_, str>)>> {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    parameters
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            Some((form_decoded(name)?, form_decoded(value)?))
        })
        .collect()
}

/// In a query, a plus stands for a space.
fn form_decoded(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('+') {
        decoded(&text.replace('+', " ")).map(|text| Cow::Owned(text.into_owned()))
    } else {
        decoded(text)
    }
}

/// The decoded text of a path segment; `None` if it is not UTF-8.
pub(super) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

/// The path and the query of a URI.
pub(super) fn split(uri: &str) -> (&str, &str) {
    uri.split_once('?').unwrap_or((uri, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greedy_labels_keep_slashes() {
        let path = [PathSegment::Literal("a"), PathSegment::Label("one"), PathSegment::Greedy("rest")];
        let http = HttpTrait { method: "GET", path: path.to_vec().leak(), query: &[], code: 200 };
        let labels = vec![("one", "x/ ~".to_owned()), ("rest", "y/z?".to_owned())];
        assert_eq!(write_path(&http, &labels, &[]), Ok("/a/x%2F%20~/y/z%3F".to_owned()));
        let empty = vec![("one", String::new()), ("rest", "z".to_owned())];
        assert_eq!(write_path(&http, &empty, &[]), Err(WriteError::MissingLabel("one")));
        assert_eq!(write_path(&http, &empty, &[("one", "-")]), Ok("/a/-/z".to_owned()));
    }

    #[test]
    fn queries_are_read_as_forms() {
        let query = read_query("a=1+2&b=%2B&c&&d=x=y").unwrap_or_default();
        assert_eq!(query, [("a", "1 2"), ("b", "+"), ("c", ""), ("d", "x=y")].map(|(a, b)| (a.into(), b.into())));
        assert_eq!(read_query("a=%ff"), None);
    }
}
