//! Builds the generated programs before they run, so that no test runs a stale binary.

use std::path::PathBuf;
use std::process::Command;

use crate::fixtures::root;

/// Builds a program of the workspace and returns its path. Cargo does nothing if it is up to date.
///
/// # Panics
/// The program does not build.
#[must_use]
#[allow(clippy::expect_used, clippy::panic, reason = "a test cannot go on without the program")]
pub fn build(package: &str, binary: &str) -> PathBuf {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", package, "--bin", binary, "--message-format", "json"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{package} does not build: {}", String::from_utf8_lossy(&output.stderr));
    let mut artifacts = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| {
        let message: serde_json::Value = serde_json::from_slice(line).ok()?;
        let executable = message.get("executable")?.as_str()?;
        (message.get("target")?.get("name")? == binary).then(|| PathBuf::from(executable))
    });
    artifacts.next_back().unwrap_or_else(|| panic!("cargo names no executable for {binary}"))
}
