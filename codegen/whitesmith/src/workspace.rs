//! Paths in a project.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::transaction::{self, LockedFolder};

/// The project that the current directory is in: the nearest folder upwards that holds `model/services.toml`. A change
/// that was interrupted there is finished first.
///
/// # Errors
/// Fails if there is none, or it cannot be repaired.
pub fn root() -> anyhow::Result<PathBuf> {
    let root = find_root()?;
    if transaction::is_interrupted(&root) && LockedFolder::open(&root)?.was_repaired() {
        eprintln!("note: finished an interrupted change of {}", root.display());
    }
    Ok(root)
}

fn find_root() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("cannot read the current directory")?;
    here.ancestors().find(|folder| folder.join("model/services.toml").is_file()).map(Path::to_path_buf).with_context(
        || {
            format!(
                "no folder with model/services.toml at or above {}; `whitesmith init` starts a project",
                here.display()
            )
        },
    )
}

/// Cargo, started as from a shell. It tells the programs that it runs about their packages in variables that some build
/// scripts watch: passed on, everything that depends on those would be built again, and once more by the next command.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let is_told =
        |name: &str| name == "OUT_DIR" || ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|start| name.starts_with(start));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_told)) {
        command.env_remove(name);
    }
    command
}

/// Where the corpora are: what `--corpus` says, else the variable `WHITESMITH_CORPUS`, else `../shared/conformance`
/// beside the repository.
pub fn corpus(given: Option<&Path>, root: &Path) -> PathBuf {
    match given {
        Some(folder) => folder.to_path_buf(),
        None => std::env::var_os("WHITESMITH_CORPUS").map_or_else(|| root.join("../shared/conformance"), PathBuf::from),
    }
}
