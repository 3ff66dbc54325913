//! Folders by their paths, for systems without calls relative to handles. A link is detected, unless it is created between
//! the check and the use.

use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::Kind;

#[derive(Debug)]
pub(super) struct Handle(PathBuf);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::read_dir(path)?;
        Ok(Self(path.to_path_buf()))
    }

    pub(super) fn folder(&self, name: &OsStr) -> io::Result<Self> {
        match self.kind(name)? {
            Some(Kind::Folder) => Self::open(&self.0.join(name)),
            Some(_) => Err(ErrorKind::NotADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    pub(super) fn make_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    pub(super) fn kind(&self, name: &OsStr) -> io::Result<Option<Kind>> {
        match fs::symlink_metadata(self.0.join(name)) {
            Ok(found) => Ok(Some(kind_of(found.file_type()))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(name))
    }

    pub(super) fn create(&self, name: &OsStr, contents: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))?.write_all(contents)
    }

    pub(super) fn sync_file(&self, name: &OsStr) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.0.join(name))?.sync_data()
    }

    pub(super) fn rename(&self, name: &OsStr, to: &Self, new: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(name), to.0.join(new))
    }

    pub(super) fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    pub(super) fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    pub(super) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), kind_of(entry.file_type()?)))
        };
        fs::read_dir(&self.0)?.map(entry).collect()
    }

    /// Only Unix can make the names in a folder durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

fn kind_of(found: fs::FileType) -> Kind {
    if found.is_symlink() {
        Kind::Link
    } else if found.is_dir() {
        Kind::Folder
    } else if found.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}
