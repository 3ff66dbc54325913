//! What turns a folder of generated crates into a workspace of its own: the manifest, and the runtime crates that they use.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use toml::{Table, Value};

use crate::tree::{self, Files};

/// Adds the workspace's manifest and the runtime crates, at `runtime/`, to the generated crates in `files`.
pub fn complete(root: &Path, files: &mut Files) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(root.join("Cargo.toml")).context("the workspace's Cargo.toml cannot be read")?;
    let workspace: Table = text.parse().context("the workspace's Cargo.toml is no TOML")?;
    let manifests: Vec<Table> = files
        .iter()
        .filter(|(path, _)| path.ends_with("/Cargo.toml"))
        .map(|(path, text)| text.parse().with_context(|| path.clone()))
        .collect::<anyhow::Result<_>>()?;
    let mut members: Vec<Value> = files
        .keys()
        .filter_map(|path| path.strip_suffix("/Cargo.toml"))
        .map(|member| Value::String(member.to_owned()))
        .collect();
    if members.is_empty() {
        // Documentation alone is no workspace.
        return Ok(());
    }
    let mut used = Dependencies::default();
    for manifest in &manifests {
        used.collect(manifest, false);
    }
    let mut done = BTreeSet::new();
    while let Some(name) = used.runtime.iter().find(|name| !done.contains(*name)).cloned() {
        let manifest = copy(root, &name, files)?;
        used.collect(&manifest, true);
        members.push(Value::String(format!("runtime/{name}")));
        done.insert(name);
    }
    let text = manifest(&workspace, members, &used)?;
    files.insert("Cargo.toml".to_owned(), text);
    Ok(())
}

/// Dependencies that manifests name.
#[derive(Default)]
struct Dependencies {
    /// Runtime crates, by the names of their folders.
    runtime: BTreeSet<String>,
    /// Crates that the workspace says the version of.
    inherited: BTreeSet<String>,
}

impl Dependencies {
    fn collect(&mut self, manifest: &Table, is_runtime: bool) {
        let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
        let tables = std::iter::once(manifest).chain(targets.filter_map(|(_, target)| target.as_table()));
        for table in tables {
            for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
                let Some(table) = table.get(kind).and_then(Value::as_table) else { continue };
                for name in table.keys() {
                    if let Some(folder) = name.strip_prefix("whitesmith-") {
                        self.runtime.insert(folder.to_owned());
                    }
                    if is_runtime {
                        self.inherited.insert(name.clone());
                    }
                }
            }
        }
    }
}

/// Copies a runtime crate without its tests, and returns its manifest.
fn copy(root: &Path, name: &str, files: &mut Files) -> anyhow::Result<Table> {
    let folder = root.join("runtime").join(name);
    let read = |path: &str| {
        let at = folder.join(path);
        std::fs::read_to_string(&at).with_context(|| format!("{} cannot be read", at.display()))
    };
    let mut manifest: Table = read("Cargo.toml")?.parse().with_context(|| format!("runtime/{name}/Cargo.toml"))?;
    for section in ["bench", "test", "example"] {
        manifest.remove(section);
    }
    let mut sources = Vec::new();
    for path in tree::listing(&folder)? {
        if !["Cargo.toml", "Cargo.lock"].contains(&path.as_str()) && !is_for_development(&path) {
            let text = read(&path)?;
            if path.ends_with(".rs") {
                sources.push(text.clone());
            }
            files.insert(format!("runtime/{name}/{path}"), text);
        }
    }
    keep_used_dev_dependencies(&mut manifest, &sources);
    files.insert(format!("runtime/{name}/Cargo.toml"), toml::to_string(&manifest)?);
    Ok(manifest)
}

/// The tests that stand in a crate's sources come along, and with them the dependencies that only they name.
fn keep_used_dev_dependencies(manifest: &mut Table, sources: &[String]) {
    let package = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let package = package.unwrap_or_default().to_owned();
    let Some(dependencies) = manifest.get_mut("dev-dependencies").and_then(Value::as_table_mut) else { return };
    dependencies.retain(|name, _| {
        let library = name.replace('-', "_");
        let uses = [format!("{library}::"), format!("use {library};")];
        *name != package && sources.iter().any(|text| uses.iter().any(|used| text.contains(used)))
    });
    if dependencies.is_empty() {
        manifest.remove("dev-dependencies");
    }
}

fn is_for_development(path: &str) -> bool {
    ["tests/", "benches/", "examples/"].iter().any(|folder| path.starts_with(folder))
}

fn manifest(workspace: &Table, members: Vec<Value>, used: &Dependencies) -> anyhow::Result<String> {
    let original = workspace.get("workspace").and_then(Value::as_table).context("Cargo.toml has no [workspace]")?;
    let mut section = Table::new();
    section.insert("resolver".to_owned(), "3".into());
    section.insert("members".to_owned(), Value::Array(members));
    for key in ["package", "lints"] {
        if let Some(value) = original.get(key) {
            section.insert(key.to_owned(), value.clone());
        }
    }
    let mut dependencies = Table::new();
    let all = original.get("dependencies").and_then(Value::as_table).into_iter().flatten();
    for (name, value) in all.filter(|(name, _)| used.inherited.contains(*name)) {
        dependencies.insert(name.clone(), value.clone());
    }
    section.insert("dependencies".to_owned(), Value::Table(dependencies));
    let mut whole = Table::new();
    whole.insert("workspace".to_owned(), Value::Table(section));
    Ok(toml::to_string(&whole)?)
}
