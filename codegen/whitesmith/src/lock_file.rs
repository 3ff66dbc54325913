//! Editing `Cargo.lock` as Cargo would, without starting Cargo.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use toml_edit::{DocumentMut, Item, Table, value};

/// The text with new versions of the workspace's own crates. Crates of the same name from a registry stay as they are.
pub fn edit(text: &str, versions: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse().context("invalid Cargo.lock")?;
    if let Some(packages) = document.get_mut("package").and_then(Item::as_array_of_tables_mut) {
        for package in packages.iter_mut().filter(|package| !package.contains_key("source")) {
            let name = package.get("name").and_then(Item::as_str).unwrap_or_default();
            if let Some(version) = versions.get(name) {
                package.insert("version", value(version));
            }
        }
    }
    Ok(document.to_string())
}

/// The part of a lock file that a workspace of its own needs. `members` are the workspace's crates with the names of the
/// dependencies that their manifests have.
pub fn subset(text: &str, members: &BTreeMap<String, BTreeSet<String>>) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse().context("invalid Cargo.lock")?;
    let Some(packages) = document.get_mut("package").and_then(Item::as_array_of_tables_mut) else {
        return Ok(document.to_string());
    };
    for package in packages.iter_mut().filter(|package| !package.contains_key("source")) {
        let Some(kept) = members.get(package.get("name").and_then(Item::as_str).unwrap_or_default()) else { continue };
        if let Some(dependencies) = package.get_mut("dependencies").and_then(Item::as_array_mut) {
            dependencies.retain(|entry| entry.as_str().is_some_and(|entry| kept.contains(name_of(entry))));
            if dependencies.is_empty() {
                package.remove("dependencies");
            }
        }
    }
    let locked: Vec<Locked> = packages.iter().map(Locked::read).collect();
    let mut needed: BTreeSet<usize> = BTreeSet::new();
    let mut waiting: Vec<usize> = (0..locked.len())
        .filter(|at| locked.get(*at).is_some_and(|package| package.is_own && members.contains_key(&package.name)))
        .collect();
    while let Some(at) = waiting.pop() {
        let Some(package) = locked.get(at).filter(|_| needed.insert(at)) else { continue };
        let is_needed = |other: &Locked| package.dependencies.iter().any(|entry| other.is_meant_by(entry));
        waiting.extend(locked.iter().enumerate().filter(|(_, other)| is_needed(other)).map(|(at, _)| at));
    }
    let mut at = 0;
    packages.retain(|_| {
        at += 1;
        needed.contains(&(at - 1))
    });
    Ok(document.to_string())
}

/// Lets Cargo bring the lock file of a workspace up to date, for dependencies that came or went. Where it cannot, for want of
/// Cargo or of a network, the next build does.
pub fn refresh(root: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(["metadata", "--quiet", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .is_ok_and(|output| output.status.success());
    if !done {
        eprintln!("note: the dependencies of generated crates changed; the next build brings Cargo.lock up to date");
    }
}

/// A package of a lock file.
struct Locked {
    name: String,
    version: String,
    is_own: bool,
    /// `name`, `name version` or `name version (source)`: as much as tells it from others.
    dependencies: Vec<String>,
}

impl Locked {
    fn read(package: &Table) -> Self {
        let text = |key: &str| package.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
        let dependencies = package.get("dependencies").and_then(Item::as_array).into_iter().flatten();
        Self {
            name: text("name"),
            version: text("version"),
            is_own: !package.contains_key("source"),
            dependencies: dependencies.filter_map(|entry| entry.as_str().map(str::to_owned)).collect(),
        }
    }

    fn is_meant_by(&self, entry: &str) -> bool {
        let mut words = entry.split(' ');
        words.next() == Some(self.name.as_str()) && words.next().is_none_or(|version| version == self.version)
    }
}

fn name_of(entry: &str) -> &str {
    entry.split(' ').next().unwrap_or(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_crates_change() {
        let text = "version = 4\n\n[[package]]\nname = \"weather\"\nversion = \"0.1.0\"\n\n[[package]]\n\
                    name = \"weather\"\nversion = \"0.1.0\"\nsource = \"registry\"\n";
        let edited = edit(text, &[("weather".to_owned(), "0.2.0".to_owned())].into()).unwrap();
        assert_eq!(edited, text.replacen("0.1.0", "0.2.0", 1));
    }

    #[test]
    fn a_subset_is_what_the_members_reach() {
        let package = |name: &str, source: &str, dependencies: &str| {
            format!("\n[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n{source}{dependencies}")
        };
        let foreign = "source = \"registry\"\n";
        let text = format!(
            "version = 4\n{}{}{}{}{}",
            package("ours", "", "dependencies = [\n \"test-help\",\n \"used 1.0.0\",\n]\n"),
            package("other", "", "dependencies = [\n \"unused\",\n]\n"),
            package("test-help", foreign, ""),
            package("unused", foreign, ""),
            package("used", foreign, ""),
        );
        let members = [("ours".to_owned(), ["used".to_owned()].into())].into();
        let expected = format!(
            "version = 4\n{}{}",
            package("ours", "", "dependencies = [\n \"used 1.0.0\",\n]\n"),
            package("used", foreign, ""),
        );
        assert_eq!(subset(&text, &members).unwrap(), expected);
    }
}
