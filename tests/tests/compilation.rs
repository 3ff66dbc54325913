//! Compiles the output for the fixtures and the large models; every warning is a failure.

use std::path::Path;
use std::process::Command;

use whitesmith_tests::cargo::{self, Artifact};
use whitesmith_tests::generated;

/// The crates that are documented with all features. Clients, command lines and mocks differ less than types, and take
/// rustdoc longer: 2.5 s of CPU for a library with its client, and 0.8 s for its types.
const WHOLE: [&str; 6] =
    ["documentation", "documentation_cli", "documentation_mock", "event_stream", "pages_and_waiters", "streaming"];

/// A compiler that reads a file of a crate. Cargo would check all dependencies for it, which are built, but not checked.
fn compiler(program: &str, one: &Artifact, source: &Path, libraries: &[Artifact]) -> Command {
    let folder = one.manifest.parent().unwrap();
    let manifest = std::fs::read_to_string(&one.manifest).unwrap();
    let mut compiler = Command::new(program);
    compiler.current_dir(folder).env("CARGO_MANIFEST_DIR", folder).env("CARGO_PKG_VERSION", "0.1.0");
    compiler.args(["--edition", "2024"]).arg(source);
    compiler.arg("-L").arg(format!("dependency={}", cargo::target().join("debug/deps").display()));
    // It loads all that it is given.
    let is_named = |library: &&Artifact| {
        let is_own = library.manifest == one.manifest && source != one.source;
        is_own || manifest.contains(&format!("\n{} = ", library.name.replace('_', "-")))
    };
    for library in libraries.iter().filter(is_named) {
        compiler.arg("--extern").arg(format!("{}={}", library.name, library.library.as_ref().unwrap().display()));
    }
    compiler
}

fn complaints(compiler: &mut Command) -> String {
    String::from_utf8_lossy(&compiler.output().unwrap().stderr).into_owned()
}

/// What rustdoc says about a crate with some of its features.
fn document(one: &Artifact, features: &[String], libraries: &[Artifact]) -> String {
    let mut rustdoc = compiler("rustdoc", one, &one.source, libraries);
    // A folder for each: in one, rustdoc merges all crates anew each time, which took half of the time.
    rustdoc
        .args(["--crate-name", &one.name])
        .arg("--out-dir")
        .arg(cargo::target().join("fixtures-doc").join(&one.name));
    for feature in features {
        rustdoc.arg("--cfg").arg(format!("feature={feature:?}"));
    }
    complaints(&mut rustdoc)
}

/// What is said about the program of a crate and about its tests, each a crate of its own.
fn check_beside_library(linter: &str, one: &Artifact, libraries: &[Artifact]) -> String {
    let folder = one.manifest.parent().unwrap();
    let tests = std::fs::read_dir(folder.join("tests")).into_iter().flatten().map(|entry| entry.unwrap().path());
    let programs = [folder.join("src/main.rs")].into_iter().filter(|program| program.exists());
    let program_of_tests = format!("CARGO_BIN_EXE_{}", one.name.trim_end_matches("_cli").replace('_', "-"));
    let metadata = cargo::target().join("fixtures-metadata");
    let sources = programs.map(|program| (program, false)).chain(tests.map(|test| (test, true)));
    sources
        .map(|(source, is_test)| {
            let mut check = compiler(linter, one, &source, libraries);
            check.env(&program_of_tests, "program").arg("--emit=metadata").arg("--out-dir").arg(&metadata);
            check.args(is_test.then_some("--test"));
            complaints(&mut check)
        })
        .collect()
}

fn document_all(folder: &Path, libraries: &[Artifact]) -> String {
    let types = ["types", "validate"].map(str::to_owned);
    let without_client: Vec<Artifact> =
        libraries.iter().filter(|library| library.name != "whitesmith_client").cloned().collect();
    let ours = libraries.iter().filter(|library| library.manifest.starts_with(folder));
    ours.map(|one| match WHOLE.contains(&one.name.as_str()) {
        true => document(one, &one.features, libraries),
        false if one.features.contains(&types[0]) => document(one, &types, &without_client),
        false => String::new(),
    })
    .collect()
}

#[test]
fn everything_compiles_without_a_warning() {
    let folder = generated::workspace();
    let mut build = cargo::command(folder, "build");
    build.args(["--workspace", "--lib", "--all-features", "--offline", "--keep-going"]);
    let has_clippy =
        Command::new("clippy-driver").arg("--version").output().is_ok_and(|output| output.status.success());
    let linter = if has_clippy { "clippy-driver" } else { "rustc" };
    // What `cargo clippy` does, but for building instead of checking: dependencies are built already, but not checked.
    if has_clippy {
        build.env("RUSTC_WORKSPACE_WRAPPER", linter);
    }
    let built = cargo::run(&mut build);
    let complaints = built.diagnostics.into_iter().filter(|(manifest, _)| manifest.starts_with(folder));
    let complaints: String = complaints.map(|(_, text)| text).collect();
    assert!(complaints.is_empty(), "{complaints}");
    assert!(built.is_success, "{}", built.errors);

    let mut libraries = built.artifacts;
    libraries.retain(|one| one.library.is_some() && one.name != "features");
    let ours: Vec<&Artifact> = libraries.iter().filter(|one| one.manifest.starts_with(folder)).collect();
    assert!(ours.len() > 40, "{libraries:?}");
    let complaints: String = ours.iter().map(|one| check_beside_library(linter, one, &libraries)).collect();
    assert!(complaints.is_empty(), "{complaints}");
    let complaints = document_all(folder, &libraries);
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn cargo_is_not_told_about_the_package_of_the_test() {
    let command = cargo::command(&whitesmith_tests::fixtures::root(), "build");
    for told in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "OUT_DIR"] {
        assert!(std::env::var_os(told).is_some(), "{told}");
        assert!(command.get_envs().any(|(name, value)| name == told && value.is_none()), "{told}");
    }
}
