//! What the manifests of all generated crates begin with.

/// The oldest compiler that generated crates are compiled with: the one of the runtime crates that they use.
const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// The section `[package]`.
pub(super) fn package(name: &str, version: &str, description: &str) -> String {
    let description = toml_string(description);
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

/// A text as a TOML basic string: JSON's escapes are TOML's.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
