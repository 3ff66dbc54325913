//! A workspace of its own in a temporary folder, and the front door run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

/// What a command printed, and its exit status.
#[derive(Debug)]
pub struct Outcome {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

/// A workspace.
pub struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A workspace with one pinned model; `extra` are further lines of its table.
    pub fn new(name: &str, model: &[u8], version: &str, extra: &str) -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        let hash: String = Sha256::digest(model).iter().map(|byte| format!("{byte:02x}")).collect();
        workspace.write(&format!("model/{name}.json"), model);
        let services = format!(
            "# Ours.\n\n[services.{name}]\nmodel = \"{name}.json\"\nsha256 = \"{hash}\" # kept\norigin = \"a test\"\n\
             version = \"{version}\"\n{extra}"
        );
        workspace.write("model/services.toml", services.as_bytes());
        workspace
    }

    /// What of this very workspace is read and written by updates.
    pub fn copy_of_this() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.copy(&["model", "generated", "Cargo.lock"]);
        workspace
    }

    /// Copies files and folders of this very workspace.
    pub fn copy(&self, paths: &[&str]) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let mut waiting: Vec<PathBuf> = paths.iter().map(|path| here.join(path)).collect();
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                self.write(path.strip_prefix(here).unwrap().to_str().unwrap(), &fs::read(&path).unwrap());
            }
        }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, contents: &[u8]) {
        let at = self.root().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, contents).unwrap();
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the front door.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let output =
            Command::new(env!("CARGO_BIN_EXE_whitesmith")).args(arguments).current_dir(self.root()).output().unwrap();
        Outcome {
            status: output.status.code().unwrap_or(-1),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the front door, which must succeed.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.status, 0, "{arguments:?}: {outcome:#?}");
        outcome.output
    }

    /// Every file below a folder with its contents, without build results.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let top = self.root().join(below);
        let mut waiting = vec![top.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
                let path = entry.path();
                if entry.file_name() == "target" {
                } else if path.is_dir() {
                    waiting.push(path);
                } else {
                    let name = path.strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }
}

/// A folder of the corpora.
pub fn corpus(folder: &str) -> PathBuf {
    let root = std::env::var_os("WHITESMITH_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"), PathBuf::from);
    let found = root.join(folder);
    found.canonicalize().unwrap_or_else(|error| panic!("no corpus at {}: {error}", found.display()))
}
