//! Reaching many files of a folder one after another: what leads to the last one stays open for the next.

use std::ffi::{OsStr, OsString};

use super::{Folder, parts};

/// A place in a folder: going through sorted paths, each folder that holds some of them is opened once.
#[derive(Debug)]
pub struct Cursor<'a> {
    root: &'a Folder,
    /// The folders that lead to the last file, as far as they are there, with their names.
    open: Vec<(OsString, Folder)>,
}

impl<'a> Cursor<'a> {
    /// Starts in a folder.
    pub fn new(root: &'a Folder) -> Self {
        Self { root, open: Vec::new() }
    }

    /// Whether a file or folder is there.
    ///
    /// # Errors
    /// As [`Folder::contains`].
    pub fn contains(&mut self, path: &str) -> anyhow::Result<bool> {
        match self.go_to(path)? {
            Some((folder, name)) => folder.contains(name),
            None => Ok(false),
        }
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn read(&mut self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self.go_to(path)? {
            Some((folder, name)) => folder.read(name),
            None => Ok(None),
        }
    }

    /// Writes a file that is not there yet, with the folders above it.
    ///
    /// # Errors
    /// As [`Folder::create`].
    pub fn create(&mut self, path: &str, contents: &[u8]) -> anyhow::Result<()> {
        match self.walk(path, |folder, name| folder.child_or_new(name).map(Some))? {
            Some((folder, name)) => folder.create(name, contents),
            None => self.root.create(path, contents),
        }
    }

    /// The folder of a path, and the name of the file in it; `None` where a folder on the way is not there.
    fn go_to<'p>(&mut self, path: &'p str) -> anyhow::Result<Option<(&Folder, &'p str)>> {
        self.walk(path, Folder::child)
    }

    /// Opens the folders above a path, except those that are open since the last one.
    fn walk<'p>(
        &mut self,
        path: &'p str,
        child: impl Fn(&Folder, &OsStr) -> anyhow::Result<Option<Folder>>,
    ) -> anyhow::Result<Option<(&Folder, &'p str)>> {
        let Some((above, name)) = path.rsplit_once('/') else { return Ok(Some((self.root, path))) };
        let parts = parts(above)?;
        let shared = self.open.iter().zip(&parts).take_while(|((open, _), part)| open == *part).count();
        self.open.truncate(shared);
        for part in parts.into_iter().skip(shared) {
            match child(self.last(), part)? {
                Some(folder) => self.open.push((part.to_owned(), folder)),
                None => return Ok(None),
            }
        }
        Ok(Some((self.last(), name)))
    }

    fn last(&self) -> &Folder {
        self.open.last().map_or(self.root, |(_, folder)| folder)
    }
}
