//! Builds the generated programs before they run, so that no test runs a stale binary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::fixtures::{self, root};

/// Builds a program of the workspace and returns its path. Cargo does nothing if it is up to date.
///
/// # Panics
/// The program does not build.
#[must_use]
#[allow(clippy::panic, reason = "a test cannot go on without the program")]
pub fn build(binary: &str) -> PathBuf {
    // The whole workspace with its examples has the dependencies of its tests: nothing is built in two ways.
    let mut built = executables(&root(), &["--workspace", "--examples", "--bin", binary]);
    built.remove(binary).unwrap_or_else(|| panic!("cargo names no executable for {binary}"))
}

/// The fixtures whose command lines and mocks are built.
const FIXTURES: [&str; 3] = ["event-stream", "pages-and-waiters", "streaming"];

/// The name of the program for the command lines of all of them.
const COMBINED: &str = "tools";

/// What `cargo test --workspace` asks of dependencies beyond what the programs of fixtures do: with the same features, nothing
/// is built a second time for them. A difference costs time, and nothing else.
const FEATURES: &str = r#"[package]
name = "features"
edition = "2024"

[dependencies]
either = { version = "1", default-features = false, features = ["use_std"] }
getrandom = { version = "0.4", features = ["std"] }
hyper-util = { version = "0.1", default-features = false, features = ["http2"] }
regex-syntax = "0.8"
rustix = { version = "1", features = ["fs", "pty", "time", "use-libc"] }
serde = { version = "1", features = ["alloc"] }
toml_edit = { version = "0.25", default-features = false, features = ["display", "parse"] }
zerocopy = { version = "0.8", features = ["derive"] }
"#;

static OF_FIXTURES: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(build_fixtures);

/// Returns a program that is generated from fixtures: `tools`, the command lines of all of them, or `<fixture>-mock`.
///
/// # Panics
/// The program does not exist, or does not build.
#[must_use]
#[allow(clippy::panic, reason = "a test cannot go on without the program")]
pub fn of_fixtures(name: &str) -> &'static Path {
    OF_FIXTURES.get(name).unwrap_or_else(|| panic!("no program `{name}`"))
}

#[allow(clippy::expect_used, reason = "a test cannot go on without the programs")]
fn build_fixtures() -> BTreeMap<String, PathBuf> {
    let folder = root().join("target/fixture-programs");
    let chosen = fixtures::all().into_iter().filter(|fixture| FIXTURES.contains(&fixture.name.as_str()));
    let generated: Vec<_> = chosen
        .map(|fixture| fixtures::generated_whole(&fixture.name, &fixtures::load(&[("model.json", &fixture.json)])))
        .collect();
    let plans: Vec<_> = generated.iter().map(|one| &one.plan).collect();
    let combined = whitesmith_rust::combine(COMBINED, &plans, &fixtures::settings(COMBINED, &[]));
    let combined = combined.expect("a program for all fixtures");
    let mut members = String::new();
    for one in generated.iter().flat_map(|one| &one.crates).chain([&combined]) {
        let _ = writeln!(members, "    {:?},", one.name);
        for file in &one.files {
            fixtures::write(&folder.join(&one.name).join(&file.path), &file.contents);
        }
    }
    fixtures::write(&folder.join("features/Cargo.toml"), FEATURES);
    fixtures::write(&folder.join("features/src/lib.rs"), "");
    // As in the workspace, so that dependencies are not built twice.
    let profile = "[profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n";
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n    \"features\",\n{members}]\n\n{profile}");
    fixtures::write(&folder.join("Cargo.toml"), &manifest);
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let packages =
        FIXTURES.iter().map(|name| format!("{name}-mock")).chain([format!("{COMBINED}-cli"), "features".to_owned()]);
    let options: Vec<String> = packages.flat_map(|name| ["--package".to_owned(), name]).collect();
    executables(&folder, &options)
}

/// Builds programs and returns their paths by name.
#[allow(clippy::expect_used, reason = "a test cannot go on without the programs")]
fn executables(folder: &Path, options: &[impl AsRef<std::ffi::OsStr>]) -> BTreeMap<String, PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--message-format", "json"])
        .args(options)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{} does not build: {}",
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    let artifacts = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| {
        let message: serde_json::Value = serde_json::from_slice(line).ok()?;
        let executable = message.get("executable")?.as_str()?;
        Some((message.get("target")?.get("name")?.as_str()?.to_owned(), PathBuf::from(executable)))
    });
    artifacts.collect()
}
