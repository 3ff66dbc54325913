//! Settings, each from the first source that has it: the program, the environment, the profile.

use std::sync::OnceLock;

use super::expiration::{ParseTime, parse_time};
use super::files::{Files, Profile};
use super::{Environment, SettingsError, ini};

/// Settings of the environment and the files, which are read when one of them is needed first.
#[derive(Debug)]
pub struct Settings {
    /// The environment.
    pub environment: Environment,
    profile: Option<String>,
    region: Option<String>,
    parse_time: ParseTime,
    files: OnceLock<Result<Files, SettingsError>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::new(Environment::default())
    }
}

impl Settings {
    /// Creates settings that have read no file yet.
    pub fn new(environment: Environment) -> Self {
        Self { environment, profile: None, region: None, parse_time, files: OnceLock::new() }
    }

    /// Chooses a profile. Its credentials then precede those of the environment, as with the AWS CLI's `--profile`.
    #[must_use]
    pub fn with_profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Chooses the region.
    #[must_use]
    pub fn with_region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets how expirations of credentials are read. Date-times of RFC 3339 are by default.
    #[must_use]
    pub fn with_parse_time(mut self, parse_time: ParseTime) -> Self {
        self.parse_time = parse_time;
        self
    }

    pub(super) fn parse_time(&self) -> ParseTime {
        self.parse_time
    }

    /// Whether the program chose the profile.
    pub(super) fn has_chosen_profile(&self) -> bool {
        self.profile.is_some()
    }

    /// Returns both configuration files.
    ///
    /// # Errors
    /// A file exists but cannot be read.
    pub fn files(&self) -> Result<&Files, SettingsError> {
        self.files.get_or_init(|| Files::load(&self.environment)).as_ref().map_err(Clone::clone)
    }

    /// Returns the name of the profile that the program or a variable selects.
    pub fn requested_profile(&self) -> Option<String> {
        let chosen = self.profile.clone().filter(|name| !name.is_empty());
        let variables = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
        chosen.or_else(|| variables.iter().find_map(|name| self.environment.non_empty(name)))
    }

    /// Returns the profile's name.
    pub fn profile_name(&self) -> String {
        self.requested_profile().unwrap_or_else(|| "default".to_owned())
    }

    /// Returns the profile; `None` if there is no default profile.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn profile(&self) -> Result<Option<&Profile>, SettingsError> {
        let files = self.files()?;
        match self.requested_profile() {
            None => Ok(files.profile("default")),
            Some(name) => match files.profile(&name) {
                Some(profile) => Ok(Some(profile)),
                None if name == "default" => Ok(None),
                None => Err(SettingsError(format!("unknown profile `{name}`"))),
            },
        }
    }

    /// Returns a setting of the profile.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn of_profile(&self, name: &str) -> Result<Option<String>, SettingsError> {
        Ok(self.profile()?.and_then(|profile| profile.get(name)).map(str::to_owned))
    }

    /// Returns a setting of the profile, which need not exist.
    ///
    /// # Errors
    /// A file exists but cannot be read.
    pub fn of_any_profile(&self, name: &str) -> Result<Option<String>, SettingsError> {
        let files = self.files()?;
        Ok(files.profile(&self.profile_name()).and_then(|profile| profile.get(name)).map(str::to_owned))
    }

    /// Returns a setting from the environment or the profile.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn of_environment_or_profile(&self, variable: &str, name: &str) -> Result<Option<String>, SettingsError> {
        match self.environment.get(variable) {
            Some(value) => Ok(Some(value)),
            None => self.of_profile(name),
        }
    }

    /// Whether a setting of the environment or the profile is on.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn is_on(&self, variable: &str, name: &str) -> Result<bool, SettingsError> {
        let value = self.of_environment_or_profile(variable, name)?;
        Ok(value.is_some_and(|value| value.eq_ignore_ascii_case("true")))
    }

    /// Returns a setting of a nested section of the profile.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn of_nested(&self, section: &str, name: &str) -> Result<Option<String>, SettingsError> {
        let entries = self.of_profile(section)?.and_then(|value| ini::nested(&value)).unwrap_or_default();
        Ok(entries.into_iter().find(|(other, _)| other == name).map(|(_, value)| value))
    }

    /// Returns the region.
    ///
    /// # Errors
    /// The selected profile does not exist, or a file cannot be read.
    pub fn region(&self) -> Result<Option<String>, SettingsError> {
        if let Some(region) = &self.region {
            return Ok(Some(region.clone()));
        }
        match self.environment.get("AWS_REGION").or_else(|| self.environment.get("AWS_DEFAULT_REGION")) {
            Some(region) => Ok(Some(region)),
            None => self.of_profile("region"),
        }
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
