//! Compiles the output for the fixtures and the large models; every warning is a failure.

use std::path::Path;
use std::process::Command;

use whitesmith_tests::cargo::{self, Artifact};
use whitesmith_tests::generated;

/// The fixture whose client, command line and mock are documented, too. They differ less than types, and take rustdoc four
/// times as long.
const WHOLE: &str = "documentation";

/// What rustdoc says about a crate with some of its features. Cargo would check all dependencies for it, which are built, but
/// not checked.
fn document(one: &Artifact, features: &[String], libraries: &[Artifact]) -> String {
    let folder = one.manifest.parent().unwrap();
    let manifest = std::fs::read_to_string(&one.manifest).unwrap();
    let mut rustdoc = Command::new("rustdoc");
    rustdoc.current_dir(folder).args(["--edition", "2024", "--crate-name", &one.name]).arg(&one.source);
    rustdoc.arg("--out-dir").arg(cargo::target().join("fixtures-doc"));
    rustdoc.arg("-L").arg(format!("dependency={}", cargo::target().join("debug/deps").display()));
    rustdoc.env("CARGO_MANIFEST_DIR", folder).env("CARGO_PKG_VERSION", "0.1.0");
    // It loads all that it is given.
    let is_named = |library: &&Artifact| manifest.contains(&format!("\n{} = ", library.name.replace('_', "-")));
    for library in libraries.iter().filter(is_named) {
        rustdoc.arg("--extern").arg(format!("{}={}", library.name, library.library.as_ref().unwrap().display()));
    }
    for feature in features {
        rustdoc.arg("--cfg").arg(format!("feature={feature:?}"));
    }
    String::from_utf8_lossy(&rustdoc.output().unwrap().stderr).into_owned()
}

fn document_all(folder: &Path, libraries: &[Artifact]) -> String {
    let types = ["types", "validate"].map(str::to_owned);
    let without_client: Vec<Artifact> =
        libraries.iter().filter(|library| library.name != "whitesmith_client").cloned().collect();
    let ours = libraries.iter().filter(|library| library.manifest.starts_with(folder));
    ours.map(|one| match one.name.starts_with(WHOLE) {
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
    // What `cargo clippy` does, but for building instead of checking: dependencies are built already, but not checked.
    if Command::new("clippy-driver").arg("--version").output().is_ok_and(|output| output.status.success()) {
        build.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    }
    let built = cargo::run(&mut build);
    let complaints = built.diagnostics.into_iter().filter(|(manifest, _)| manifest.starts_with(folder));
    let complaints: String = complaints.map(|(_, text)| text).collect();
    assert!(complaints.is_empty(), "{complaints}");
    assert!(built.is_success, "{}", built.errors);

    let mut libraries = built.artifacts;
    libraries.retain(|one| one.library.is_some() && one.name != "features");
    assert!(libraries.iter().filter(|one| one.manifest.starts_with(folder)).count() > 40, "{libraries:?}");
    let complaints = document_all(folder, &libraries);
    assert!(complaints.is_empty(), "{complaints}");
}
