//! Sets of files by path, and the folders that they lie in.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;

/// Files by their paths in a folder, with forward slashes.
pub type Files = BTreeMap<String, String>;

/// The path of a file below a folder, for reading and writing.
///
/// # Errors
/// When the path leaves the folder, or a symbolic link stands on the way: links are never followed below a folder of
/// generated files, since they may lead anywhere.
pub fn below(folder: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let mut at = folder.to_path_buf();
    for part in Path::new(path).components() {
        let Component::Normal(part) = part else {
            anyhow::bail!("invalid path `{path}`: it leaves {}", folder.display());
        };
        at.push(part);
        anyhow::ensure!(
            !is_link(&at),
            "refusing to follow the symbolic link {}: replace it by what it leads to",
            at.display()
        );
    }
    Ok(at)
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink())
}

/// Reads a file below a folder; `None` where there is none.
///
/// # Errors
/// When it cannot be read, and those of [`below`].
pub fn read(folder: &Path, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let at = below(folder, path)?;
    match fs::read(&at) {
        Ok(bytes) => Ok(Some(bytes)),
        // A file may stand where a folder of the same name is to be.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", at.display())),
    }
}

/// Lists every file below a folder, by path in it; nothing where there is no folder. Build results are passed over, and
/// links are not followed.
///
/// # Errors
/// When a folder cannot be listed.
pub fn list(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let at = folder.join(&below);
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound && below.as_os_str().is_empty() => break,
            Err(error) => return Err(error).with_context(|| format!("cannot list {}", at.display())),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list {}", at.display()))?;
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

/// Makes a folder of build results hold these files and no others. What is there already is not written again, so that
/// Cargo does not compile it again.
///
/// # Errors
/// When a file cannot be written.
pub fn replace_all(folder: &Path, files: &Files) -> anyhow::Result<()> {
    for (path, contents) in files {
        if read(folder, path)?.is_none_or(|bytes| bytes != contents.as_bytes()) {
            let at = below(folder, path)?;
            let parent = at.parent().unwrap_or(folder);
            let write = || fs::create_dir_all(parent).and_then(|()| fs::write(&at, contents));
            write().with_context(|| format!("cannot write {}", at.display()))?;
        }
    }
    for path in list(folder)?.into_iter().filter(|path| !files.contains_key(path)) {
        let at = folder.join(path);
        fs::remove_file(&at).with_context(|| format!("cannot remove {}", at.display()))?;
        remove_empty_parents(folder, &at);
    }
    Ok(())
}

/// Removes the folders above a removed file that are empty now, up to a folder that stays.
pub fn remove_empty_parents(folder: &Path, file: &Path) {
    for parent in file.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // Fails on the first folder that is not empty: the ones above it are not either.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_its_folder() {
        for path in ["../x", "/x", "a/../../x"] {
            assert!(below(Path::new("/tmp"), path).is_err(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("file"), "theirs").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).unwrap();
        for path in ["link/file", "link/new", "link", "dangling"] {
            let error = read(folder.path(), path).unwrap_err().to_string();
            assert!(error.contains("symbolic link"), "{path}: {error}");
        }
        assert_eq!(list(folder.path()).unwrap(), ["dangling", "link"]);
    }
}
