//! The manifest of a vendored folder: the generator, the models, and a hash for each file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::files::{self, Files};
use crate::inputs;
use crate::record::Record;

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
    /// The origin of the model.
    pub origin: String,
    /// The SHA-256 of the model.
    pub sha256: String,
}

impl Manifest {
    /// The list of files.
    pub fn of(files: &Files, models: Vec<VendoredModel>) -> Self {
        Self {
            generator: concat!("whitesmith ", env!("CARGO_PKG_VERSION")).to_owned(),
            models,
            files: files.iter().map(|(path, text)| (path.clone(), inputs::hash(text.as_bytes()))).collect(),
        }
    }

    /// Reads the list of a folder, if there is one.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let bytes = files::read(folder, MANIFEST)?;
        let parse = |bytes: Vec<u8>| serde_json::from_slice(&bytes);
        bytes.map(parse).transpose().with_context(|| format!("invalid {}", folder.join(MANIFEST).display()))
    }

    /// The list as text.
    pub fn render(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Returns the record of the files.
    pub fn record(&self) -> Record {
        Record::of_hashes(&self.files)
    }
}
