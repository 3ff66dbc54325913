//! The programs that tests start, built before they run, so that no test runs a stale one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::cargo::{self, Artifact};
use crate::fixtures::root;
use crate::generated;

/// The programs of the pinned service.
const PINNED: [&str; 2] = ["partnercentral-selling", "partnercentral-selling-mock"];

static OF_WORKSPACE: LazyLock<BTreeMap<String, PathBuf>> =
    // The whole workspace with its examples has the dependencies of its tests: nothing is built in two ways.
    LazyLock::new(|| programs(&root(), ["--workspace", "--examples"], &PINNED));

static OF_FIXTURES: LazyLock<BTreeMap<String, PathBuf>> =
    LazyLock::new(|| programs(generated::workspace(), ["--workspace", "--all-features"], &generated::PROGRAMS));

/// Returns a program of the pinned service.
///
/// # Panics
/// The program does not exist, or does not build.
#[must_use]
#[allow(clippy::panic, reason = "a test cannot go on without the program")]
pub fn of_workspace(name: &str) -> &'static Path {
    OF_WORKSPACE.get(name).unwrap_or_else(|| panic!("no program `{name}`"))
}

/// Returns a program that is generated from fixtures: `tools`, the command lines of all of them, or `<fixture>-mock`.
///
/// # Panics
/// The program does not exist, or does not build.
#[must_use]
#[allow(clippy::panic, reason = "a test cannot go on without the program")]
pub fn of_fixtures(name: &str) -> &'static Path {
    OF_FIXTURES.get(name).unwrap_or_else(|| panic!("no program `{name}`"))
}

fn programs(folder: &Path, options: [&str; 2], names: &[&str]) -> BTreeMap<String, PathBuf> {
    let mut build = cargo::command(folder, "build");
    build.args(options).args(names.iter().flat_map(|name| ["--bin", name]));
    let built = cargo::run(&mut build);
    assert!(built.is_success, "{} does not build: {}", folder.display(), built.errors);
    let program = |Artifact { name, executable, .. }| Some((name, executable?));
    built.artifacts.into_iter().filter_map(program).collect()
}
