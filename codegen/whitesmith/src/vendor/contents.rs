//! What goes into a vendored folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use toml::{Table, Value};
use whitesmith_rust::{Face, Generated, Settings, generate};

use super::Only;
use super::manifest::VendoredModel;
use crate::tree::Files;
use crate::{inputs, lock_file, pinned, services, standalone};

/// Generates the pinned services afresh, and adds the runtime crates, a workspace manifest, a lock file and licences.
pub fn gather(root: &Path, only: Option<Only>) -> anyhow::Result<(Files, Vec<VendoredModel>)> {
    let mut files = Files::new();
    let mut models = Vec::new();
    for (name, pin) in services::read(root)?.services {
        let bytes = pinned::model_bytes(root, &pin)?;
        let model = pinned::load(root, &pin, bytes)?;
        let mut settings = pinned::settings(root, &name, &pin)?;
        settings.runtime = "../runtime".to_owned();
        limit(&mut settings, only);
        if settings.faces.is_empty() {
            eprintln!("warning: {name}: model/services.toml emits nothing of what is to be vendored");
            continue;
        }
        let generated =
            generate(&model, &settings).with_context(|| format!("model/services.toml: [services.{name}]"))?;
        for warning in &generated.warnings {
            eprintln!("warning: {warning}");
        }
        collect(root, &generated, &mut files)?;
        models.push(VendoredModel { name, version: pin.version, origin: pin.origin, sha256: pin.sha256 });
    }
    anyhow::ensure!(!models.is_empty(), "there is nothing to vendor");
    standalone::complete(root, &mut files)?;
    add_lock_file(root, &mut files)?;
    add_licences(root, &mut files)?;
    Ok((files, models))
}

/// Leaves out what was not asked for.
fn limit(settings: &mut Settings, only: Option<Only>) {
    let wanted: &[Face] = match only {
        None => return,
        Some(Only::Client) => &[Face::Types, Face::Client],
        Some(Only::Cli) => &[Face::Types, Face::Client, Face::Cli, Face::Docs],
        Some(Only::Mock) => &[Face::Types, Face::Mock],
    };
    settings.faces.retain(|face| wanted.contains(face));
}

fn collect(root: &Path, generated: &Generated, files: &mut Files) -> anyhow::Result<()> {
    pinned::collect(generated, files);
    pinned::keep_change_logs(root, generated, files)
}

/// The versions that this workspace was tested with.
fn add_lock_file(root: &Path, files: &mut Files) -> anyhow::Result<()> {
    let path = root.join("Cargo.lock");
    if !path.exists() {
        return Ok(());
    }
    let mut members = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
        let manifest: Table = text.parse().with_context(|| path.clone())?;
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
        members.insert(name.unwrap_or_default().to_owned(), dependencies(&manifest));
    }
    let lock = lock_file::subset(&inputs::read_text(&path)?, &members)?;
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
            .with_context(|| format!("{} cannot be written", at.display()))?;
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
    let mut names = BTreeSet::new();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = std::iter::once(manifest).chain(targets.filter_map(|(_, target)| target.as_table()));
    for table in tables {
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            for (name, value) in table.get(kind).and_then(Value::as_table).into_iter().flatten() {
                let package = value.get("package").and_then(Value::as_str);
                names.insert(package.unwrap_or(name).to_owned());
            }
        }
    }
    names
}

/// The licences of this project, and its notices about what it took over from others.
fn add_licences(root: &Path, files: &mut Files) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(root).with_context(|| format!("{} cannot be listed", root.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ["LICENSE", "NOTICE"].iter().any(|start| name.starts_with(start)) {
            files.insert(name.clone(), inputs::read_text(&root.join(&name))?);
        }
    }
    Ok(())
}
