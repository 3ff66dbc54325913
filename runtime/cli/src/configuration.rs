//! Settings from options, the environment, and the configuration and credentials files.

use std::ops::Deref;

use whitesmith_client::environment::{self, Environment, SettingsError};
use whitesmith_schema::Value;

use crate::arguments::{GlobalOption, Globals};
use crate::failure::Failure;
use crate::timestamps;

/// The settings of one run: the global options, and what they leave to the environment and the files.
#[derive(Debug)]
pub struct Settings {
    /// The global options.
    pub globals: Globals,
    shared: environment::Settings,
}

impl Settings {
    /// Creates settings that have read no file yet.
    pub fn new(environment: Environment, globals: Globals) -> Self {
        let mut shared = environment::Settings::new(environment)
            .with_parse_time(|text| timestamps::instant(&Value::String(text.to_owned())));
        if globals.has(GlobalOption::Profile) {
            shared = shared.with_profile(globals.value(GlobalOption::Profile).unwrap_or_default());
        }
        if let Some(region) = globals.value(GlobalOption::Region) {
            shared = shared.with_region(region);
        }
        Self { globals, shared }
    }
}

impl Deref for Settings {
    type Target = environment::Settings;

    fn deref(&self) -> &environment::Settings {
        &self.shared
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::general(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{GLOBAL_OPTIONS, Scanner};

    #[test]
    fn options_go_before_the_environment() {
        let variables = [("AWS_REGION", "variable"), ("AWS_PROFILE", "variable")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let flags: Vec<_> = GLOBAL_OPTIONS.iter().map(|(_, flag, _)| *flag).collect();
        let words = ["--region", "option", "--profile", "option"].map(str::to_owned);
        let scan = Scanner { flags: &flags, positionals: &[] }.scan(&words).unwrap();
        let settings = Settings::new(Environment::Fixed(variables), Globals::from_scan(&scan));
        assert_eq!(settings.region(), Ok(Some("option".to_owned())));
        assert_eq!(settings.profile_name(), "option");
    }
}
