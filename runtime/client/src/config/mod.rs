//! Configuration of a client.

mod checksum;
mod limits;
mod proxy;

pub use checksum::{ChecksumMode, UnknownChecksumMode};
pub use limits::{Limits, Timeouts, Trust};
pub use proxy::{Proxy, ProxyVariables};

use std::fmt;
use std::sync::Arc;

use whitesmith_schema::ChecksumAlgorithm;

use crate::clock::{Clock, Random, SystemClock, SystemRandom};
use crate::credentials::ProvideCredentials;
use crate::endpoint::{AccountIdEndpointMode, EndpointParameters, ParameterValue};
use crate::interceptor::Interceptor;
use crate::retry::RetryConfig;
use crate::signing::ProvideToken;

/// Configuration of a client. Cheap to clone.
#[derive(Clone)]
pub struct Config(pub(crate) Arc<Settings>);

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) endpoint: EndpointParameters,
    pub(crate) host_prefix: bool,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) token: Option<Arc<dyn ProvideToken>>,
    pub(crate) api_key: Option<String>,
    pub(crate) login: Option<(String, String)>,
    pub(crate) sign: bool,
    pub(crate) signing_regions: Option<String>,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryConfig,
    pub(crate) trust: Trust,
    pub(crate) proxy: Proxy,
    pub(crate) app_name: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) compression_threshold: Option<usize>,
    pub(crate) checksum_algorithm: ChecksumAlgorithm,
    pub(crate) request_checksums: ChecksumMode,
    pub(crate) response_checksums: ChecksumMode,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) interceptors: Vec<Arc<dyn Interceptor>>,
}

/// Smallest request body that is compressed where the operation allows it (the AWS SDKs' default).
pub(crate) const COMPRESSION_THRESHOLD: usize = 10_240;

impl Config {
    /// Returns a builder with the default settings.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder(Settings {
            endpoint: EndpointParameters::default(),
            host_prefix: true,
            credentials: None,
            token: None,
            api_key: None,
            login: None,
            sign: true,
            signing_regions: None,
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            retry: RetryConfig::default(),
            trust: Trust::default(),
            proxy: Proxy::default(),
            app_name: None,
            user_agent: None,
            compression_threshold: Some(COMPRESSION_THRESHOLD),
            checksum_algorithm: ChecksumAlgorithm::Crc32,
            request_checksums: ChecksumMode::default(),
            response_checksums: ChecksumMode::default(),
            clock: Arc::new(SystemClock::default()),
            random: Arc::new(SystemRandom),
            interceptors: Vec::new(),
        })
    }

    /// Returns a builder with these settings.
    pub fn to_builder(&self) -> ConfigBuilder {
        ConfigBuilder(Settings::clone(&self.0))
    }

    /// Returns the region, if it is set.
    pub fn region(&self) -> Option<&str> {
        self.0.endpoint.region.as_deref()
    }

    /// Returns the timeouts.
    pub fn timeouts(&self) -> &Timeouts {
        &self.0.timeouts
    }

    /// Returns the limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Returns the trusted certificates.
    pub fn trust(&self) -> &Trust {
        &self.0.trust
    }

    /// Returns the proxy.
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

/// Builder of a [`Config`].
#[must_use]
pub struct ConfigBuilder(Settings);

impl ConfigBuilder {
    /// Sets the region, for the endpoint and for signing.
    ///
    /// A pseudo-region of earlier SDKs, such as `fips-us-east-1` or `us-east-1-fips`, stands for the region with
    /// [`use_fips`](Self::use_fips).
    pub fn region(mut self, region: impl Into<String>) -> Self {
        let region = region.into();
        match crate::endpoint::fips_pseudo_region(&region) {
            Some(region) => {
                self.0.endpoint.region = Some(region);
                self.0.endpoint.use_fips = true;
            }
            None => self.0.endpoint.region = Some(region),
        }
        self
    }

    /// Sets the endpoint's URL. Without it, the model's endpoint rules choose one.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.0.endpoint.endpoint = Some(url.into());
        self
    }

    /// Whether to use endpoints whose cryptography is validated by FIPS 140.
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.0.endpoint.use_fips = use_fips;
        self
    }

    /// Whether to use endpoints with IPv6 addresses.
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.0.endpoint.use_dual_stack = use_dual_stack;
        self
    }

    /// Sets the account that account-based endpoints belong to. Without it, the credentials say which account it is.
    pub fn account_id(mut self, id: impl Into<String>) -> Self {
        self.0.endpoint.set_account_id(id);
        self
    }

    /// Sets when account-based endpoints are used.
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.0.endpoint.set_account_id_endpoint_mode(mode);
        self
    }

    /// Sets a parameter of the service's endpoint rules, by its name in the rule set.
    pub fn endpoint_parameter(mut self, name: impl Into<String>, value: impl Into<ParameterValue>) -> Self {
        self.0.endpoint.set(name, value);
        self
    }

    /// Whether operations put their host prefix (`smithy.api#endpoint`) before the endpoint's host. A mock at an
    /// address needs it switched off.
    pub fn host_prefix_injection(mut self, enabled: bool) -> Self {
        self.0.host_prefix = enabled;
        self
    }

    /// Sets the credentials or their provider.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.0.credentials = Some(Arc::new(provider));
        self
    }

    /// Sets the bearer token or its provider, for operations with `smithy.api#httpBearerAuth`.
    pub fn bearer_token(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.0.token = Some(Arc::new(provider));
        self
    }

    /// Sets the API key, for operations with `smithy.api#httpApiKeyAuth`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.0.api_key = Some(key.into());
        self
    }

    /// Sets user name and password, for operations with `smithy.api#httpBasicAuth`.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.0.login = Some((user.into(), password.into()));
        self
    }

    /// Sends requests without a signature or another form of authentication.
    pub fn unsigned(mut self) -> Self {
        self.0.sign = false;
        self
    }

    /// Sets the regions in which signatures of Signature Version 4A are valid, separated by commas; `*` is all of them.
    /// Without it, the endpoint names them, else it is the client's region.
    pub fn signing_regions(mut self, regions: impl Into<String>) -> Self {
        self.0.signing_regions = Some(regions.into());
        self
    }

    /// Sets the timeouts.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.0.timeouts = timeouts;
        self
    }

    /// Sets the limits of responses.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// Sets how failed attempts are retried.
    pub fn retry(mut self, retry: RetryConfig) -> Self {
        self.0.retry = retry;
        self
    }

    /// Sets which certificates to trust.
    pub fn trust(mut self, trust: Trust) -> Self {
        self.0.trust = trust;
        self
    }

    /// Sets the proxy.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.0.proxy = proxy;
        self
    }

    /// Sets the application's name for the `user-agent` header.
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.0.app_name = Some(name.into());
        self
    }

    /// Sets the whole `user-agent` header.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.0.user_agent = Some(text.into());
        self
    }

    /// Sets the smallest body, in bytes, that is compressed where the operation allows it. `None` never compresses.
    pub fn compression_threshold(mut self, bytes: Option<usize>) -> Self {
        self.0.compression_threshold = bytes;
        self
    }

    /// Sets the algorithm for checksums of requests whose input chooses none; CRC32 unless it is set.
    pub fn checksum_algorithm(mut self, algorithm: ChecksumAlgorithm) -> Self {
        self.0.checksum_algorithm = algorithm;
        self
    }

    /// Sets when requests carry a checksum of their body.
    pub fn request_checksums(mut self, mode: ChecksumMode) -> Self {
        self.0.request_checksums = mode;
        self
    }

    /// Sets when responses are asked for a checksum of their body, which the client compares with the body.
    pub fn response_checksums(mut self, mode: ChecksumMode) -> Self {
        self.0.response_checksums = mode;
        self
    }

    /// Sets the clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.0.clock = Arc::new(clock);
        self
    }

    /// Sets the source of random numbers.
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.0.random = Arc::new(random);
        self
    }

    /// Adds an interceptor. Interceptors run in the order in which they were added.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.0.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Returns the configuration.
    pub fn build(self) -> Config {
        Config(Arc::new(self.0))
    }
}
