//! The list of what was vendored: made by which generator, from which models, with which bytes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::hash;
use crate::inputs;
use crate::tree::Files;

/// The list's file name.
pub const MANIFEST: &str = "whitesmith-vendor.json";

/// The list.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Manifest {
    /// The version of the generator.
    pub generator: String,
    /// The models that the crates were generated from.
    pub models: Vec<VendoredModel>,
    /// The SHA-256 of every file, by path.
    pub files: BTreeMap<String, String>,
}

/// A model.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct VendoredModel {
    /// The name of the crates.
    pub name: String,
    /// Their version.
    pub version: String,
    /// Where the model came from.
    pub origin: String,
    /// The SHA-256 of the model.
    pub sha256: String,
}

/// How files differ from the list.
#[derive(Debug, Default)]
pub struct Found {
    /// Files with other bytes.
    pub edited: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
}

impl Manifest {
    /// The list of files.
    pub fn of(files: &Files, models: Vec<VendoredModel>) -> Self {
        Self {
            generator: concat!("whitesmith ", env!("CARGO_PKG_VERSION")).to_owned(),
            models,
            files: files.iter().map(|(path, text)| (path.clone(), hash(text))).collect(),
        }
    }

    /// Reads the list of a folder, if there is one.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = folder.join(MANIFEST);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let manifest = serde_json::from_slice(&bytes);
                manifest.map(Some).with_context(|| format!("{} is damaged", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// The list as text.
    pub fn render(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Compares the files of a folder with the list. Files that are not in the list do not matter.
    pub fn compare(&self, folder: &Path) -> anyhow::Result<Found> {
        let mut found = Found::default();
        for (path, expected) in &self.files {
            match std::fs::read(folder.join(path)) {
                Ok(bytes) if inputs::hash(&bytes) == *expected => {}
                Ok(_) => found.edited.push(path.clone()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => found.missing.push(path.clone()),
                Err(error) => return Err(error).with_context(|| format!("{path} cannot be read")),
            }
        }
        Ok(found)
    }
}
