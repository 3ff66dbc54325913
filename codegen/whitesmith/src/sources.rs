//! The files of this project that generated workspaces hold: runtime crates, licences, and the versions that they use.

use std::borrow::Cow;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::{files, inputs};

/// The place of the files.
#[derive(Clone, Debug)]
pub enum Sources {
    /// In a program that carries them, sorted by path.
    Packed(&'static [(&'static str, &'static str)]),
    /// In a checkout of this project.
    Checkout(PathBuf),
}

impl Sources {
    /// Reads a file by its path in the project.
    ///
    /// # Errors
    /// Fails if there is none.
    pub fn read(&self, path: &str) -> anyhow::Result<Cow<'static, str>> {
        match self {
            Self::Packed(files) => {
                let found = files.binary_search_by_key(&path, |(name, _)| *name).ok();
                let text = found.and_then(|place| files.get(place)).map(|(_, text)| (*text).into());
                text.with_context(|| format!("this program does not embed {path}"))
            }
            Self::Checkout(root) => inputs::read_text(&root.join(path)).map(Cow::Owned),
        }
    }

    /// Lists the files of a folder by their paths in the project, without those that are for development.
    ///
    /// # Errors
    /// Fails if a folder cannot be listed.
    pub fn list(&self, folder: &str) -> anyhow::Result<Vec<String>> {
        let prefix = format!("{folder}/");
        let paths: Vec<String> = match self {
            Self::Packed(files) => {
                files.iter().filter(|(path, _)| path.starts_with(&prefix)).map(|(path, _)| (*path).to_owned()).collect()
            }
            Self::Checkout(root) => {
                files::list(&root.join(folder))?.into_iter().map(|path| format!("{prefix}{path}")).collect()
            }
        };
        let is_for_development = |path: &str| {
            path.strip_prefix(&prefix)
                .is_some_and(|path| ["tests/", "benches/", "examples/"].iter().any(|folder| path.starts_with(folder)))
        };
        Ok(paths.into_iter().filter(|path| !is_for_development(path)).collect())
    }

    /// The names of the licences and notices.
    ///
    /// # Errors
    /// Fails if a folder cannot be listed.
    pub fn licences(&self) -> anyhow::Result<Vec<String>> {
        let names: Vec<String> = match self {
            Self::Packed(files) => files.iter().map(|(path, _)| (*path).to_owned()).collect(),
            Self::Checkout(root) => {
                let entries = std::fs::read_dir(root).with_context(|| format!("cannot list {}", root.display()))?;
                entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
            }
        };
        let is_licence = |name: &String| ["LICENSE", "NOTICE"].iter().any(|start| name.starts_with(start));
        Ok(names.into_iter().filter(is_licence).collect())
    }
}
