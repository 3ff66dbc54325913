//! Cases as data.

/// A case of `smithy.test#httpRequestTests`.
#[derive(Clone, Copy, Debug)]
pub struct RequestCase {
    /// The method.
    pub method: &'static str,
    /// The path, without a query.
    pub uri: &'static str,
    /// The endpoint's host, perhaps with a path.
    pub host: Option<&'static str>,
    /// The host that the request goes to.
    pub resolved_host: Option<&'static str>,
    /// Headers with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Headers that must be there, whatever their values.
    pub require_headers: &'static [&'static str],
    /// Headers that must not be there.
    pub forbid_headers: &'static [&'static str],
    /// The body, where the case says one.
    pub body: Option<&'static str>,
    /// The body's media type, by which it is compared.
    pub body_media_type: Option<&'static str>,
    /// The input, as JSON.
    pub params: &'static str,
}

impl RequestCase {
    /// A request of a method and path, of which nothing else is known.
    pub const fn new(method: &'static str, uri: &'static str) -> Self {
        Self {
            method,
            uri,
            host: None,
            resolved_host: None,
            headers: &[],
            require_headers: &[],
            forbid_headers: &[],
            body: None,
            body_media_type: None,
            params: "{}",
        }
    }

    /// The body's media type: what the case says, else what its headers say.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        let header = || self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        self.body_media_type.or_else(|| header().map(|(_, value)| *value))
    }
}

/// A case of `smithy.test#httpResponseTests`.
#[derive(Clone, Copy, Debug)]
pub struct ResponseCase {
    /// The status.
    pub code: u16,
    /// Headers with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Headers that must be there, whatever their values.
    pub require_headers: &'static [&'static str],
    /// Headers that must not be there.
    pub forbid_headers: &'static [&'static str],
    /// The body, where the case says one.
    pub body: Option<&'static str>,
    /// The body's media type, by which it is compared.
    pub body_media_type: Option<&'static str>,
    /// The output or error, as JSON.
    pub params: &'static str,
}

impl ResponseCase {
    /// A response of a status, of which nothing else is known.
    pub const fn new(code: u16) -> Self {
        Self {
            code,
            headers: &[],
            require_headers: &[],
            forbid_headers: &[],
            body: None,
            body_media_type: None,
            params: "{}",
        }
    }

    /// The body's media type: what the case says, else what its headers say.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        let header = || self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        self.body_media_type.or_else(|| header().map(|(_, value)| *value))
    }
}

/// How a case went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    /// What was expected, and what was found.
    pub(crate) fn differs(what: &str, expected: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug) -> Self {
        Self(format!("{what}\n expected: {expected:?}\n    found: {found:?}"))
    }

    /// A step that failed.
    pub(crate) fn step(what: &str, error: &dyn std::fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}
