//! Reaching many files of a folder one after another: what leads to the last one stays open for the next.

use std::ffi::{OsStr, OsString};

use super::{Folder, parts};

/// A place in a folder. Going through sorted paths opens each folder above them once, and looks once for one that is missing.
#[derive(Debug)]
pub struct Cursor<'a> {
    root: &'a Folder,
    /// The folders that lead to the last file, as far as they are there, with their names.
    open: Vec<(OsString, Folder)>,
    /// The names that lead to the last folder that was not there; empty if all were.
    missing: Vec<OsString>,
}

impl<'a> Cursor<'a> {
    /// Starts in a folder.
    pub fn new(root: &'a Folder) -> Self {
        Self { root, open: Vec::new(), missing: Vec::new() }
    }

    /// Opens a folder, the cursor's own if the path is empty; `None` where there is none.
    ///
    /// # Errors
    /// As [`Folder::below`].
    pub fn folder(&mut self, path: &str) -> anyhow::Result<Option<&Folder>> {
        if path.is_empty() {
            return Ok(Some(self.root));
        }
        let parts = parts(path)?;
        let start = parts.get(..self.missing.len()).filter(|start| !start.is_empty());
        if start.is_some_and(|start| start.iter().eq(&self.missing)) {
            return Ok(None);
        }
        for (place, part) in parts.iter().enumerate().skip(self.keep_open(&parts)) {
            let Some(folder) = self.last().child(part)? else {
                self.missing = parts.iter().take(place + 1).map(|&part| part.to_owned()).collect();
                return Ok(None);
            };
            self.open.push(((*part).to_owned(), folder));
        }
        Ok(Some(self.last()))
    }

    /// Whether a file or folder is there.
    ///
    /// # Errors
    /// As [`Folder::contains`].
    pub fn contains(&mut self, path: &str) -> anyhow::Result<bool> {
        let (above, name) = split(path);
        self.folder(above)?.map_or(Ok(false), |folder| folder.contains(name))
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn read(&mut self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let (above, name) = split(path);
        self.folder(above)?.map_or(Ok(None), |folder| folder.read(name))
    }

    /// Writes a file that is not there yet, with the folders above it.
    ///
    /// # Errors
    /// As [`Folder::create`].
    pub fn create(&mut self, path: &str, contents: &[u8]) -> anyhow::Result<()> {
        let (above, name) = split(path);
        let parts = if above.is_empty() { Vec::new() } else { parts(above)? };
        self.missing.clear();
        for part in parts.iter().skip(self.keep_open(&parts)) {
            let folder = self.last().child_or_new(part)?;
            self.open.push(((*part).to_owned(), folder));
        }
        self.last().create(name, contents)
    }

    /// Closes the folders that do not lead to another one, and returns how many stay open.
    fn keep_open(&mut self, parts: &[&OsStr]) -> usize {
        let shared = self.open.iter().zip(parts).take_while(|((open, _), part)| open == *part).count();
        self.open.truncate(shared);
        shared
    }

    fn last(&self) -> &Folder {
        self.open.last().map_or(self.root, |(_, folder)| folder)
    }
}

/// The folder of a path, empty if it has none, and the name in it. An absolute path is all name, and every
/// folder refuses that name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').filter(|(above, _)| !above.is_empty()).unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree() -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        for path in ["x", "a/x", "a/b/x"] {
            fs::write(root.path().join(path), path).unwrap();
        }
        let folder = Folder::open(root.path()).unwrap();
        (root, folder)
    }

    #[test]
    fn finds_what_is_there_in_any_order() {
        let (_root, folder) = tree();
        let mut cursor = Cursor::new(&folder);
        for path in ["a/b/x", "x", "a/x", "n/x", "a/n/x", "a/b/x", "n/m/x", "a/b/n", "x/x", "a/x"] {
            let expected = ["x", "a/x", "a/b/x"].contains(&path);
            assert_eq!(cursor.contains(path).unwrap(), expected, "{path}");
            assert_eq!(cursor.read(path).unwrap(), expected.then(|| path.as_bytes().to_vec()), "{path}");
        }
        for (path, expected) in [("", true), ("a/b", true), ("n", false), ("a", true), ("a/b/x", false)] {
            assert_eq!(cursor.folder(path).unwrap().is_some(), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_that_was_missing_is_there_once_it_is_made() {
        let (root, folder) = tree();
        let mut cursor = Cursor::new(&folder);
        assert!(!cursor.contains("n/m/x").unwrap());
        cursor.create("n/m/x", b"new").unwrap();
        assert_eq!(cursor.read("n/m/x").unwrap().unwrap(), b"new");
        cursor.create("y", b"top").unwrap();
        assert_eq!(fs::read_to_string(root.path().join("y")).unwrap(), "top");
    }

    #[test]
    fn refuses_paths_that_leave_the_folder() {
        let (_root, folder) = tree();
        for path in ["/x", "//x", "/a/x", "../x", "a/../x", "", ".."] {
            let mut cursor = Cursor::new(&folder);
            let refused = [cursor.contains(path).err(), cursor.read(path).err(), cursor.create(path, b"").err()];
            for error in refused {
                assert!(error.unwrap().to_string().contains("invalid path"), "{path}");
            }
        }
    }
}
