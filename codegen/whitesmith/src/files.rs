//! Files by path, and their folders.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;

use crate::folder::{Folder, Kind};

/// Files by their paths in a folder, with forward slashes. Texts that the program carries are not copied.
pub type Files = BTreeMap<String, Cow<'static, str>>;

/// The bytes of a text, without a copy.
pub fn bytes(text: Cow<'static, str>) -> Cow<'static, [u8]> {
    match text {
        Cow::Borrowed(text) => text.as_bytes().into(),
        Cow::Owned(text) => text.into_bytes().into(),
    }
}

/// Opens a folder; `None` where there is none.
///
/// # Errors
/// When it cannot be opened.
pub fn open(folder: &Path) -> anyhow::Result<Option<Folder>> {
    match Folder::open(folder) {
        Ok(folder) => Ok(Some(folder)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot open {}", folder.display())),
    }
}

/// Reads a file below a folder; `None` where there is none.
///
/// # Errors
/// When it cannot be read, or a symbolic link is on the way.
pub fn read(folder: &Path, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    match open(folder)? {
        Some(folder) => folder.read(path),
        None => Ok(None),
    }
}

/// Lists every file below a folder, by path in it; nothing where there is no folder. Build results are passed over, and
/// links are not followed.
///
/// # Errors
/// Fails if a folder cannot be listed.
pub fn list(folder: &Path) -> anyhow::Result<Vec<String>> {
    let Some(root) = open(folder)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(path) = waiting.pop() {
        let below = if path.is_empty() { None } else { root.below(path.trim_end_matches('/'))? };
        for (name, kind) in below.as_ref().unwrap_or(&root).entries()? {
            let below = format!("{path}{}", name.to_string_lossy());
            if kind != Kind::Folder {
                found.push(below);
            } else if name != "target" {
                waiting.push(format!("{below}/"));
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
/// Fails if a file cannot be written.
pub fn replace_all(folder: &Path, files: &Files) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let root = Folder::open(folder).with_context(|| format!("cannot open {}", folder.display()))?;
    for (path, contents) in files {
        match root.read(path)? {
            Some(bytes) if bytes == contents.as_bytes() => continue,
            Some(_) => root.remove(path)?,
            None => {}
        }
        root.create(path, contents.as_bytes())?;
    }
    list(folder)?.iter().filter(|path| !files.contains_key(*path)).try_for_each(|path| root.remove(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_is_replaced_file_by_file() {
        let root = tempfile::tempdir().unwrap();
        let files = |entries: &[(&str, &str)]| -> Files {
            entries.iter().map(|(path, text)| ((*path).to_owned(), Cow::Owned((*text).to_owned()))).collect()
        };
        replace_all(root.path(), &files(&[("a/b", "1"), ("c", "2")])).unwrap();
        replace_all(root.path(), &files(&[("c", "3"), ("d/e/f", "4")])).unwrap();
        assert_eq!(list(root.path()).unwrap(), ["c", "d/e/f"]);
        assert_eq!(fs::read_to_string(root.path().join("c")).unwrap(), "3");
        assert!(!root.path().join("a").exists());
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
