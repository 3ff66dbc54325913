//! The part that the manifests of all generated crates share.

use whitesmith_docs::{ModelText, toml_string};

/// The minimum supported Rust version of generated crates: that of the runtime crates.
const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// The section `[package]`.
pub(super) fn package(name: &str, version: &str, description: &Description) -> String {
    let Description(description) = description;
    format!(
        r#"[package]
name = "{name}"
version = "{version}"
edition = "2024"
rust-version = "{RUST_VERSION}"
description = {description}
license = "MIT OR Apache-2.0"
publish = false
"#
    )
}

/// A description as a TOML string.
pub(super) struct Description(String);

/// Describes an artifact of a service: `Types and client for <title>.`
pub(super) fn description(artifact: &str, title: &ModelText) -> Description {
    Description(toml_string(&format!("{artifact} for {}.", title.unescaped())))
}
