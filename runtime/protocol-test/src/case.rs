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
    /// Settings of the client, as JSON (`aws.protocoltests.config#AwsConfig`).
    pub settings: Option<&'static str>,
    /// Query parameters as they are written, `name=value`.
    pub query: &'static [&'static str],
    /// Query parameters that must be there, whatever their values.
    pub require_query: &'static [&'static str],
    /// Query parameters that must not be there.
    pub forbid_query: &'static [&'static str],
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
            settings: None,
            query: &[],
            require_query: &[],
            forbid_query: &[],
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

/// A case of `smithy.test#httpMalformedRequestTests`, its parameters filled in.
#[derive(Clone, Copy, Debug)]
pub struct MalformedCase {
    /// The method.
    pub method: &'static str,
    /// The path, without a query.
    pub uri: &'static str,
    /// Query parameters as they are written, `name=value`.
    pub query: &'static [&'static str],
    /// Headers with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
    /// The status of the response.
    pub code: u16,
    /// Headers of the response.
    pub response_headers: &'static [(&'static str, &'static str)],
    /// The body of the response.
    pub response_body: Option<&'static str>,
    /// The media type of the response's body.
    pub response_media_type: Option<&'static str>,
}

impl MalformedCase {
    /// A request and the status of its response.
    pub const fn new(method: &'static str, uri: &'static str, code: u16) -> Self {
        Self {
            method,
            uri,
            query: &[],
            headers: &[],
            body: "",
            code,
            response_headers: &[],
            response_body: None,
            response_media_type: None,
        }
    }
}

/// A path with its query.
pub(crate) fn path_and_query(uri: &str, query: &[&str]) -> String {
    if query.is_empty() { uri.to_owned() } else { format!("{uri}?{}", query.join("&")) }
}

/// How a case failed.
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
