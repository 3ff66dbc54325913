//! Settings from options, the environment, and the configuration and credentials files.

mod files;
mod ini;
mod settings;

pub use files::{Files, Profile};
pub use ini::IniError;
pub use settings::Settings;

#[cfg(test)]
mod tests;
