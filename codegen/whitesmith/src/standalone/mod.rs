//! Turns a folder of generated crates into a workspace: adds the manifest and the runtime crates.

mod inheritance;
mod runtime;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use memchr::memmem;
use toml::{Table, Value};

use crate::files::{self, Files};
use crate::record::Record;
use crate::sources::Sources;

pub use runtime::Runtime;

/// The folder of the runtime crates in a generated workspace.
pub const RUNTIME_FOLDER: &str = "runtime";

/// Generated crates by folder with their manifests.
pub type Manifests = BTreeMap<String, Table>;

/// Adds the workspace's manifest to the generated crates in `files`, and copies of the runtime crates that they, or crates
/// that stay, refer to. `others` are the manifests of the latter.
///
/// # Errors
/// Fails if a runtime crate cannot be read, or a manifest is not TOML.
pub fn complete(sources: &Sources, runtime: &Runtime, others: Manifests, files: &mut Files) -> anyhow::Result<()> {
    let workspace: Table = sources.read("Cargo.toml")?.parse().context("invalid Cargo.toml of the runtime crates")?;
    let workspace = inheritance::Workspace::of(&workspace);
    runtime.refer(files, &workspace.version())?;
    let mut manifests = others;
    manifests.extend(manifests_of(files)?);
    if manifests.is_empty() {
        // Documentation alone needs no workspace.
        return Ok(());
    }
    let mut members: Vec<String> = manifests.keys().cloned().collect();
    // A folder of that name that somebody else keeps holds no copies.
    if *runtime != Runtime::Path(RUNTIME_FOLDER.to_owned()) {
        let mut needed: Vec<String> = manifests.values().flat_map(copied_crates).collect();
        let mut copied = BTreeSet::new();
        while let Some(name) = needed.pop() {
            if copied.insert(name.clone()) {
                needed.extend(runtime_crates(&copy(sources, &workspace, &name, files)?));
            }
        }
        members.extend(copied.into_iter().map(|name| format!("{RUNTIME_FOLDER}/{name}")));
    }
    files.insert("Cargo.toml".to_owned(), workspace_manifest(&members)?.into());
    Ok(())
}

/// The manifests of generated crates that an earlier run recorded in a folder and that this one does not write.
///
/// # Errors
/// Fails if one cannot be read.
pub fn other_manifests(folder: &Path, record: &Record, ours: &BTreeSet<String>) -> anyhow::Result<Manifests> {
    let mut manifests = Manifests::new();
    for path in record.paths() {
        let Some(member) = path.strip_suffix("/Cargo.toml").filter(|member| is_member(member)) else { continue };
        if ours.contains(member) {
            continue;
        }
        if let Some(bytes) = files::read(folder, path)? {
            let text = String::from_utf8_lossy(&bytes);
            manifests.insert(member.to_owned(), text.parse().with_context(|| format!("invalid manifest {path}"))?);
        }
    }
    Ok(manifests)
}

fn is_member(folder: &str) -> bool {
    !folder.starts_with("runtime/") && !folder.contains('/')
}

/// The manifests of the generated crates among files.
fn manifests_of(files: &Files) -> anyhow::Result<Manifests> {
    let manifests = files.iter().filter_map(|(path, text)| Some((path.strip_suffix("/Cargo.toml")?, text)));
    let parse = |(member, text): (&str, &Cow<'_, str>)| {
        Ok((member.to_owned(), text.parse().with_context(|| format!("invalid manifest {member}/Cargo.toml"))?))
    };
    manifests.filter(|(member, _)| is_member(member)).map(parse).collect()
}

/// The tables of a manifest that name dependencies.
pub fn dependency_tables(manifest: &Table) -> impl Iterator<Item = &Table> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = std::iter::once(manifest).chain(targets.filter_map(|(_, target)| target.as_table()));
    tables.flat_map(|table| {
        let kinds = ["dependencies", "build-dependencies", "dev-dependencies"];
        kinds.into_iter().filter_map(|kind| table.get(kind).and_then(Value::as_table))
    })
}

/// The runtime crates whose copies a generated crate's manifest refers to, by their folders.
fn copied_crates(manifest: &Table) -> Vec<String> {
    let dependencies = dependency_tables(manifest).flat_map(Table::values);
    let paths = dependencies.filter_map(|dependency| dependency.get("path").and_then(Value::as_str));
    let copies = paths.filter_map(|path| path.strip_prefix("../")?.strip_prefix(RUNTIME_FOLDER)?.strip_prefix('/'));
    copies.map(str::to_owned).collect()
}

/// The runtime crates that a manifest names, by their folders.
fn runtime_crates(manifest: &Table) -> Vec<String> {
    let names = dependency_tables(manifest).flat_map(Table::keys);
    names.filter_map(|name| name.strip_prefix("whitesmith-")).map(str::to_owned).collect()
}

/// Copies a runtime crate without its tests, and returns its manifest, which inherits nothing.
fn copy(
    sources: &Sources,
    workspace: &inheritance::Workspace<'_>,
    name: &str,
    files: &mut Files,
) -> anyhow::Result<Table> {
    let folder = format!("runtime/{name}");
    let own = format!("{folder}/Cargo.toml");
    let mut manifest: Table = sources.read(&own)?.parse().with_context(|| own.clone())?;
    for section in ["bench", "test", "example"] {
        manifest.remove(section);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        // The copy is for this workspace alone, has no README, and is found by its path.
        for key in ["readme", "keywords", "categories", "autotests"] {
            package.remove(key);
        }
        package.insert("publish".to_owned(), false.into());
    }
    workspace.expand(&mut manifest, &folder).with_context(|| own.clone())?;
    let mut code = Vec::new();
    for path in sources.list(&folder)?.into_iter().filter(|path| *path != own && !path.ends_with("/Cargo.lock")) {
        let text = sources.read(&path)?;
        if path.ends_with(".rs") {
            code.push(text.clone());
        }
        files.insert(path, text);
    }
    keep_used_dev_dependencies(&mut manifest, &code);
    files.insert(own, toml::to_string(&manifest)?.into());
    Ok(manifest)
}

/// The tests that stand in a crate's sources come along, and with them the dependencies that only they name.
fn keep_used_dev_dependencies(manifest: &mut Table, code: &[Cow<'_, str>]) {
    let package = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let package = package.unwrap_or_default().to_owned();
    let Some(dependencies) = manifest.get_mut("dev-dependencies").and_then(Value::as_table_mut) else { return };
    dependencies.retain(|name, _| {
        let library = name.replace('-', "_");
        *name != package && code.iter().any(|text| uses(text, &library))
    });
    if dependencies.is_empty() {
        manifest.remove("dev-dependencies");
    }
}

/// Whether code seems to use a library: as `library::`, or with `use library;`.
fn uses(code: &str, library: &str) -> bool {
    memmem::find_iter(code.as_bytes(), library).any(|start| {
        let (before, after) = (code.get(..start), code.get(start + library.len()..));
        after.is_some_and(|after| {
            after.starts_with("::") || after.starts_with(';') && before.is_some_and(|before| before.ends_with("use "))
        })
    })
}

fn workspace_manifest(members: &[String]) -> anyhow::Result<String> {
    let mut section = Table::new();
    section.insert("resolver".to_owned(), "3".into());
    section.insert("members".to_owned(), Value::Array(members.iter().map(|member| member.as_str().into()).collect()));
    let whole = Table::from_iter([("workspace".to_owned(), Value::Table(section))]);
    Ok(toml::to_string(&whole)?)
}
