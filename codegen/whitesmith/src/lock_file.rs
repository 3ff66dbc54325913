//! Editing `Cargo.lock` as Cargo would, without starting Cargo.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use toml_edit::{DocumentMut, Item, value};

use crate::workspace::cargo;

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

/// Runs Cargo to update a workspace's lock file after dependencies were added or removed. Without Cargo or a network, the
/// next build updates it.
pub fn refresh(root: &Path) {
    let done = cargo()
        .args(["metadata", "--quiet", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .is_ok_and(|output| output.status.success());
    if !done {
        eprintln!("note: the dependencies of generated crates changed; the next build updates Cargo.lock");
    }
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
}
