//! The settings of a client.

use whitesmith_schema::Service;

use super::{DefaultCredentials, Settings, SettingsError};
use crate::config::{Config, ConfigBuilder, Proxy, ProxyVariables, Trust};
use crate::endpoint::{AccountIdEndpointMode, UnknownAccountIdEndpointMode};
use crate::retry::RetryConfig;

impl Settings {
    /// Returns the configuration of a client of a service: region, endpoint, credentials, retries, certificates and proxy.
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
            .trust(trust)
            .proxy(Proxy::Variables(variables))
            .credentials(DefaultCredentials::new(self, Ok(connection))?);
        if let Some(max_attempts) = self.max_attempts()? {
            config = config.retry(RetryConfig { max_attempts, ..RetryConfig::default() });
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

    static SERVICE: Service = Service::new("example#Forge", "Forge", "1", ProtocolId::AwsJson1_0, &[]).with_aws_names(
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
            ("AWS_CA_BUNDLE", "/none/such", "cannot read the certificates in /none/such"),
            ("AWS_PROFILE", "nobody", "unknown profile (nobody)"),
        ] {
            let error = settings("", &[(name, value)]).1.config(&SERVICE).err().unwrap().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
    }
}
