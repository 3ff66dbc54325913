//! Folders of generated files: what differs, and how it is mended.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The files that a folder should hold, by path in it, with forward slashes.
pub type Files = BTreeMap<String, String>;

/// How a folder differs from what it should hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that are there with other bytes.
    pub changed: Vec<String>,
    /// Files that are there and should not be.
    pub stray: Vec<String>,
}

impl Difference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.stray.is_empty()
    }
}

/// Compares a folder with what it should hold. Files that should not be there are looked for in the folders named in
/// `owned`; an empty name is the folder itself.
pub fn compare(folder: &Path, files: &Files, owned: &BTreeSet<String>) -> anyhow::Result<Difference> {
    let mut difference = Difference::default();
    for (path, contents) in files {
        let at = folder.join(path);
        match std::fs::read(&at) {
            Ok(bytes) if bytes == contents.as_bytes() => {}
            Ok(_) => difference.changed.push(path.clone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => difference.missing.push(path.clone()),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", at.display())),
        }
    }
    for top in owned {
        for path in listing(&folder.join(top))? {
            let path = if top.is_empty() { path } else { format!("{top}/{path}") };
            if !files.contains_key(&path) {
                difference.stray.push(path);
            }
        }
    }
    Ok(difference)
}

/// Every file below a folder, by path in it; nothing where there is no folder. Build results are passed over.
pub fn listing(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let at = folder.join(&below);
        let entries = match std::fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && below.as_os_str().is_empty() => break,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be listed", at.display())),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("{} cannot be listed", at.display()))?;
            let path = below.join(entry.file_name());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && entry.file_name() != "target" {
                waiting.push(path);
            } else if !is_folder {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a folder hold what it should: writes what is missing or changed, removes what is stray. New contents are
/// written beside the files first, so that an interruption leaves whole files only.
pub fn mend(folder: &Path, files: &Files, difference: &Difference) -> anyhow::Result<()> {
    let mut staged = Vec::new();
    for path in difference.missing.iter().chain(&difference.changed) {
        let Some(contents) = files.get(path) else { continue };
        let at = folder.join(path);
        let parent = at.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        let mut file = tempfile::Builder::new()
            .prefix(".whitesmith-")
            .permissions(readable())
            .tempfile_in(parent)
            .with_context(|| format!("{} cannot be written to", parent.display()))?;
        file.write_all(contents.as_bytes()).with_context(|| format!("{} cannot be written", at.display()))?;
        staged.push((file, at));
    }
    for (file, at) in staged {
        file.persist(&at).with_context(|| format!("{} cannot be written", at.display()))?;
    }
    for path in &difference.stray {
        let at = folder.join(path);
        std::fs::remove_file(&at).with_context(|| format!("{} cannot be removed", at.display()))?;
        remove_empty_parents(folder, &at);
    }
    Ok(())
}

/// The permissions of an ordinary file; temporary files are private otherwise.
#[cfg(unix)]
fn readable() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

/// Removes the folders above a removed file that are empty now, up to a folder that stays.
pub fn remove_empty_parents(folder: &Path, file: &Path) {
    for parent in file.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // Fails on the first folder that is not empty, which is the end of the matter.
        if std::fs::remove_dir(parent).is_err() {
            break;
        }
    }
}
