//! The list of what was generated into a folder. Nothing else there is ever overwritten or removed.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use anyhow::Context as _;

use crate::tree::{Difference, Files};

/// The list's file name. It holds a path a line, with forward slashes.
const LIST: &str = ".whitesmith-files";

/// The list of a folder.
#[derive(Debug, Default)]
pub struct FileList {
    paths: BTreeSet<String>,
}

impl FileList {
    /// Reads the list of a folder; an empty one where nothing was generated.
    ///
    /// # Errors
    /// When it names a file outside of the folder.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(LIST);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let paths: BTreeSet<String> = text.lines().map(str::to_owned).collect();
        for listed in &paths {
            let stays = Path::new(listed).components().all(|part| matches!(part, Component::Normal(_)));
            anyhow::ensure!(stays, "{}: {listed} leaves the folder", path.display());
        }
        Ok(Self { paths })
    }

    /// The files of earlier runs in some folders that are no longer generated.
    pub fn stray(&self, folder: &Path, owned: &BTreeSet<String>, files: &Files) -> Vec<String> {
        let is_owned = |path: &&String| path.split_once('/').is_some_and(|(top, _)| owned.contains(top));
        let gone = self.paths.iter().filter(is_owned).filter(|path| !files.contains_key(*path));
        gone.filter(|path| folder.join(path).exists()).cloned().collect()
    }

    /// Refuses a change of files that no run wrote.
    ///
    /// # Errors
    /// With their names.
    pub fn refuse_strangers(&self, folder: &Path, difference: &Difference) -> anyhow::Result<()> {
        let strangers: Vec<_> =
            difference.changed.iter().filter(|path| *path != LIST && !self.paths.contains(*path)).collect();
        if let Some(first) = strangers.first() {
            let others = match strangers.len() {
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

    /// Adds the list itself to the files: theirs, and those of earlier runs that stay.
    pub fn add_to(&self, files: &mut Files, stray: &[String]) {
        let kept = self.paths.iter().filter(|path| !stray.contains(path));
        let all: BTreeSet<&String> = files.keys().chain(kept).collect();
        let text: String = all.into_iter().flat_map(|path| [path.as_str(), "\n"]).collect();
        files.insert(LIST.to_owned(), text);
    }
}
