//! What every command does with its input files.

use std::path::Path;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use whitesmith_smithy::model::{Model, Severity};
use whitesmith_smithy::{load, validate};

use crate::model_files::ModelFile;

/// Reads a text file.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Loads a model from files with these names and contents.
///
/// # Errors
/// The errors of an invalid model, rendered with their places.
pub fn load(files: &[ModelFile]) -> anyhow::Result<Model> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (model, mut events) = load::load(&files).map_err(|error| anyhow::anyhow!("invalid model\n{error}"))?;
    if !validate::is_invalid(&events) {
        events.extend(validate::check_shapes(&model));
    }
    let fatal: Vec<_> = events.iter().filter(|event| event.severity == Severity::Error).collect();
    if let Some(first) = fatal.first() {
        for event in fatal.iter().skip(1) {
            eprintln!("{}\n", event.render(model.sources()));
        }
        anyhow::bail!("invalid model\n{}", first.render(model.sources()));
    }
    Ok(model)
}

/// The lines at the top of every generated file.
pub fn header(model: &str, hash: &str, command: &str) -> String {
    format!("Generated from {model} (SHA-256 {hash}).\nNot to be edited: run `{command}` to make it again.")
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of one model file, or of the sorted hashes of several: the same wherever the files are.
pub fn hash_of_all(files: &[ModelFile]) -> String {
    if let [(_, bytes)] = files {
        return hash(bytes);
    }
    let mut hashes: Vec<_> = files.iter().map(|(_, bytes)| hash(bytes)).collect();
    hashes.sort();
    hash(hashes.concat().as_bytes())
}
