//! Compiles the output for the fixtures and the large models; every warning is a failure.

#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use whitesmith_tests::fixtures::{self, root};
use whitesmith_tests::large;

fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    command.current_dir(folder).env("CARGO_TARGET_DIR", target).args(arguments);
    command
}

/// Returns Cargo's diagnostics for the crates in the folder.
fn complaints(folder: &Path, output: &[u8]) -> String {
    let mut complaints = String::new();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let line: serde_json::Value = serde_json::from_slice(line).unwrap();
        let is_ours = line["manifest_path"].as_str().is_some_and(|path| Path::new(path).starts_with(folder));
        if let (true, Some(text)) = (is_ours, line["message"]["rendered"].as_str()) {
            complaints.push_str(text);
        }
    }
    complaints
}

#[test]
fn everything_compiles_without_a_warning() {
    let folder = root().join("target/fixtures");
    let mut members = String::new();
    for fixture in fixtures::all().into_iter().chain(large::all()) {
        let model = fixtures::load(&[("model.json", &fixture.json)]);
        let generated = fixtures::generated_whole(&fixture.name, &model);
        // Documentation alone is not a crate.
        for one in generated.crates.iter().filter(|one| one.files.iter().any(|file| file.path == "Cargo.toml")) {
            writeln!(members, "    {:?},", one.name).unwrap();
            for file in &one.files {
                fixtures::write(&folder.join(&one.name).join(&file.path), &file.contents);
            }
        }
    }
    fixtures::write(&folder.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"));
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    // Downloads what this machine lacks.
    let fetched = cargo(&folder, &["fetch"]).output().unwrap();
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    let has_clippy = cargo(&folder, &["clippy", "--version"]).output().is_ok_and(|output| output.status.success());
    let check = if has_clippy { "clippy" } else { "check" };
    let shared = ["--workspace", "--all-features", "--offline", "--keep-going", "--quiet", "--message-format=json"];
    for command in [&[check][..], &["doc", "--no-deps"]] {
        let output = cargo(&folder, command).args(shared).output().unwrap();
        let complaints = complaints(&folder, &output.stdout);
        assert!(complaints.is_empty(), "{complaints}");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
