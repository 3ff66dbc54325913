//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Random, SystemClock, SystemRandom};
use crate::credentials::ProvideCredentials;
use crate::endpoint::{EndpointParameters, ParameterValue, without_user_info};
use crate::observe::Observer;
use crate::retry::RetryConfig;

/// How long a client waits for what. `None` is for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection: the host's name (over the asynchronous transport; over the blocking one the system has its own
    /// limit for that), TCP, a proxy's tunnel and TLS.
    pub connect: Option<Duration>,
    /// For each next piece of a request to be taken, and of a response to come. Over the asynchronous transport, the
    /// whole request and the head of the response are one piece; over the blocking one, what a server or proxy sends
    /// before there is a connection are pieces too.
    pub read: Option<Duration>,
    /// For one attempt.
    pub attempt: Option<Duration>,
    /// For a call, all attempts and the waiting between them.
    pub operation: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(60)),
            read: Some(Duration::from_secs(60)),
            attempt: None,
            operation: None,
        }
    }
}

/// How much a client takes from a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest body of a response, in bytes.
    pub max_response_bytes: u64,
    /// How deep values of a response may lie in one another.
    pub max_depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_response_bytes: 32 * 1024 * 1024, max_depth: 128 }
    }
}

/// Which certificates a client trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// Mozilla's collection of roots.
    #[default]
    WebRoots,
    /// Those in this PEM text, and no others.
    Pem(Vec<u8>),
    /// Any certificate, unchecked. Whoever sits on the line can read and change everything.
    Anything,
}

/// Through which proxy a client connects. Proxies speak HTTP, in the clear or over TLS. `Debug` shows no password.
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

/// The variables that name proxies.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProxyVariables {
    /// For URLs that begin with `http:`, a variable's name and its value.
    pub(crate) http: Option<(String, String)>,
    /// For URLs that begin with `https:`.
    pub(crate) https: Option<(String, String)>,
    /// The hosts that are called without a proxy.
    pub(crate) excluded: String,
}

impl ProxyVariables {
    /// Reads `HTTP_PROXY` or `HTTPS_PROXY`, whichever the URL's scheme is, or else `ALL_PROXY`, and the exceptions in
    /// `NO_PROXY`. Names in lower case go before those in upper case, even when their value is empty: so the AWS CLI
    /// does, but for `ALL_PROXY`, which is curl's.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let first = |name: &str| {
            let upper = name.to_uppercase();
            let found = get(name).map(|value| (name.to_owned(), value));
            found.or_else(|| Some((upper.clone(), get(&upper)?))).filter(|(_, value)| !value.is_empty())
        };
        let all = || first("all_proxy");
        // A web server sets HTTP_PROXY from a header of whoever calls it (CVE-2016-5385).
        let http = first("http_proxy").filter(|(name, _)| name == "http_proxy" || get("REQUEST_METHOD").is_none());
        Self {
            http: http.or_else(all),
            https: first("https_proxy").or_else(all),
            excluded: first("no_proxy").map(|(_, value)| value).unwrap_or_default(),
        }
    }
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

/// A client's set-up. Cheap to clone.
#[derive(Clone)]
pub struct Config(pub(crate) Arc<Settings>);

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) endpoint: EndpointParameters,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) sign: bool,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryConfig,
    pub(crate) trust: Trust,
    pub(crate) proxy: Proxy,
    pub(crate) app_name: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) json: whitesmith_protocol::JsonFormat,
    pub(crate) compression_threshold: Option<usize>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

/// From how many bytes on a request body is compressed, where the operation allows it (AWS SDKs' default).
const COMPRESSION_THRESHOLD: usize = 10_240;

impl Config {
    /// A set-up with nothing but defaults.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder(Settings {
            endpoint: EndpointParameters::default(),
            credentials: None,
            sign: true,
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            retry: RetryConfig::default(),
            trust: Trust::default(),
            proxy: Proxy::default(),
            app_name: None,
            user_agent: None,
            json: whitesmith_protocol::JsonFormat::Compact,
            compression_threshold: Some(COMPRESSION_THRESHOLD),
            clock: Arc::new(SystemClock::default()),
            random: Arc::new(SystemRandom),
            observer: None,
        })
    }

    /// The same set-up, to be changed.
    pub fn to_builder(&self) -> ConfigBuilder {
        ConfigBuilder(Settings::clone(&self.0))
    }

    /// The region, where it is set.
    pub fn region(&self) -> Option<&str> {
        self.0.endpoint.region.as_deref()
    }

    /// The timeouts.
    pub fn timeouts(&self) -> &Timeouts {
        &self.0.timeouts
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The trusted certificates.
    pub fn trust(&self) -> &Trust {
        &self.0.trust
    }

    /// The proxy.
    pub fn proxy(&self) -> &Proxy {
        &self.0.proxy
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { endpoint, sign, timeouts, limits, retry, .. } = &*self.0;
        f.debug_struct("Config")
            .field("endpoint", endpoint)
            .field("sign", sign)
            .field("timeouts", timeouts)
            .field("limits", limits)
            .field("retry", retry)
            .finish_non_exhaustive()
    }
}

/// Makes a [`Config`].
#[must_use]
pub struct ConfigBuilder(Settings);

impl ConfigBuilder {
    /// The region, for the endpoint and for signing.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.0.endpoint.region = Some(region.into());
        self
    }

    /// The endpoint's URL, where it is not the one of the rules.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.0.endpoint.endpoint = Some(url.into());
        self
    }

    /// Whether endpoints are used whose cryptography is validated by FIPS 140.
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.0.endpoint.use_fips = use_fips;
        self
    }

    /// Whether endpoints are used that have IPv6 addresses.
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.0.endpoint.use_dual_stack = use_dual_stack;
        self
    }

    /// A parameter of the service's endpoint rules, by its name in the rule set.
    pub fn endpoint_parameter(mut self, name: impl Into<String>, value: impl Into<ParameterValue>) -> Self {
        self.0.endpoint.set(name, value);
        self
    }

    /// Where credentials come from.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.0.credentials = Some(Arc::new(provider));
        self
    }

    /// Sends requests without a signature.
    pub fn unsigned(mut self) -> Self {
        self.0.sign = false;
        self
    }

    /// How long to wait for what.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.0.timeouts = timeouts;
        self
    }

    /// How much to take from a server.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// How to try again.
    pub fn retry(mut self, retry: RetryConfig) -> Self {
        self.0.retry = retry;
        self
    }

    /// Which certificates to trust.
    pub fn trust(mut self, trust: Trust) -> Self {
        self.0.trust = trust;
        self
    }

    /// Through which proxy to connect.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.0.proxy = proxy;
        self
    }

    /// The application's name, for the `user-agent` header.
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.0.app_name = Some(name.into());
        self
    }

    /// The whole `user-agent` header, in place of the client's own.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.0.user_agent = Some(text.into());
        self
    }

    /// How JSON bodies look.
    pub fn json_format(mut self, format: whitesmith_protocol::JsonFormat) -> Self {
        self.0.json = format;
        self
    }

    /// From how many bytes on a body is compressed, where the operation allows it; `None` never compresses.
    pub fn compression_threshold(mut self, bytes: Option<usize>) -> Self {
        self.0.compression_threshold = bytes;
        self
    }

    /// Another clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.0.clock = Arc::new(clock);
        self
    }

    /// Another source of random numbers.
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.0.random = Arc::new(random);
        self
    }

    /// Somebody who sees each attempt.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.0.observer = Some(Arc::new(observer));
        self
    }

    /// The set-up.
    pub fn build(self) -> Config {
        Config(Arc::new(self.0))
    }
}
