//! A crate generated for a suite, which Cargo builds and tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Context as _;
use whitesmith::workspace::cargo;

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Passed,
    /// The command fails.
    Failed,
}

/// The outcome of each test by its name.
pub type Outcomes = BTreeMap<String, Outcome>;

/// A crate or workspace to test.
pub struct Crate {
    name: &'static str,
    files: Vec<(String, String)>,
}

impl Crate {
    /// A crate with these dependencies, in TOML; `{runtime}` stands for the folder of the runtime crates.
    pub fn new(name: &'static str, dependencies: &str) -> Self {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\n{dependencies}\n[profile.dev]\ndebug = false\n\n[workspace]\n"
        );
        Self { name, files: vec![("Cargo.toml".to_owned(), manifest)] }
    }

    /// A workspace of crates that are added file by file.
    pub fn workspace(name: &'static str, members: &[String]) -> Self {
        let members = members.iter().map(|member| format!("\"{member}\"")).collect::<Vec<_>>().join(", ");
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\n");
        Self { name, files: vec![("Cargo.toml".to_owned(), manifest)] }
    }

    /// Adds a file.
    pub fn file(&mut self, path: &str, contents: String) {
        self.files.push((path.to_owned(), contents));
    }

    /// Writes the crate, and runs its tests.
    pub fn run(&self, root: &Path) -> anyhow::Result<Outcomes> {
        run_tests(root, &self.write(root)?, &[])
    }

    /// Writes the files, and says where.
    pub fn write(&self, root: &Path) -> anyhow::Result<PathBuf> {
        let folder = target(root).join("conformance").join(self.name);
        let runtime = root.join("runtime").display().to_string().replace('\\', "/");
        for (path, contents) in &self.files {
            let path = folder.join(path);
            write(&path, &contents.replace("{runtime}", &runtime))?;
        }
        // The versions that the workspace is tested with.
        std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
        Ok(folder)
    }
}

/// Cargo's target folder.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn write(path: &Path, contents: &str) -> anyhow::Result<()> {
    let place = || path.display().to_string();
    if std::fs::read_to_string(path).is_ok_and(|present| present == contents) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(place)?;
    }
    std::fs::write(path, contents).with_context(place)
}

/// Runs the tests of a workspace; what does not build is an error.
pub fn run_tests(root: &Path, folder: &Path, arguments: &[&str]) -> anyhow::Result<Outcomes> {
    let prepared = |extra: &[&str]| {
        let mut command = cargo();
        command.current_dir(folder).env("CARGO_TARGET_DIR", target(root)).args(["test", "--quiet"]).args(arguments);
        command.args(extra);
        command
    };
    let built = prepared(&["--no-run"]).stdout(Stdio::null()).status().context("cannot start cargo")?;
    anyhow::ensure!(built.success(), "{} does not build", folder.display());
    let output = prepared(&["--no-fail-fast", "--", "--format=pretty"]).stderr(Stdio::null()).output();
    let output = output.context("cannot start cargo")?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(outcome).collect())
}

/// Reads `test NAME ... ok`.
fn outcome(line: &str) -> Option<(String, Outcome)> {
    let (name, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let outcome = if outcome == "ok" { Outcome::Passed } else { Outcome::Failed };
    Some((name.to_owned(), outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_tests_are_understood() {
        assert_eq!(outcome("test a::b ... ok"), Some(("a::b".into(), Outcome::Passed)));
        assert_eq!(outcome("test a::b ... FAILED"), Some(("a::b".into(), Outcome::Failed)));
        assert_eq!(outcome("test result: ok. 1 passed"), None);
        assert_eq!(outcome("running 3 tests"), None);
    }
}
