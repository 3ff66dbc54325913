//! Loading of models, shared by all commands.

use std::collections::{HashSet, VecDeque};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use whitesmith_rust::{Generated, Settings, generate};
use whitesmith_smithy::model::{Event, Model, Severity, ShapeId};
use whitesmith_smithy::source::{Level, render};
use whitesmith_smithy::{load, validate, write};

use crate::model_files::{self, MOST_BYTES, ModelFile};

/// Reads a text file.
///
/// # Errors
/// Fails if it cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The path that stands for a model on standard input.
const STANDARD_INPUT: &str = "-";
/// The name of IDL from there.
const STANDARD_INPUT_IDL: &str = "-.smithy";

/// Reads the models of several paths, each once, in the order of the paths; those of a folder or archive sorted by name.
///
/// # Errors
/// Fails if a file cannot be read, or they are larger than a model may be.
pub fn read_models(paths: &[PathBuf]) -> anyhow::Result<Vec<ModelFile>> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            let mut bytes = Vec::new();
            let input = std::io::stdin().lock();
            input.take(MOST_BYTES + 1).read_to_end(&mut bytes).context("cannot read standard input")?;
            let name = if is_json(&bytes) { STANDARD_INPUT } else { STANDARD_INPUT_IDL };
            files.push((name.to_owned(), bytes));
        } else {
            files.extend(model_files::read(path)?);
        }
        let size: u64 = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        anyhow::ensure!(size <= MOST_BYTES, "the model exceeds the limit of {MOST_BYTES} bytes");
    }
    let mut seen = HashSet::new();
    let mut is_first: VecDeque<bool> = files.iter().map(|file| seen.insert(file)).collect();
    files.retain(|_| is_first.pop_front() == Some(true));
    Ok(files)
}

/// Whether a model without a name is a JSON AST: IDL never begins with a brace.
fn is_json(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.is_empty() || start.starts_with(b"{")
}

/// Loads a valid model from files with these names and contents.
///
/// # Errors
/// The errors of an invalid model, as [`refuse_invalid`] gives them.
pub fn load(files: &[ModelFile]) -> anyhow::Result<Model> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (mut model, events) = load::assemble(&files)?;
    refuse_invalid(&model, &validate::validate(&model, events))?;
    load::name_enum_values(&mut model);
    Ok(model)
}

/// The most errors of a model that commands other than `validate` show: files that do not belong together have thousands.
const MOST_ERRORS: usize = 20;

/// Refuses a model with errors among its events.
///
/// # Errors
/// The first of them, rendered with their places, and how many there are.
pub fn refuse_invalid(model: &Model, events: &[Event]) -> anyhow::Result<()> {
    let errors: Vec<&Event> = events.iter().filter(|event| event.severity == Severity::Error).collect();
    let mut rendered: Vec<String> =
        errors.iter().take(MOST_ERRORS).map(|event| event.render(model.sources())).collect();
    if errors.len() > MOST_ERRORS {
        rendered.push(format!("and {} more: `validate` lists them", errors.len() - MOST_ERRORS));
    }
    anyhow::ensure!(rendered.is_empty(), "invalid model\n{}", rendered.join("\n\n"));
    Ok(())
}

/// Generates; an error about a place in the model shows it, any other says what `name` is.
///
/// # Errors
/// Fails if nothing can be generated.
pub fn generate_from(model: &Model, settings: &Settings, name: &str) -> anyhow::Result<Generated> {
    let generated = generate(model, settings).map_err(|error| match error.span() {
        Some(span) => {
            let title = error.to_string();
            anyhow::anyhow!("invalid model\n{}", render(model.sources(), Level::Error, None, &title, span))
        }
        None => error.into(),
    });
    generated.with_context(|| name.to_owned())
}

/// The one file that is pinned for a model: a JSON AST as it is, anything else merged into one.
///
/// # Errors
/// Fails if a file is not a model.
pub fn pinnable(files: &[ModelFile]) -> anyhow::Result<Vec<u8>> {
    match files {
        [(name, bytes)] if !name.ends_with(".smithy") => Ok(bytes.clone()),
        _ => {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            Ok(write::pretty(&write::ast(&load::assemble(&files)?.0)).into_bytes())
        }
    }
}

/// Returns the origin of a model: title and version of the service, and the files' names.
pub fn origin_of(paths: &[PathBuf], model: &Model, service: &ShapeId) -> String {
    let shape = model.shape(service);
    let title = shape.map_or("", |shape| shape.traits.title().unwrap_or_else(|| shape.id.name()));
    let version = shape.and_then(|shape| shape.as_service()).map(|service| &*service.version).unwrap_or_default();
    let version = if version.is_empty() { String::new() } else { format!("version {version}") };
    let names = paths.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let parts = [title.to_owned(), version].into_iter().chain(names);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The start of the first line of every generated file, after the comment mark.
const MARK: &str = "@generated by Whitesmith from ";

/// The lines at the top of every generated file.
pub fn header(model: &str, command: &str) -> String {
    format!("{MARK}{model}. DO NOT EDIT.\nRegenerate with `{command}`.")
}

/// Whether a file starts with that header, or with that of versions before 0.1. Other generators mark their files, too.
pub fn bears_header(start: &str) -> bool {
    start.contains(MARK) || (start.contains("Generated from ") && start.contains(" (SHA-256 "))
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        text.extend([byte >> 4, byte & 0xf].into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)));
    }
    text
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
