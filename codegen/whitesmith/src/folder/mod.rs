//! Folders by their handles: what lies below one is reached part by part, and never through a symbolic link, even if
//! another process replaces folders by links meanwhile.

mod cursor;
#[cfg(not(unix))]
#[path = "portable.rs"]
mod handle;
#[cfg(unix)]
#[path = "unix.rs"]
mod handle;
mod steps;

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;

pub use cursor::Cursor;
use handle::Handle;
pub use steps::Steps;

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// A folder.
#[derive(Debug)]
pub struct Folder {
    handle: Handle,
    /// Where it is, for messages.
    path: PathBuf,
    steps: Steps,
}

/// Where a path below a folder leads: the folder that it lies in, and its name there.
struct Place<'a> {
    root: &'a Folder,
    below: Option<Folder>,
    name: OsString,
}

impl Place<'_> {
    fn folder(&self) -> &Folder {
        self.below.as_ref().unwrap_or(self.root)
    }

    fn path(&self) -> PathBuf {
        self.folder().path.join(&self.name)
    }

    fn kind(&self) -> anyhow::Result<Option<Kind>> {
        let kind = self.folder().kind(&self.name)?;
        anyhow::ensure!(kind != Some(Kind::Link), "{}", link(&self.path()));
        Ok(kind)
    }
}

fn link(path: &Path) -> String {
    format!("refusing to follow the symbolic link {}: replace it by what it leads to", path.display())
}

/// The parts of a path of a file below a folder.
///
/// # Errors
/// The path is empty, absolute or leads upwards.
pub fn parts(path: &str) -> anyhow::Result<Vec<&OsStr>> {
    let parts = Path::new(path).components().map(|part| match part {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    let parts: Option<Vec<&OsStr>> = parts.collect();
    parts
        .filter(|parts| !parts.is_empty())
        .with_context(|| format!("invalid path `{path}`: it leaves the folder of generated files"))
}

impl Folder {
    /// Opens a folder. Links on the way to it are followed: they are its owner's.
    ///
    /// # Errors
    /// When it is not there, or no folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::open_counted(path, Steps::default())
    }

    /// Opens a folder, whose changes are counted.
    ///
    /// # Errors
    /// Those of [`Folder::open`].
    pub fn open_counted(path: &Path, steps: Steps) -> io::Result<Self> {
        Ok(Self { handle: Handle::open(path)?, path: path.to_path_buf(), steps })
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn kind(&self, name: &OsStr) -> anyhow::Result<Option<Kind>> {
        self.handle.kind(name).with_context(|| format!("cannot read {}", self.path.join(name).display()))
    }

    fn child(&self, name: &OsStr) -> anyhow::Result<Option<Self>> {
        let path = self.path.join(name);
        let error = match self.handle.folder(name) {
            Ok(handle) => return Ok(Some(Self { handle, path, steps: self.steps.clone() })),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => error,
        };
        match self.kind(name)? {
            Some(Kind::Link) => anyhow::bail!("{}", link(&path)),
            Some(Kind::Folder) => Err(error).with_context(|| format!("cannot open {}", path.display())),
            _ => Ok(None),
        }
    }

    fn child_or_new(&self, name: &OsStr) -> anyhow::Result<Self> {
        if let Some(child) = self.child(name)? {
            return Ok(child);
        }
        let path = || format!("cannot create {}", self.path.join(name).display());
        match self.steps.take().and_then(|()| self.handle.make_folder(name)) {
            // Another thread may have made it.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error).with_context(path),
            _ => {}
        }
        self.child(name)?.with_context(path)
    }

    /// Opens a folder below this one by its path; `None` where there is none.
    ///
    /// # Errors
    /// When a symbolic link is on the way.
    pub fn below(&self, path: &str) -> anyhow::Result<Option<Self>> {
        let mut at: Option<Self> = None;
        for part in parts(path)? {
            match at.as_ref().unwrap_or(self).child(part)? {
                Some(child) => at = Some(child),
                None => return Ok(None),
            }
        }
        Ok(at)
    }

    /// The place of a path; `None` where a folder on the way is not there.
    fn place(&self, path: &str) -> anyhow::Result<Option<Place<'_>>> {
        self.place_in(path, Self::child)
    }

    fn place_or_new(&self, path: &str) -> anyhow::Result<Place<'_>> {
        let place = self.place_in(path, |folder, name| folder.child_or_new(name).map(Some))?;
        place.with_context(|| format!("cannot create {}", self.path.join(path).display()))
    }

    fn place_in(
        &self,
        path: &str,
        child: impl Fn(&Self, &OsStr) -> anyhow::Result<Option<Self>>,
    ) -> anyhow::Result<Option<Place<'_>>> {
        let parts = parts(path)?;
        let Some((name, folders)) = parts.split_last() else { return Ok(None) };
        let mut below: Option<Self> = None;
        for part in folders {
            match child(below.as_ref().unwrap_or(self), part)? {
                Some(next) => below = Some(next),
                None => return Ok(None),
            }
        }
        Ok(Some(Place { root: self, below, name: (*name).to_owned() }))
    }

    /// Whether a file or folder is there.
    ///
    /// # Errors
    /// When a symbolic link is on the way, or stands there.
    pub fn contains(&self, path: &str) -> anyhow::Result<bool> {
        Ok(match self.place(path)? {
            Some(place) => place.kind()?.is_some(),
            None => false,
        })
    }

    /// Reads a file; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, is not a regular file, or a symbolic link is on the way.
    pub fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let Some(place) = self.place(path)? else { return Ok(None) };
        let refused = || format!("cannot read {}", place.path().display());
        match place.kind()? {
            None => Ok(None),
            Some(Kind::File) => place.folder().handle.read(&place.name).map(Some).with_context(refused),
            Some(_) => Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file")).with_context(refused),
        }
    }

    /// Writes a file that is not there yet, with the folders above it.
    ///
    /// # Errors
    /// When it cannot be written, or a symbolic link is on the way.
    pub fn create(&self, path: &str, contents: &[u8]) -> anyhow::Result<()> {
        let place = self.place_or_new(path)?;
        let create = || {
            self.steps.take()?;
            place.folder().handle.create(&place.name, contents)
        };
        create().with_context(|| format!("cannot write {}", place.path().display()))
    }

    /// Makes the contents of a file durable.
    ///
    /// # Errors
    /// When it is not there, or the file system cannot.
    pub fn sync_file(&self, path: &str) -> anyhow::Result<()> {
        let refused = || format!("cannot write {}", self.path.join(path).display());
        let place = self.place(path)?.with_context(refused)?;
        place.folder().handle.sync_file(&place.name).with_context(refused)
    }

    /// Moves a file or folder, over a file that is there already, with the folders above it.
    ///
    /// # Errors
    /// When it cannot be moved, or a symbolic link is on the way of either path.
    pub fn rename(&self, from: &str, to: &str) -> anyhow::Result<()> {
        let (target, source) = (self.place_or_new(to)?, self.place(from)?);
        target.kind()?;
        let source = source.with_context(|| format!("cannot read {}", self.path.join(from).display()))?;
        let rename = || {
            self.steps.take()?;
            source.folder().handle.rename(&source.name, &target.folder().handle, &target.name)
        };
        rename().with_context(|| format!("cannot write {}", target.path().display()))
    }

    /// Removes a file if it is there, and the folders above it that are empty then.
    ///
    /// # Errors
    /// When it cannot be removed, or a symbolic link is on the way.
    pub fn remove(&self, path: &str) -> anyhow::Result<()> {
        let refused = || format!("cannot remove {}", self.path.join(path).display());
        if let Some(place) = self.place(path)?.filter(|place| place.kind().ok() != Some(None)) {
            place.kind()?;
            self.steps.take().and_then(|()| place.folder().handle.remove_file(&place.name)).with_context(refused)?;
        }
        let mut above = path;
        while let Some((folder, _)) = above.rsplit_once('/') {
            let Some(place) = self.place(folder)? else {
                above = folder;
                continue;
            };
            self.steps.take().with_context(refused)?;
            // Fails on the first folder that is not empty: the ones above it are not either.
            match place.folder().handle.remove_folder(&place.name) {
                Err(error) if error.kind() != ErrorKind::NotFound => break,
                _ => above = folder,
            }
        }
        Ok(())
    }

    /// Removes a folder with all that is in it.
    ///
    /// # Errors
    /// When something in it cannot be removed.
    pub fn remove_all(&self, name: &OsStr) -> anyhow::Result<()> {
        let refused = || format!("cannot remove {}", self.path.join(name).display());
        if let Some(folder) = self.child(name)? {
            for (entry, kind) in folder.entries()? {
                if kind == Kind::Folder {
                    folder.remove_all(&entry)?;
                } else {
                    let remove = || {
                        self.steps.take()?;
                        folder.handle.remove_file(&entry)
                    };
                    remove().with_context(refused)?;
                }
            }
        }
        self.steps.take().and_then(|()| self.handle.remove_folder(name)).with_context(refused)
    }

    /// Lists the entries of the folder, sorted by name.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn entries(&self) -> anyhow::Result<Vec<(OsString, Kind)>> {
        let mut entries = self.handle.entries().with_context(|| format!("cannot list {}", self.path.display()))?;
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(entries)
    }

    /// Makes the names in the folder durable.
    ///
    /// # Errors
    /// When the file system cannot.
    pub fn sync(&self) -> anyhow::Result<()> {
        self.handle.sync().with_context(|| format!("cannot write to {}", self.path.display()))
    }
}
