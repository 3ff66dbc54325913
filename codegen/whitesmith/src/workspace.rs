//! Where things lie in the workspace.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::transaction;

/// The workspace that the current directory is in: the nearest folder upwards that holds `model/services.toml`. An update
/// that was interrupted there is finished first.
pub fn root() -> anyhow::Result<PathBuf> {
    let root = find_root()?;
    if transaction::recover(&root)? {
        eprintln!("note: an update that had been interrupted was finished first");
    }
    Ok(root)
}

fn find_root() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the current directory cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("model/services.toml").is_file())
        .map(Path::to_path_buf)
        .with_context(|| format!("no folder with model/services.toml at or above {}", here.display()))
}

/// Where the corpora are: what `--corpus` says, else the variable `WHITESMITH_CORPUS`, else `../shared/conformance`
/// beside the workspace.
pub fn corpus(given: Option<&Path>, root: &Path) -> PathBuf {
    match given {
        Some(folder) => folder.to_path_buf(),
        None => std::env::var_os("WHITESMITH_CORPUS").map_or_else(|| root.join("../shared/conformance"), PathBuf::from),
    }
}
