//! Proxy settings.

use std::fmt;

use crate::endpoint::without_user_info;

/// The proxy that a client connects through, over HTTP or HTTPS. `Debug` shows no password.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxy {
    /// The one that the process's environment names: see [`ProxyVariables::read`].
    #[default]
    Environment,
    /// The one that variables name.
    Variables(ProxyVariables),
    /// None.
    None,
    /// The one at this URL.
    Url(String),
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("Environment"),
            Self::Variables(variables) => f.debug_tuple("Variables").field(variables).finish(),
            Self::None => f.write_str("None"),
            Self::Url(url) => f.debug_tuple("Url").field(&without_user_info(url)).finish(),
        }
    }
}

/// Variables that name proxies.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProxyVariables {
    /// For `http:` URLs, a variable's name and its value.
    pub(crate) http: Option<(String, String)>,
    /// For `https:` URLs.
    pub(crate) https: Option<(String, String)>,
    /// Hosts that are called without a proxy.
    pub(crate) excluded: String,
}

impl ProxyVariables {
    /// Reads `HTTP_PROXY` or `HTTPS_PROXY`, depending on the URL's scheme, or else `ALL_PROXY`, and the exceptions in
    /// `NO_PROXY`. Lower-case names go before upper-case ones, even with an empty value, as in the AWS CLI.
    ///
    /// `ALL_PROXY` is curl's, and often names a SOCKS proxy. The AWS CLI does not read it: one with another scheme than
    /// `http` or `https` is ignored.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let first = |name: &str| {
            let upper = name.to_uppercase();
            let found = get(name).map(|value| (name.to_owned(), value));
            found.or_else(|| Some((upper.clone(), get(&upper)?))).filter(|(_, value)| !value.is_empty())
        };
        let all = || first("all_proxy").filter(|(_, url)| is_http(url));
        // A web server sets HTTP_PROXY from a header of whoever calls it (CVE-2016-5385).
        let http = first("http_proxy").filter(|(name, _)| name == "http_proxy" || get("REQUEST_METHOD").is_none());
        Self {
            http: http.or_else(all),
            https: first("https_proxy").or_else(all),
            excluded: first("no_proxy").map(|(_, value)| value).unwrap_or_default(),
        }
    }
}

/// Whether a URL is one of HTTP; a host alone is.
fn is_http(url: &str) -> bool {
    url.split_once("://").is_none_or(|(scheme, _)| ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)))
}

impl fmt::Debug for ProxyVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |variable: &Option<(String, String)>| {
            variable.as_ref().map(|(name, url)| format!("{name}={}", without_user_info(url)))
        };
        f.debug_struct("ProxyVariables")
            .field("http", &shown(&self.http))
            .field("https", &shown(&self.https))
            .field("excluded", &self.excluded)
            .finish()
    }
}
