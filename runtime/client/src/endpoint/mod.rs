//! Endpoints: where requests go, and what the rules of a model's endpoint rule set are made of.

pub(crate) mod bindings;
mod functions;
mod parameters;
mod partition;
mod partitions;

pub use functions::{
    ParsedArn, ParsedUrl, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url, split, substring,
    uri_encode,
};
pub use parameters::{EndpointParameters, ParameterValue};
pub use partition::{Partition, partition};

use std::borrow::Cow;

use http::uri::{PathAndQuery, Scheme};
use http::{HeaderValue, Uri};
use whitesmith_schema::Value;

/// A URL without the user name and the password before its host, for messages.
pub fn without_user_info(url: &str) -> Cow<'_, str> {
    let start = url.find("//").map_or(0, |at| at + 2);
    let (scheme, rest) = url.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => Cow::Owned(format!("{scheme}{}", rest.get(at + 1..).unwrap_or_default())),
        None => Cow::Borrowed(url),
    }
}

/// There is no endpoint: what the rule set says against the parameters, or why its answer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no endpoint: {0}")]
pub struct EndpointError(pub String);

impl EndpointError {
    /// What an error rule says.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A parameter that the rules need is not set.
    pub fn missing(parameter: &str) -> Self {
        Self(format!("the parameter {parameter} is not set"))
    }

    /// The rules say nothing of such parameters, which they should.
    pub fn no_rule() -> Self {
        Self("no rule of the service's model fits the parameters".into())
    }
}

/// What an endpoint rule set answers (Smithy, "Endpoint object").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    /// The URL, possibly with a base path.
    pub url: String,
    /// Headers to be sent along, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
    /// Ways to authenticate, best first; none leaves it to the model.
    pub auth_schemes: Vec<AuthScheme>,
    /// Further properties.
    pub properties: Vec<(String, Value)>,
    /// Whether a request of `/` goes to a base path as it is, without a slash behind it: so the AWS CLI does.
    pub verbatim: bool,
}

impl Endpoint {
    /// An endpoint that is only a URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.headers.push((name.to_owned(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a way to authenticate, less good than those before.
    #[must_use]
    pub fn with_auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// Adds a property.
    #[must_use]
    pub fn with_property(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.push((name.to_owned(), value.into()));
        self
    }
}

/// One way to authenticate at an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`, `sigv4a` or another.
    pub name: String,
    /// The signing name, where it is not the service's.
    pub signing_name: Option<String>,
    /// The signing region, where it is not the client's.
    pub signing_region: Option<String>,
    /// The regions that a signature of `sigv4a` is valid in.
    pub signing_region_set: Vec<String>,
    /// Whether paths are signed encoded once (S3).
    pub disable_double_encoding: bool,
}

impl AuthScheme {
    /// A way to authenticate, by its name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Sets the signing name.
    #[must_use]
    pub fn with_signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the signing region.
    #[must_use]
    pub fn with_signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the regions that a signature of `sigv4a` is valid in.
    #[must_use]
    pub fn with_signing_region_set(mut self, regions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.signing_region_set = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Has paths signed encoded once.
    #[must_use]
    pub fn without_double_encoding(mut self) -> Self {
        self.disable_double_encoding = true;
        self
    }
}

/// Finds the endpoint for a set of parameters. Generated code has it as a function; closures do as well.
pub trait ResolveEndpoint: Send + Sync {
    /// The endpoint, or why there is none.
    fn resolve(&self, parameters: &EndpointParameters) -> Result<Endpoint, EndpointError>;
}

impl<F: Fn(&EndpointParameters) -> Result<Endpoint, EndpointError> + Send + Sync> ResolveEndpoint for F {
    fn resolve(&self, parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
        self(parameters)
    }
}

/// For a model without an endpoint rule set: the endpoint is what the configuration says, and never a guess.
pub fn require_endpoint_url(parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
    parameters
        .endpoint
        .as_deref()
        .map(Endpoint::new)
        .ok_or_else(|| EndpointError("the service's model has no endpoint rules: set the endpoint's URL".into()))
}

/// An endpoint taken apart, ready for requests.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) endpoint: Endpoint,
    scheme: Scheme,
    authority: String,
    base_path: String,
    query: String,
    /// For a request of `/` without a host prefix, which is every request of the RPC protocols.
    root: Option<(Uri, HeaderValue)>,
}

impl Target {
    pub(crate) fn new(endpoint: Endpoint) -> Result<Self, EndpointError> {
        let bad = |why: &str| EndpointError(format!("`{}` {why}", without_user_info(&endpoint.url)));
        let uri: Uri = endpoint.url.parse().map_err(|_| bad("is no URL"))?;
        let parts = uri.into_parts();
        let scheme = parts.scheme.filter(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        let scheme = scheme.ok_or_else(|| bad("does not begin with http:// or https://"))?;
        let authority = parts.authority.ok_or_else(|| bad("has no host"))?;
        // A user name before the host is nobody's business but the URL's: it is not sent, as the AWS CLI does not.
        let authority = authority.as_str().rsplit('@').next().unwrap_or_default().to_owned();
        if authority.is_empty() {
            return Err(bad("has no host"));
        }
        let path = parts.path_and_query.unwrap_or(PathAndQuery::from_static("/"));
        let base_path = path.path().trim_end_matches('/').to_owned();
        let query = path.query().unwrap_or_default().to_owned();
        let root_path = if endpoint.verbatim { path.path().to_owned() } else { format!("{base_path}/") };
        let mut target = Self { scheme, authority, base_path, query, root: None, endpoint };
        target.root = Some(target.build(&target.authority, &root_path)?);
        Ok(target)
    }

    /// The request's URI and the value of its `host` header. `path` begins with a slash.
    pub(crate) fn uri(&self, prefix: Option<&str>, path: &str) -> Result<(Uri, HeaderValue), EndpointError> {
        match (prefix, &self.root) {
            (None, Some(root)) if path == "/" => Ok(root.clone()),
            (None, _) => self.build(&self.authority, &format!("{}{path}", self.base_path)),
            (Some(prefix), _) => {
                self.build(&format!("{prefix}{}", self.authority), &format!("{}{path}", self.base_path))
            }
        }
    }

    fn build(&self, authority: &str, path: &str) -> Result<(Uri, HeaderValue), EndpointError> {
        let Self { scheme, query, .. } = self;
        let separator = match query.as_str() {
            "" => "",
            _ if path.contains('?') => "&",
            _ => "?",
        };
        let url = format!("{scheme}://{authority}{path}{separator}{query}");
        let uri = url.parse().map_err(|_| EndpointError(format!("`{url}` is no URL")))?;
        let default_port = if *scheme == Scheme::HTTPS { ":443" } else { ":80" };
        let host = authority.strip_suffix(default_port).unwrap_or(authority);
        let host = HeaderValue::from_str(host).map_err(|_| EndpointError(format!("`{host}` is no host")))?;
        Ok((uri, host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(url: &str, prefix: Option<&str>, path: &str) -> Result<(String, String), EndpointError> {
        let (uri, host) = Target::new(Endpoint::new(url))?.uri(prefix, path)?;
        Ok((uri.to_string(), host.to_str().unwrap().to_owned()))
    }

    #[test]
    fn base_path_and_prefix_are_joined() {
        let joined = |uri: &str, host: &str| Ok((uri.to_owned(), host.to_owned()));
        assert_eq!(uri("https://example.com", None, "/"), joined("https://example.com/", "example.com"));
        assert_eq!(
            uri("http://example.com:80/custom/", None, "/"),
            joined("http://example.com:80/custom/", "example.com")
        );
        assert_eq!(uri("http://h:8080/a", Some("foo."), "/b?c"), joined("http://foo.h:8080/a/b?c", "foo.h:8080"));
        assert_eq!(uri("http://user:word@h/?x=1", None, "/"), joined("http://h/?x=1", "h"));
        assert_eq!(uri("http://h/a?x=1", None, "/b?c"), joined("http://h/a/b?c&x=1", "h"));
    }

    #[test]
    fn a_verbatim_base_path_gets_no_slash() {
        for (url, expected) in [("http://h/a", "http://h/a"), ("http://h/a/", "http://h/a/"), ("http://h", "http://h/")]
        {
            let endpoint = Endpoint { verbatim: true, ..Endpoint::new(url) };
            assert_eq!(Target::new(endpoint).unwrap().uri(None, "/").unwrap().0, expected);
        }
    }

    #[test]
    fn messages_show_no_password() {
        for (url, shown) in [
            ("http://me:word@h:1/a@b", "http://h:1/a@b"),
            ("me:word@h", "h"),
            ("http://me:w@rd@h?x", "http://h?x"),
            ("http://h/me:word@x", "http://h/me:word@x"),
        ] {
            assert_eq!(without_user_info(url), shown);
        }
        let error = uri("ftp://me:word@h", None, "/").unwrap_err();
        assert!(error.to_string().contains("ftp://h") && !error.to_string().contains("word"), "{error}");
        let mut parameters = EndpointParameters::default();
        parameters.endpoint = Some("http://me:word@h".into());
        assert!(!format!("{parameters:?}").contains("word"));
    }

    #[test]
    fn what_is_no_endpoint_is_refused() {
        for bad in ["", "example.com", "ftp://example.com", "https://", "https://a b", "https://user@"] {
            assert!(uri(bad, None, "/").is_err(), "{bad}");
        }
    }
}
