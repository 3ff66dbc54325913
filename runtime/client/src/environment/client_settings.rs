//! The settings of a client.

use whitesmith_schema::Service;

use super::{DefaultCredentials, Settings, SettingsError};
use crate::config::{
    COMPRESSION_THRESHOLD, ChecksumMode, Config, ConfigBuilder, Proxy, ProxyVariables, Trust, UnknownChecksumMode,
};
use crate::endpoint::{AccountIdEndpointMode, UnknownAccountIdEndpointMode};
use crate::retry::RetryConfig;

/// The largest size that `request_min_compression_size_bytes` may have (AWS SDKs and Tools Reference Guide, "Request
/// compression").
const MAX_COMPRESSION_THRESHOLD: usize = 10_485_760;

impl Settings {
    /// Returns the configuration of a client of a service: region, endpoint, credentials, retries, checksums, compression,
    /// certificates and proxy.
    /// What is not set keeps the default of [`Config::builder`].
    ///
    /// # Errors
    /// The profile does not exist, a file cannot be read, or a setting is invalid.
    pub fn config(&self, service: &Service) -> Result<ConfigBuilder, SettingsError> {
        let trust = match self.certificates(None)? {
            Some(pem) => Trust::Pem(pem),
            None => Trust::WebRoots,
        };
        let variables = ProxyVariables::read(|name| self.environment.get(name));
        let connection = Config::builder().trust(trust.clone()).proxy(Proxy::Variables(variables.clone())).build();
        let mut config = Config::builder()
            .use_fips(self.is_on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?)
            .use_dual_stack(self.is_on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?)
            .account_id_endpoint_mode(self.account_id_endpoint_mode()?)
            .request_checksums(self.checksum_mode("request_checksum_calculation")?)
            .response_checksums(self.checksum_mode("response_checksum_validation")?)
            .compression_threshold(self.compression_threshold()?)
            .trust(trust)
            .proxy(Proxy::Variables(variables))
            .credentials(DefaultCredentials::new(self, Ok(connection))?);
        if let Some(max_attempts) = self.max_attempts()? {
            config = config.retry(RetryConfig { max_attempts, ..RetryConfig::default() });
        }
        if let Some(regions) = self.signing_regions()? {
            config = config.signing_regions(regions);
        }
        if let Some(region) = self.region()? {
            // After the setting: a FIPS pseudo-region turns it on.
            config = config.region(region);
        }
        if let Some(url) = self.endpoint_url(service)? {
            config = config.endpoint_url(url);
        }
        Ok(config)
    }

    /// Returns the endpoint URL of a service: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services`
    /// section, or the profile.
    ///
    /// # Errors
    /// The profile does not exist, or a file cannot be read.
    pub fn endpoint_url(&self, service: &Service) -> Result<Option<String>, SettingsError> {
        if self.is_on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")? {
            return Ok(None);
        }
        let id = service.sdk_id.to_lowercase().replace([' ', '-'], "_");
        let variables = [format!("AWS_ENDPOINT_URL_{}", id.to_uppercase()), "AWS_ENDPOINT_URL".to_owned()];
        if let Some(url) = variables.iter().find_map(|name| self.environment.non_empty(name)) {
            return Ok(Some(url));
        }
        if let Some(services) = self.of_profile("services")?
            && let Some(url) = self.files()?.service_setting(&services, &id, "endpoint_url")
        {
            return Ok(Some(url));
        }
        self.of_profile("endpoint_url")
    }

    /// Returns how many attempts a call may make.
    ///
    /// # Errors
    /// The retry mode or the number is invalid, the profile does not exist, or a file cannot be read.
    pub fn max_attempts(&self) -> Result<Option<u32>, SettingsError> {
        if let Some(mode) = self.of_environment_or_profile("AWS_RETRY_MODE", "retry_mode")?
            && !["standard", "adaptive"].contains(&mode.to_lowercase().as_str())
        {
            let problem = format!("invalid retry mode \"{mode}\": expected \"standard\" or \"adaptive\"");
            return Err(SettingsError(problem));
        }
        let Some(text) = self.of_environment_or_profile("AWS_MAX_ATTEMPTS", "max_attempts")? else { return Ok(None) };
        match text.trim().parse::<u32>() {
            Ok(attempts) if attempts > 0 => Ok(Some(attempts)),
            _ => {
                let problem = format!("invalid value for max_attempts: {text}: expected an integer of at least 1");
                Err(SettingsError(problem))
            }
        }
    }

    /// Returns the mode of a setting such as `request_checksum_calculation`.
    ///
    /// # Errors
    /// The value is invalid, the profile does not exist, or a file cannot be read.
    pub fn checksum_mode(&self, name: &str) -> Result<ChecksumMode, SettingsError> {
        let variable = format!("AWS_{}", name.to_uppercase());
        let Some(mode) = self.of_environment_or_profile(&variable, name)? else { return Ok(ChecksumMode::default()) };
        let invalid = |error: UnknownChecksumMode| SettingsError(format!("invalid value for {name}: {error}"));
        mode.parse().map_err(invalid)
    }

    /// Returns the smallest body, in bytes, that is compressed where the operation allows it; `None` if none is.
    ///
    /// # Errors
    /// The value is invalid, the profile does not exist, or a file cannot be read.
    pub fn compression_threshold(&self) -> Result<Option<usize>, SettingsError> {
        if self.is_on("AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression")? {
            return Ok(None);
        }
        let name = "request_min_compression_size_bytes";
        let text = self.of_environment_or_profile("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", name)?;
        let Some(text) = text else { return Ok(Some(COMPRESSION_THRESHOLD)) };
        match text.trim().parse::<usize>() {
            Ok(bytes) if bytes <= MAX_COMPRESSION_THRESHOLD => Ok(Some(bytes)),
            _ => {
                let expected = format!("expected an integer from 0 to {MAX_COMPRESSION_THRESHOLD}");
                Err(SettingsError(format!("invalid value for {name}: {text}: {expected}")))
            }
        }
    }

    /// Returns the regions in which signatures of Signature Version 4A are valid, separated by commas.
    ///
    /// # Errors
    /// The profile does not exist, or a file cannot be read.
    pub fn signing_regions(&self) -> Result<Option<String>, SettingsError> {
        self.of_environment_or_profile("AWS_SIGV4A_SIGNING_REGION_SET", "sigv4a_signing_region_set")
    }

    /// Returns whether endpoints may depend on the account.
    ///
    /// # Errors
    /// The value is invalid, the profile does not exist, or a file cannot be read.
    pub fn account_id_endpoint_mode(&self) -> Result<AccountIdEndpointMode, SettingsError> {
        let mode = self.of_environment_or_profile("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode")?;
        match mode {
            None => Ok(AccountIdEndpointMode::default()),
            Some(mode) => mode.parse().map_err(|error: UnknownAccountIdEndpointMode| SettingsError(error.to_string())),
        }
    }

    /// Returns the certificates to trust, as PEM: of `path`, else of the file that the environment or the profile names.
    ///
    /// # Errors
    /// A file cannot be read, or the profile does not exist.
    pub fn certificates(&self, path: Option<String>) -> Result<Option<Vec<u8>>, SettingsError> {
        let path = match path {
            Some(path) => Some(path),
            None => match self.of_environment_or_profile("AWS_CA_BUNDLE", "ca_bundle")? {
                Some(path) => Some(path),
                None => self.environment.get("REQUESTS_CA_BUNDLE"),
            },
        };
        let Some(path) = path.filter(|path| !path.is_empty()) else { return Ok(None) };
        match std::fs::read(self.environment.expand_path(&path)) {
            Ok(pem) => Ok(Some(pem)),
            Err(error) => Err(SettingsError(format!("cannot read the certificates in {path}: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Environment;
    use super::*;
    use whitesmith_schema::ProtocolId;

    static SERVICE: Service = Service::new("example#Forge", "Forge", "1", ProtocolId::AwsJson1_0).with_aws_names(
        "Forge Works",
        "forge",
        "forge",
    );

    fn settings(config: &str, variables: &[(&str, &str)]) -> (tempfile::TempDir, Settings) {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        std::fs::write(home.path().join(".aws/config"), config).unwrap();
        let home_variable = ("HOME", home.path().to_str().unwrap());
        let all =
            variables.iter().chain([&home_variable]).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let settings = Settings::new(Environment::Fixed(all.collect()));
        (home, settings)
    }

    #[test]
    fn a_configuration_has_what_the_environment_and_the_profile_say() {
        let file = "[default]\nregion = eu-west-1\nmax_attempts = 7\nendpoint_url = http://profile\n\
                    aws_access_key_id = AKID\naws_secret_access_key = s\n";
        let (_home, settings) = settings(file, &[("AWS_ENDPOINT_URL_FORGE_WORKS", "http://variable")]);
        let config = settings.config(&SERVICE).unwrap().build();
        assert_eq!(config.region(), Some("eu-west-1"));
        assert_eq!(config.0.retry.max_attempts, 7);
        assert_eq!(config.0.endpoint.endpoint.as_deref(), Some("http://variable"));
        let credentials = config.0.credentials.as_ref().unwrap().provide().unwrap();
        assert_eq!(credentials.access_key_id(), "AKID");
    }

    #[test]
    fn checksums_and_compression_are_those_of_the_environment_or_the_profile() {
        let config =
            |file: &str, variables: &[(&str, &str)]| settings(file, variables).1.config(&SERVICE).unwrap().build();
        let none = config("", &[]).0;
        assert_eq!((none.request_checksums, none.response_checksums), Default::default());
        assert_eq!(none.compression_threshold, Some(COMPRESSION_THRESHOLD));
        let file = "[default]\nrequest_checksum_calculation = WHEN_REQUIRED\n\
                    request_min_compression_size_bytes = 0\nsigv4a_signing_region_set = *\n";
        let of_profile = config(file, &[("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required")]).0;
        assert_eq!(of_profile.request_checksums, ChecksumMode::WhenRequired);
        assert_eq!(of_profile.response_checksums, ChecksumMode::WhenRequired);
        assert_eq!(of_profile.compression_threshold, Some(0));
        assert_eq!(of_profile.signing_regions.as_deref(), Some("*"));
        let variables =
            [("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported"), ("AWS_DISABLE_REQUEST_COMPRESSION", "true")];
        let of_environment = config(file, &variables).0;
        assert_eq!(of_environment.request_checksums, ChecksumMode::WhenSupported);
        assert_eq!(of_environment.compression_threshold, None);
    }

    #[test]
    fn configured_endpoints_can_be_ignored() {
        let file = "[default]\nservices = s\n[services s]\nforge_works =\n  endpoint_url = http://section\n";
        let (_home, with) = settings(file, &[]);
        assert_eq!(with.endpoint_url(&SERVICE), Ok(Some("http://section".to_owned())));
        let (_home, without) = settings(file, &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]);
        assert_eq!(without.endpoint_url(&SERVICE), Ok(None));
    }

    #[test]
    fn invalid_values_are_refused() {
        for (name, value, problem) in [
            ("AWS_RETRY_MODE", "legacy", "invalid retry mode \"legacy\""),
            ("AWS_MAX_ATTEMPTS", "0", "invalid value for max_attempts: 0"),
            (
                "AWS_REQUEST_CHECKSUM_CALCULATION",
                "sometimes",
                "invalid value for request_checksum_calculation: invalid",
            ),
            ("AWS_RESPONSE_CHECKSUM_VALIDATION", "no", "invalid value for response_checksum_validation: invalid"),
            (
                "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
                "-1",
                "invalid value for request_min_compression_size_bytes: -1",
            ),
            ("AWS_CA_BUNDLE", "/none/such", "cannot read the certificates in /none/such"),
            ("AWS_PROFILE", "nobody", "unknown profile `nobody`"),
        ] {
            let error = settings("", &[(name, value)]).1.config(&SERVICE).err().unwrap().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
    }
}
