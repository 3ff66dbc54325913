//! Profiles and services of `~/.aws/config` and `~/.aws/credentials`.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::ini::{self, Section};
use super::{Environment, SettingsError};

/// Maximum size of a file.
const MAX_BYTES: u64 = 16 << 20;

/// A profile's settings.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    entries: BTreeMap<String, String>,
}

impl Profile {
    /// Returns a setting.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.entries.get(name).map(String::as_str)
    }

    fn extend(&mut self, section: Section) {
        self.entries.extend(section);
    }
}

/// Both files; a file that does not exist is empty.
#[derive(Debug, Default)]
pub struct Files {
    profiles: BTreeMap<String, Profile>,
    services: BTreeMap<String, Section>,
    /// Profiles of the credentials file, with their settings there.
    credentials: BTreeMap<String, Profile>,
    /// Profiles of the configuration file, with their settings there.
    configured: BTreeMap<String, Profile>,
}

impl Files {
    /// Returns the path of the configuration file.
    pub fn config_path(environment: &Environment) -> PathBuf {
        let path = environment.non_empty("AWS_CONFIG_FILE");
        environment.expand_path(path.as_deref().unwrap_or("~/.aws/config"))
    }

    /// Returns the path of the credentials file.
    pub fn credentials_path(environment: &Environment) -> PathBuf {
        let path = environment.non_empty("AWS_SHARED_CREDENTIALS_FILE");
        environment.expand_path(path.as_deref().unwrap_or("~/.aws/credentials"))
    }

    /// Reads both files.
    ///
    /// # Errors
    /// A file exists but cannot be read.
    pub fn load(environment: &Environment) -> Result<Self, SettingsError> {
        let mut files = Self::default();
        for (name, section) in read_file(&Self::config_path(environment))? {
            match section_name(&name) {
                ("profile", profile) => {
                    files.configured.entry(profile.to_owned()).or_default().extend(section.clone());
                    files.profiles.entry(profile.to_owned()).or_default().extend(section);
                }
                ("services", services) => {
                    files.services.insert(services.to_owned(), section);
                }
                _ => {}
            }
        }
        for (name, section) in read_file(&Self::credentials_path(environment))? {
            files.credentials.entry(name.clone()).or_default().extend(section.clone());
            files.profiles.entry(name).or_default().extend(section);
        }
        Ok(files)
    }

    /// Returns a profile merged from both files; the credentials file wins.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// Returns a profile of the credentials file alone.
    pub fn profile_of_credentials(&self, name: &str) -> Option<&Profile> {
        self.credentials.get(name)
    }

    /// Returns a profile of the configuration file alone.
    pub fn profile_of_config(&self, name: &str) -> Option<&Profile> {
        self.configured.get(name)
    }

    /// Returns the names of all profiles.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// Returns a service's setting in a `[services …]` section.
    pub fn service_setting(&self, services: &str, service: &str, name: &str) -> Option<String> {
        let (_, value) = self.services.get(services)?.iter().find(|(other, _)| other == service)?;
        ini::nested(value)?.into_iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }
}

/// Splits the header of a section into its kind and name.
fn section_name(text: &str) -> (&str, &str) {
    if text == "default" {
        return ("profile", text);
    }
    let (kind, name) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let name = name.trim();
    let unquoted = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
    (kind, unquoted.unwrap_or(name))
}

fn read_file(path: &Path) -> Result<Vec<(String, Section)>, SettingsError> {
    let error =
        |problem: String| SettingsError(format!("cannot read the configuration file {}: {problem}", path.display()));
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Ok(Vec::new()),
        Ok(metadata) if metadata.len() > MAX_BYTES => return Err(error("too large".to_owned())),
        Ok(_) => {}
        Err(failed) if matches!(failed.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(failed) if failed.kind() == ErrorKind::PermissionDenied => return Ok(Vec::new()),
        Err(failed) => return Err(error(failed.to_string())),
    }
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => ini::read(&text).map_err(|invalid| error(invalid.to_string())),
            Err(_) => Err(error("not valid UTF-8".to_owned())),
        },
        Err(failed) if failed.kind() == ErrorKind::PermissionDenied => Ok(Vec::new()),
        Err(failed) => Err(error(failed.to_string())),
    }
}
