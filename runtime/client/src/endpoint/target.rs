//! Request URIs below an endpoint.

use http::uri::{PathAndQuery, Scheme};
use http::{HeaderValue, Uri};

use super::error::EndpointError;
use super::resolved::Endpoint;
use super::url::without_user_info;

/// An endpoint whose URL is parsed once for all requests.
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
        let invalid = |why: &str| EndpointError(format!("invalid URL `{}`{why}", without_user_info(&endpoint.url)));
        let uri: Uri = endpoint.url.parse().map_err(|_| invalid(""))?;
        let parts = uri.into_parts();
        let scheme = parts.scheme.filter(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        let scheme = scheme.ok_or_else(|| invalid(": expected http:// or https://"))?;
        let authority = parts.authority.ok_or_else(|| invalid(": missing host"))?;
        // User name and password are not sent, as in the AWS CLI.
        let authority = authority.as_str().rsplit('@').next().unwrap_or_default().to_owned();
        if authority.is_empty() {
            return Err(invalid(": missing host"));
        }
        let path = parts.path_and_query.unwrap_or(PathAndQuery::from_static("/"));
        let base_path = path.path().trim_end_matches('/').to_owned();
        let query = path.query().unwrap_or_default().to_owned();
        let root_path = format!("{base_path}/");
        let mut target = Self { scheme, authority, base_path, query, root: None, endpoint };
        target.root = Some(target.build(&target.authority, &root_path)?);
        Ok(target)
    }

    /// Returns the request's URI and the value of its `host` header. `path` begins with a slash, unless it is empty or a
    /// query alone.
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
        let root = if path.starts_with('/') { "" } else { "/" };
        let url = format!("{scheme}://{authority}{root}{path}{separator}{query}");
        let uri = url.parse().map_err(|_| EndpointError(format!("invalid URL `{url}`")))?;
        let default_port = if *scheme == Scheme::HTTPS { ":443" } else { ":80" };
        let host = authority.strip_suffix(default_port).unwrap_or(authority);
        let host = HeaderValue::from_str(host).map_err(|_| EndpointError(format!("invalid host `{host}`")))?;
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
        assert_eq!(uri("http://h", None, "?c"), joined("http://h/?c", "h"));
        assert_eq!(uri("http://h/a", None, ""), joined("http://h/a", "h"));
    }

    #[test]
    fn messages_show_no_password() {
        let error = uri("ftp://me:word@h", None, "/").unwrap_err();
        assert!(error.to_string().contains("ftp://h") && !error.to_string().contains("word"), "{error}");
    }

    #[test]
    fn invalid_urls_are_refused() {
        for bad in ["", "example.com", "ftp://example.com", "https://", "https://a b", "https://user@"] {
            assert!(uri(bad, None, "/").is_err(), "{bad}");
        }
    }
}
