//! Runs of Cargo in other folders, with the target folder of this one.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::fixtures::root;

/// What a run of Cargo built and said.
#[derive(Debug)]
pub struct Built {
    /// Whether everything was built.
    pub is_success: bool,
    /// What Cargo wrote to standard error.
    pub errors: String,
    /// What was built, dependencies included.
    pub artifacts: Vec<Artifact>,
    /// The compiler's diagnostics, each with the manifest of its crate.
    pub diagnostics: Vec<(PathBuf, String)>,
}

/// What was built of a target.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The name of the target.
    pub name: String,
    /// The manifest of its package.
    pub manifest: PathBuf,
    /// Its root module.
    pub source: PathBuf,
    /// The features that it was built with.
    pub features: Vec<String>,
    /// The library, of which there is none for programs.
    pub library: Option<PathBuf>,
    /// The program, of which there is none for libraries.
    pub executable: Option<PathBuf>,
}

/// The folder that everything is built in.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command of Cargo in a folder.
#[must_use]
pub fn command(folder: &Path, name: &str) -> Command {
    let mut command = whitesmith::workspace::cargo();
    command.current_dir(folder).env("CARGO_TARGET_DIR", target()).arg(name);
    command
}

/// Runs a command that builds.
///
/// # Panics
/// Cargo cannot be started.
#[must_use]
#[allow(clippy::expect_used, reason = "a test cannot go on without Cargo")]
pub fn run(command: &mut Command) -> Built {
    let output = command.args(["--quiet", "--message-format", "json"]).output().expect("cargo runs");
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let messages: Vec<Value> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
    Built {
        is_success: output.status.success(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        artifacts: messages.iter().filter_map(artifact).collect(),
        diagnostics: messages.iter().filter_map(diagnostic).collect(),
    }
}

fn artifact(message: &Value) -> Option<Artifact> {
    let target = message.get("target")?;
    let path = |value: &Value| value.as_str().map(PathBuf::from);
    let texts = |value: &Value| Some(value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    let files: Vec<String> = texts(message.get("filenames")?)?;
    let is_library = |file: &&String| [".rlib", ".so", ".dylib", ".dll"].iter().any(|ending| file.ends_with(ending));
    Some(Artifact {
        name: target.get("name")?.as_str()?.to_owned(),
        manifest: path(message.get("manifest_path")?)?,
        source: path(target.get("src_path")?)?,
        features: texts(message.get("features")?)?,
        library: files.iter().find(is_library).map(PathBuf::from),
        executable: message.get("executable").and_then(path),
    })
}

fn diagnostic(message: &Value) -> Option<(PathBuf, String)> {
    let text = message.get("message")?.get("rendered")?.as_str()?;
    Some((message.get("manifest_path")?.as_str()?.into(), text.to_owned()))
}
