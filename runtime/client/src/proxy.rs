//! The proxies of requests.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::uri::Scheme;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use crate::config::{Proxy, ProxyVariables};
use crate::endpoint::without_user_info;
use crate::error::{TransportError, TransportErrorKind};

/// Error of a proxy: where it is configured, and as the source what is wrong with it. Shows no user name or password.
#[derive(Clone, Debug)]
pub struct ProxyError {
    shown: String,
    source: Arc<dyn Error + Send + Sync>,
}

impl ProxyError {
    pub(crate) fn new(proxy: &ProxyServer, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { shown: proxy.to_string(), source: Arc::from(source.into()) }
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Why a proxy's URL is refused.
#[derive(Debug, thiserror::Error)]
enum UrlProblem {
    #[error("invalid URL")]
    InvalidUrl,
    #[error("unsupported proxy scheme `{0}`: expected `http` or `https`")]
    Scheme(String),
    #[error("invalid user name or password")]
    UserInfo,
}

/// A proxy, over HTTP or HTTPS.
#[derive(Clone)]
pub(crate) struct ProxyServer {
    /// Scheme, host and port.
    pub(crate) uri: Uri,
    /// The whole URL, with user name and password.
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "only ureq takes it"))]
    pub(crate) secret_url: String,
    /// The value of the `proxy-authorization` header (RFC 7617).
    pub(crate) authorization: Option<HeaderValue>,
    variable: Option<String>,
}

impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.secret_url, self.variable.as_deref()))
    }
}

impl fmt::Debug for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn shown(url: &str, variable: Option<&str>) -> String {
    let url = without_user_info(url);
    match variable {
        Some(variable) => format!("`{}` from {variable}", url.trim_end_matches('/')),
        None => format!("`{}`", url.trim_end_matches('/')),
    }
}

impl ProxyServer {
    fn parse(url: &str, variable: Option<&str>) -> Result<Self, ProxyError> {
        // A host alone is an HTTP proxy, as for the AWS CLI and curl.
        let whole =
            if url.contains("://") { url.to_owned() } else { format!("http://{}", url.trim_start_matches("//")) };
        Self::of_url(whole, variable)
            .map_err(|problem| ProxyError { shown: shown(url, variable), source: Arc::new(problem) })
    }

    fn of_url(url: String, variable: Option<&str>) -> Result<Self, UrlProblem> {
        let parts = url.parse::<Uri>().map_err(|_| UrlProblem::InvalidUrl)?.into_parts();
        let scheme = parts.scheme.ok_or(UrlProblem::InvalidUrl)?;
        let default_port = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            other => return Err(UrlProblem::Scheme(other.to_owned())),
        };
        let authority = parts.authority.ok_or(UrlProblem::InvalidUrl)?;
        let port = authority.port_u16().unwrap_or(default_port);
        let uri = Uri::builder().scheme(scheme).authority(format!("{}:{port}", authority.host())).path_and_query("/");
        let user_info = authority.as_str().rsplit_once('@').map(|(user_info, _)| user_info);
        Ok(Self {
            uri: uri.build().map_err(|_| UrlProblem::InvalidUrl)?,
            authorization: user_info.map(authorization).transpose()?,
            secret_url: url,
            variable: variable.map(str::to_owned),
        })
    }
}

fn authorization(user_info: &str) -> Result<HeaderValue, UrlProblem> {
    let decoded =
        |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| UrlProblem::UserInfo);
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let secret = format!("{}:{}", decoded(user)?, decoded(password)?);
    let value = format!("Basic {}", base64_simd::STANDARD.encode_to_string(secret));
    let mut value = HeaderValue::try_from(value).map_err(|_| UrlProblem::UserInfo)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The proxies of a client, one for each scheme of URLs. An invalid one fails the requests that need it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies {
    http: Option<Result<ProxyServer, ProxyError>>,
    https: Option<Result<ProxyServer, ProxyError>>,
    excluded: Vec<String>,
}

impl Proxies {
    /// Reads the setting. A URL that is given for all requests has to be valid.
    pub(crate) fn new(proxy: &Proxy) -> Result<Self, TransportError> {
        match proxy {
            Proxy::Environment => Ok(Self::of(&ProxyVariables::read(|name| std::env::var(name).ok()))),
            Proxy::Variables(variables) => Ok(Self::of(variables)),
            Proxy::None => Ok(Self::default()),
            Proxy::Url(url) => {
                let server = ProxyServer::parse(url, None);
                let server = server.map_err(|error| TransportError::new(TransportErrorKind::Proxy, error))?;
                Ok(Self { http: Some(Ok(server.clone())), https: Some(Ok(server)), excluded: Vec::new() })
            }
        }
    }

    fn of(variables: &ProxyVariables) -> Self {
        let parse = |variable: &Option<(String, String)>| {
            variable.as_ref().map(|(name, url)| ProxyServer::parse(url, Some(name)))
        };
        let excluded = variables.excluded.split(',').map(|host| host.trim().trim_start_matches('.').to_lowercase());
        Self {
            http: parse(&variables.http),
            https: parse(&variables.https),
            excluded: excluded.filter(|host| !host.is_empty()).collect(),
        }
    }

    /// Returns the proxy for a request, if there is one.
    pub(crate) fn for_uri(&self, uri: &Uri) -> Result<Option<&ProxyServer>, TransportError> {
        let is_http = uri.scheme() == Some(&Scheme::HTTP);
        let Some(proxy) = (if is_http { &self.http } else { &self.https }) else { return Ok(None) };
        if self.is_excluded(uri) {
            return Ok(None);
        }
        proxy.as_ref().map(Some).map_err(|error| TransportError::new(TransportErrorKind::Proxy, error.clone()))
    }

    /// Whether an entry names the host, with or without its port, or a domain above it; `*` names all.
    fn is_excluded(&self, uri: &Uri) -> bool {
        let host = uri.host().unwrap_or_default().to_lowercase();
        let with_port = uri.authority().map(|authority| authority.as_str().to_lowercase()).unwrap_or_default();
        let fits = |host: &str, entry: &str| {
            host.strip_suffix(entry).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        self.excluded.iter().any(|entry| entry == "*" || fits(&host, entry) || fits(&with_port, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        let get = |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
        Proxies::new(&Proxy::Variables(ProxyVariables::read(get))).unwrap()
    }

    fn proxy(variables: &[(&str, &str)], url: &'static str) -> Option<String> {
        proxies(variables).for_uri(&Uri::from_static(url)).unwrap().map(|proxy| proxy.uri.to_string())
    }

    #[test]
    fn each_scheme_has_its_variables() {
        let all = [("HTTPS_PROXY", "http://s:1"), ("HTTP_PROXY", "p"), ("ALL_PROXY", "//a:3/x"), ("NO_PROXY", "")];
        assert_eq!(proxy(&all, "https://h/").as_deref(), Some("http://s:1/"));
        assert_eq!(proxy(&all, "http://h/").as_deref(), Some("http://p:80/"));
        assert_eq!(proxy(&all[2..], "http://h/").as_deref(), Some("http://a:3/"));
        assert_eq!(proxy(&all[1..2], "https://h/"), None);
        let both = [("https_proxy", "https://lower"), ("HTTPS_PROXY", "http://upper")];
        assert_eq!(proxy(&both, "https://h/").as_deref(), Some("https://lower:443/"));
        assert_eq!(proxy(&[("https_proxy", ""), ("HTTPS_PROXY", "http://upper")], "https://h/"), None);
    }

    #[test]
    fn a_server_that_answers_scripts_takes_no_proxy_from_a_header() {
        let set = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil"), ("HTTPS_PROXY", "http://s")];
        assert_eq!(proxy(&set, "http://h/"), None);
        assert_eq!(proxy(&set, "https://h/").as_deref(), Some("http://s:80/"));
    }

    #[test]
    fn hosts_are_excluded_with_the_names_below_them() {
        let excluded = |list, url| proxy(&[("all_proxy", "http://p"), ("no_proxy", list)], url).is_none();
        for list in ["example.com", ".example.com", " x , EXAMPLE.com", "*", "example.com:81"] {
            assert!(excluded(list, "http://a.Example.com:81/"), "{list}");
        }
        for list in ["", ",", "xample.com", "b.example.com", "example.com:8", "com.example"] {
            assert!(!excluded(list, "http://a.example.com:81/"), "{list}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused_for_what_needs_it_without_its_secrets() {
        for url in ["socks5://me:word@h:1", "ftp://me:word@h", "http://me:word@", "http://me:word@h h"] {
            let proxies = proxies(&[("http_proxy", url)]);
            assert!(proxies.for_uri(&Uri::from_static("https://h/")).unwrap().is_none());
            let error = proxies.for_uri(&Uri::from_static("http://h/")).unwrap_err();
            assert_eq!(error.kind, TransportErrorKind::Proxy);
            let shown = format!("{error} {error:?} {:?} {:?}", Proxy::Url(url.into()), proxies);
            assert!(shown.contains("http_proxy") && !shown.contains("word") && !shown.contains("me:"), "{shown}");
            assert!(Proxies::new(&Proxy::Url(url.into())).is_err());
        }
    }

    #[test]
    fn names_and_passwords_are_decoded_and_not_shown() {
        let server = ProxyServer::parse("http://Aladdin:open%20sesame@h:1", Some("HTTP_PROXY")).unwrap();
        assert_eq!(server.authorization.as_ref().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{server:?}"), "`http://h:1` from HTTP_PROXY");
        assert_eq!(server.uri, "http://h:1/");
    }
}
