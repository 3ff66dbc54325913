//! What goes into a vendored folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use toml::{Table, Value};
use whitesmith_rust::{Artifact, Settings};

use super::Only;
use super::manifest::VendoredModel;
use crate::files::Files;
use crate::sources::Sources;
use crate::standalone::Runtime;
use crate::{Program, inputs, lock_file, pinned, services, standalone};

/// Generates the pinned services afresh, and adds the runtime crates, a workspace manifest, a lock file and licences.
pub fn gather(program: &Program, root: &Path, only: Option<Only>) -> anyhow::Result<(Files, Vec<VendoredModel>)> {
    let mut files = Files::new();
    let mut models = Vec::new();
    let services = services::read(root)?;
    for (name, pin) in &services.services {
        let mut is_empty = false;
        let generated = pinned::generate_pin(root, &services, name, pin, None, &mut |settings| {
            settings.runtime = Runtime::Vendored.folder();
            limit(settings, only);
            is_empty = settings.artifacts.is_empty();
        })?;
        if is_empty {
            eprintln!("warning: {name}: model/services.toml emits nothing of what is to be vendored");
            continue;
        }
        for warning in &generated.warnings {
            eprintln!("warning: {warning}");
        }
        pinned::collect(&generated, &mut files);
        pinned::keep_change_logs(root, &generated, &mut files)?;
        models.push(VendoredModel {
            name: name.clone(),
            version: pin.version.clone(),
            origin: pin.origin.clone(),
            sha256: pin.sha256.clone(),
        });
    }
    anyhow::ensure!(!models.is_empty(), "nothing to vendor");
    let sources = program.sources(root);
    standalone::complete(&sources, &Runtime::Vendored, standalone::Manifests::new(), &mut files)?;
    add_lock_file(root, &sources, &mut files)?;
    for name in sources.licences()? {
        files.insert(name.clone(), sources.read(&name)?);
    }
    Ok((files, models))
}

/// Leaves out what was not asked for.
fn limit(settings: &mut Settings, only: Option<Only>) {
    let wanted: &[Artifact] = match only {
        None => return,
        Some(Only::Client) => &[Artifact::Types, Artifact::Client],
        Some(Only::Cli) => &[Artifact::Types, Artifact::Client, Artifact::Cli, Artifact::Docs],
        Some(Only::Mock) => &[Artifact::Types, Artifact::Mock],
    };
    settings.artifacts.retain(|artifact| wanted.contains(artifact));
}

/// The versions that this workspace was tested with.
fn add_lock_file(root: &Path, sources: &Sources, files: &mut Files) -> anyhow::Result<()> {
    let path = root.join("Cargo.lock");
    let text = if path.exists() { inputs::read_text(&path)? } else { sources.read("Cargo.lock")? };
    let mut members = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
        let manifest: Table = text.parse().with_context(|| path.clone())?;
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
        members.insert(name.unwrap_or_default().to_owned(), dependencies(&manifest));
    }
    let lock = lock_file::subset(&text, &members)?;
    files.insert("Cargo.lock".to_owned(), lock);
    if let Some(lock) = trimmed_by_cargo(files)? {
        files.insert("Cargo.lock".to_owned(), lock);
    }
    Ok(())
}

/// The lock file as Cargo leaves it: it alone knows which features, and so which packages, are out of use now. `None` where
/// there is no Cargo, or where it does not know the packages; it will trim the file when it builds.
fn trimmed_by_cargo(files: &Files) -> anyhow::Result<Option<String>> {
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    for (path, text) in files {
        let at = folder.path().join(path);
        let parent = at.parent().unwrap_or(folder.path());
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&at, text))
            .with_context(|| format!("cannot write {}", at.display()))?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--quiet", "--format-version", "1"])
        .current_dir(folder.path())
        .output();
    match output {
        Ok(output) if output.status.success() => inputs::read_text(&folder.path().join("Cargo.lock")).map(Some),
        _ => Ok(None),
    }
}

/// The names of the packages that a manifest depends on in any way.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let entries = standalone::dependency_tables(manifest).flatten();
    let package =
        |(name, value): (&String, &Value)| value.get("package").and_then(Value::as_str).unwrap_or(name).to_owned();
    entries.map(package).collect()
}
