//! Reaching many files of a folder one after another: what leads to the last one stays open for the next.

use super::Folder;

/// A place in a folder: going through sorted paths, each folder that holds some of them is opened once.
#[derive(Debug)]
pub struct Cursor<'a> {
    root: &'a Folder,
    /// The folder of the last file, by its path, and its handle if it is there.
    last: Option<(String, Option<Folder>)>,
}

impl<'a> Cursor<'a> {
    /// Starts in a folder.
    pub fn new(root: &'a Folder) -> Self {
        Self { root, last: None }
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
        let Some((above, name)) = path.rsplit_once('/') else { return self.root.create(path, contents) };
        if self.at(above).is_none_or(|folder| folder.is_none()) {
            self.last = Some((above.to_owned(), Some(self.root.below_or_new(above)?)));
        }
        self.at(above).flatten().unwrap_or(self.root).create(name, contents)
    }

    /// The folder of a path, and the name of the file in it; `None` where a folder on the way is not there.
    fn go_to<'p>(&mut self, path: &'p str) -> anyhow::Result<Option<(&Folder, &'p str)>> {
        let Some((above, name)) = path.rsplit_once('/') else { return Ok(Some((self.root, path))) };
        if self.at(above).is_none() {
            self.last = Some((above.to_owned(), self.root.below(above)?));
        }
        Ok(self.at(above).flatten().map(|folder| (folder, name)))
    }

    /// The last folder, if it has that path.
    fn at(&self, path: &str) -> Option<Option<&Folder>> {
        self.last.as_ref().filter(|(last, _)| last == path).map(|(_, folder)| folder.as_ref())
    }
}
