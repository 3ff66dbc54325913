//! The record of what was generated into a folder: every file with the SHA-256 that it was written with. Files that are
//! not in it belong to someone else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use whitesmith_docs::parallel;

use crate::files::{self, Files};
use crate::folder;
use crate::inputs::hash;

/// The record's file name. It has the format of `sha256sum`, so that `sha256sum --check` reads it.
pub const RECORD: &str = ".whitesmith-files";

/// The record of a folder.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The hashes that a file may have; none for files of which only the path is known. There are several after a merge of
    /// two branches.
    files: BTreeMap<String, BTreeSet<String>>,
    is_there: bool,
}

impl Record {
    /// Reads the record of a folder; an empty one where nothing was generated.
    ///
    /// # Errors
    /// Fails if it cannot be read, or names a file outside of the folder.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let Some(bytes) = files::read(folder, RECORD)? else { return Ok(Self::default()) };
        let place = || folder.join(RECORD).display().to_string();
        let text = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", place()))?;
        let mut record = Self { is_there: true, ..Self::default() };
        for line in text.lines().filter(|line| !is_conflict_marker(line)) {
            let (hash, path) = line.split_once("  ").map_or((None, line), |(hash, path)| (Some(hash), path));
            folder::parts(path).with_context(place)?;
            record.files.entry(path.to_owned()).or_default().extend(hash.map(str::to_owned));
        }
        Ok(record)
    }

    /// The record of files with these hashes.
    pub fn of_hashes(hashes: &BTreeMap<String, String>) -> Self {
        let files = hashes.iter().map(|(path, hash)| (path.clone(), BTreeSet::from([hash.clone()]))).collect();
        Self { files, is_there: true }
    }

    /// Whether anything was ever recorded for the folder.
    pub fn is_there(&self) -> bool {
        self.is_there
    }

    /// The recorded paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether a file was generated.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether a generated file's bytes differ from those that were recorded.
    pub fn is_edited(&self, path: &str, bytes: &[u8]) -> bool {
        self.files.get(path).is_some_and(|hashes| !hashes.is_empty() && !hashes.contains(&hash(bytes)))
    }

    /// The record after files were written, apart from those in `kept`, and others removed.
    pub fn after(&self, written: &Files, kept: &BTreeSet<String>, removed: &BTreeSet<String>) -> Self {
        let mut files = self.files.clone();
        files.retain(|path, _| !removed.contains(path));
        let written: Vec<_> = written.iter().filter(|(path, _)| !kept.contains(*path)).collect();
        let hashes = parallel::map(&written, |(_, contents)| hash(contents.as_bytes()));
        files.extend(written.iter().zip(hashes).map(|((path, _), hash)| ((*path).clone(), BTreeSet::from([hash]))));
        Self { files, is_there: true }
    }

    /// The record as text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (path, hashes) in &self.files {
            match hashes.len() {
                0 => text.extend([path, "\n"]),
                _ => hashes.iter().for_each(|hash| text.extend([hash, "  ", path, "\n"])),
            }
        }
        text
    }
}

/// A line that a merge left behind. Both sides of it are hashes that files may have.
fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|marker| line.starts_with(marker)) || line == "======="
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Record {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(RECORD), text).unwrap();
        Record::read(folder.path()).unwrap()
    }

    #[test]
    fn records_of_paths_alone_are_read() {
        let record = read("a/lib.rs\n");
        assert!(record.contains("a/lib.rs") && !record.is_edited("a/lib.rs", b"anything"));
        assert_eq!(record.render(), "a/lib.rs\n");
    }

    #[test]
    fn both_sides_of_a_merge_count_as_generated() {
        let (one, other) = (hash(b"one"), hash(b"other"));
        let record = read(&format!("<<<<<<< HEAD\n{one}  a\n=======\n{other}  a\n>>>>>>> branch\n"));
        assert!(!record.is_edited("a", b"one") && !record.is_edited("a", b"other") && record.is_edited("a", b"third"));
        let after = record.after(&[("a".to_owned(), "one".into())].into(), &BTreeSet::new(), &BTreeSet::new());
        assert_eq!(after.render(), format!("{one}  a\n"));
    }
}
