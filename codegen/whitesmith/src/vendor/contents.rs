//! Contents of a vendored folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use toml::{Table, Value};
use whitesmith_rust::{Artifact, Settings};

use super::lock::{self, Member};
use super::manifest::VendoredModel;
use super::only::Only;
use crate::files::Files;
use crate::sources::Sources;
use crate::standalone::Runtime;
use crate::{Program, pinned, services, standalone};

/// Generates the pinned services afresh, and adds the runtime crates, a workspace manifest, a lock file and licences.
pub fn gather(program: &Program, root: &Path, only: Option<Only>) -> anyhow::Result<(Files, Vec<VendoredModel>)> {
    let mut files = Files::new();
    let (mut models, mut plans) = (Vec::new(), BTreeMap::new());
    let services = services::read(root)?;
    for (name, pin) in &services.services {
        let mut settings = pinned::settings(root, &services, name, pin)?;
        settings.runtime = Runtime::Vendored.folder();
        limit(&mut settings, only);
        if settings.artifacts.is_empty() {
            eprintln!("warning: {name}: model/services.toml emits nothing that `--only` selects");
            continue;
        }
        let model = pinned::load(root, pin, pinned::model_bytes(root, pin)?)?;
        let generated = pinned::generate_with(&model, &settings, name)?;
        for warning in &generated.warnings {
            eprintln!("warning: {warning}");
        }
        pinned::keep_change_logs(root, &generated, &mut files)?;
        pinned::collect(generated.crates, &mut files);
        models.push(VendoredModel {
            name: name.clone(),
            version: pin.version.clone(),
            origin: pin.origin.clone(),
            sha256: pin.sha256.clone(),
        });
        plans.insert(name.clone(), generated.plan);
    }
    anyhow::ensure!(!models.is_empty(), "nothing to vendor: model/services.toml pins no service that emits it");
    if matches!(only, None | Some(Only::Cli)) {
        pinned::collect_programs(&services, &plans, &mut files)?;
    }
    let sources = program.sources(root);
    standalone::complete(&sources, &Runtime::Vendored, standalone::Manifests::new(), &mut files)?;
    add_lock_file(&sources, &mut files)?;
    for name in sources.licences()? {
        files.insert(name.clone(), sources.read(&name)?);
    }
    Ok((files, models))
}

/// Limits the artifacts to the one that was asked for.
fn limit(settings: &mut Settings, only: Option<Only>) {
    let wanted: &[Artifact] = match only {
        None => return,
        Some(Only::Client) => &[Artifact::Types, Artifact::Client],
        Some(Only::Cli) => &[Artifact::Types, Artifact::Client, Artifact::Cli, Artifact::Docs],
        Some(Only::Mock) => &[Artifact::Types, Artifact::Mock],
    };
    settings.artifacts.retain(|artifact| wanted.contains(artifact));
}

/// The versions that the runtime crates were tested with.
fn add_lock_file(sources: &Sources, files: &mut Files) -> anyhow::Result<()> {
    let mut members = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
        let manifest: Table = text.parse().with_context(|| path.clone())?;
        let text = |key: &str| manifest.get("package")?.get(key)?.as_str().map(str::to_owned);
        members.push(Member {
            name: text("name").unwrap_or_default(),
            version: text("version").unwrap_or_default(),
            dependencies: dependencies(&manifest),
        });
    }
    files.insert("Cargo.lock".to_owned(), lock::lock(&sources.read("Cargo.lock")?, &members)?.into());
    Ok(())
}

/// The names of all packages that a manifest depends on, optional and development ones included.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let entries = standalone::dependency_tables(manifest).flatten();
    let package =
        |(name, value): (&String, &Value)| value.get("package").and_then(Value::as_str).unwrap_or(name).to_owned();
    entries.map(package).collect()
}
