//! Differences between a folder and what was generated for it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::files::{self, Files};
use crate::folder::Cursor;
use crate::inputs;
use crate::record::{RECORD, Record};
use crate::transaction::Transaction;

/// The differences between a folder and what was generated. Paths are sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that are there as they were generated before.
    pub outdated: Vec<String>,
    /// Files that were edited since they were generated.
    pub edited: Vec<String>,
    /// Files of someone else that stand where one is to be written.
    pub foreign: Vec<String>,
    /// Files that are no longer generated.
    pub stray: Vec<String>,
    /// Files that are no longer generated, but were edited.
    pub edited_stray: Vec<String>,
    /// Files that are no longer generated and that someone has removed already.
    pub vanished: Vec<String>,
}

impl Changes {
    /// Compares a folder with what it should hold. Files that are no longer generated are looked for in the folders
    /// named in `owned`: the first parts of paths, an empty one for files that are in no folder.
    ///
    /// # Errors
    /// Fails if a file cannot be read.
    pub fn find(folder: &Path, files: &Files, record: &Record, owned: &BTreeSet<String>) -> anyhow::Result<Self> {
        let mut changes = Self::default();
        let root = files::open(folder)?;
        let mut cursor = root.as_ref().map(Cursor::new);
        let mut read = |path: &str| cursor.as_mut().map_or(Ok(None), |cursor| cursor.read(path));
        for (path, contents) in files {
            match read(path)? {
                None => changes.missing.push(path.clone()),
                Some(bytes) if bytes == contents.as_bytes() => {}
                // One that was cut short when the power failed holds nothing that anyone wrote.
                Some(bytes) if record.contains(path) && contents.as_bytes().starts_with(&bytes) => {
                    changes.outdated.push(path.clone());
                }
                Some(bytes) if record.is_edited(path, &bytes) => changes.edited.push(path.clone()),
                Some(_) if record.contains(path) => changes.outdated.push(path.clone()),
                Some(_) => changes.foreign.push(path.clone()),
            }
        }
        let is_owned = |path: &&str| owned.contains(path.split_once('/').map_or("", |(top, _)| top));
        let gone = |path: &&str| *path != RECORD && !files.contains_key(*path);
        for path in record.paths().filter(is_owned).filter(gone) {
            match read(path)? {
                None => changes.vanished.push(path.to_owned()),
                Some(bytes) if record.is_edited(path, &bytes) => changes.edited_stray.push(path.to_owned()),
                Some(_) => changes.stray.push(path.to_owned()),
            }
        }
        Ok(changes)
    }

    /// Takes a folder that is known to be generated, but has no record, for what earlier versions left: every file that
    /// stands in the way is out of date, and files that bear our mark are no longer generated.
    ///
    /// # Errors
    /// Fails if a file cannot be read.
    pub fn adopt_unrecorded(&mut self, folder: &Path, files: &Files) -> anyhow::Result<()> {
        self.outdated.append(&mut self.foreign);
        for path in files::list(folder)?.into_iter().filter(|path| !files.contains_key(path)) {
            let text = files::read(folder, &path)?.unwrap_or_default();
            let start = text.get(..text.len().min(200)).unwrap_or_default();
            if inputs::bears_header(&String::from_utf8_lossy(start)) {
                self.stray.push(path);
            }
        }
        Ok(())
    }

    /// Whether the folder holds what was generated.
    pub fn is_empty(&self) -> bool {
        self.lines("").is_empty()
    }

    /// Whether edited files are kept: never with `force`.
    pub fn keeps_edits(&self, force: bool) -> bool {
        !(force || self.edited.is_empty() && self.edited_stray.is_empty())
    }

    /// Lists the differences, one file a line.
    pub fn lines(&self, prefix: &str) -> Vec<String> {
        let groups = [
            ("missing", &self.missing),
            ("out of date", &self.outdated),
            ("edited", &self.edited),
            ("not generated, in the way", &self.foreign),
            ("no longer generated", &self.stray),
            ("no longer generated, but edited", &self.edited_stray),
        ];
        let lines = |(what, paths): (&str, &Vec<String>)| {
            paths.iter().map(|path| format!("{prefix}{path}: {what}")).collect::<Vec<_>>()
        };
        groups.into_iter().flat_map(lines).collect()
    }

    /// Checks that no file would be overwritten that was not generated.
    ///
    /// # Errors
    /// Names such files.
    pub fn refuse_foreign(&self, folder: &Path) -> anyhow::Result<()> {
        if let Some(first) = self.foreign.first() {
            let others = match self.foreign.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            anyhow::bail!(
                "{} has files that were not generated and would be overwritten: {first}{others}; generate into another \
                 folder, or move them",
                folder.display(),
            );
        }
        Ok(())
    }

    /// The changes to make, and the record after them. Edited files stay as they are unless `force`.
    pub fn into_transaction(self, mut files: Files, record: &Record, force: bool) -> (Transaction, Record) {
        let mut transaction = Transaction::default();
        let mut kept = BTreeSet::new();
        let mut write: Vec<String> = [self.missing, self.outdated].concat();
        let mut removed: BTreeSet<String> = self.stray.into_iter().collect();
        if force {
            write.extend(self.edited);
            removed.extend(self.edited_stray);
        } else {
            kept.extend(self.edited);
        }
        let forgotten: BTreeSet<String> = removed.iter().cloned().chain(self.vanished).collect();
        let after = record.after(&files, &kept, &forgotten);
        for path in write {
            if let Some(contents) = files.remove(&path) {
                transaction.generated.insert(path.clone());
                transaction.writes.insert(path, files::bytes(contents));
            }
        }
        transaction.removals = removed;
        (transaction, after)
    }
}
