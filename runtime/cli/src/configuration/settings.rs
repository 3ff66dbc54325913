//! Settings, each from the first source that has it: an option, the environment, the profile.

use std::cell::OnceCell;

use super::files::{Files, Profile};
use crate::arguments::{GlobalOption, Globals};
use crate::environment::Environment;
use crate::failure::Failure;

/// The settings of one run. Files are read when a setting needs them first.
#[derive(Debug)]
pub struct Settings {
    /// The environment.
    pub environment: Environment,
    /// The global options.
    pub globals: Globals,
    files: OnceCell<Result<Files, Failure>>,
}

impl Settings {
    /// Creates settings that have read no file yet.
    pub fn new(environment: Environment, globals: Globals) -> Self {
        Self { environment, globals, files: OnceCell::new() }
    }

    /// Returns both configuration files.
    pub fn files(&self) -> Result<&Files, Failure> {
        self.files.get_or_init(|| Files::load(&self.environment)).as_ref().map_err(Clone::clone)
    }

    /// Returns the name of the profile that an option or variable selects.
    pub fn requested_profile(&self) -> Option<String> {
        let option = self.globals.value(GlobalOption::Profile).filter(|name| !name.is_empty()).map(str::to_owned);
        let variables = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
        option.or_else(|| variables.iter().find_map(|name| self.environment.non_empty(name)))
    }

    /// Returns the profile's name.
    pub fn profile_name(&self) -> String {
        self.requested_profile().unwrap_or_else(|| "default".to_owned())
    }

    /// Returns the profile; `None` if there is no default profile.
    ///
    /// # Errors
    /// If the selected profile does not exist.
    pub fn profile(&self) -> Result<Option<&Profile>, Failure> {
        let files = self.files()?;
        match self.requested_profile() {
            None => Ok(files.profile("default")),
            Some(name) => match files.profile(&name) {
                Some(profile) => Ok(Some(profile)),
                None if name == "default" => Ok(None),
                None => Err(Failure::general(format!("unknown profile ({name})"))),
            },
        }
    }

    /// Returns a setting of the profile.
    pub fn of_profile(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.profile()?.and_then(|profile| profile.get(name)).map(str::to_owned))
    }

    /// Returns a setting of the profile, which need not exist.
    pub fn of_any_profile(&self, name: &str) -> Result<Option<String>, Failure> {
        let files = self.files()?;
        Ok(files.profile(&self.profile_name()).and_then(|profile| profile.get(name)).map(str::to_owned))
    }

    /// Returns a setting from the environment or the profile.
    pub fn of_environment_or_profile(&self, variable: &str, name: &str) -> Result<Option<String>, Failure> {
        match self.environment.get(variable) {
            Some(value) => Ok(Some(value)),
            None => self.of_profile(name),
        }
    }

    /// Whether a setting of the environment or the profile is on.
    pub fn is_on(&self, variable: &str, name: &str) -> Result<bool, Failure> {
        let value = self.of_environment_or_profile(variable, name)?;
        Ok(value.is_some_and(|value| value.eq_ignore_ascii_case("true")))
    }

    /// Returns the region.
    pub fn region(&self) -> Result<Option<String>, Failure> {
        if let Some(region) = self.globals.value(GlobalOption::Region) {
            return Ok(Some(region.to_owned()));
        }
        match self.environment.get("AWS_REGION").or_else(|| self.environment.get("AWS_DEFAULT_REGION")) {
            Some(region) => Ok(Some(region)),
            None => self.of_profile("region"),
        }
    }
}
