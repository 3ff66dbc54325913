//! The configuration and credentials files, and the settings that come from options, environment and files.

mod files;
mod ini;
mod settings;

pub use files::{Files, Profile};
pub use ini::IniError;
pub use settings::Settings;

#[cfg(test)]
mod tests;
