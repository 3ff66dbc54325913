//! Lists the files of the repository, or of `bundle.txt` in a package from a registry, which has no repository around it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The start of the line before each file of the bundle; the file's path and its number of lines follow.
const FILE: &str = "== ";

fn main() -> Result<(), io::Error> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("files.rs");
    let repository = here.join("../..");
    let list = if repository.join("runtime/schema/Cargo.toml").is_file() {
        list_repository(&repository)?
    } else {
        println!("cargo::rerun-if-changed=bundle.txt");
        list_bundle(&fs::read_to_string(here.join("bundle.txt"))?)
    };
    fs::write(out, list)
}

fn list_repository(root: &Path) -> Result<String, io::Error> {
    let mut paths = vec!["Cargo.toml".to_owned(), "Cargo.lock".to_owned()];
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ["LICENSE", "NOTICE"].iter().any(|start| name.starts_with(start)) {
            paths.push(name);
        }
    }
    for entry in fs::read_dir(root.join("runtime"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        list_crate(root, &format!("runtime/{name}"), &mut paths)?;
    }
    paths.sort();
    let mut list = String::from("&[\n");
    for path in paths {
        let at = root.join(&path).canonicalize()?;
        println!("cargo::rerun-if-changed={}", at.display());
        let _ = writeln!(list, "({path:?}, include_str!({:?})),", at.display().to_string());
    }
    println!("cargo::rerun-if-changed={}", root.join("runtime").display());
    Ok(list + "]")
}

/// The files of a crate, but for its tests and build results.
fn list_crate(root: &Path, path: &str, paths: &mut Vec<String>) -> Result<(), io::Error> {
    if !root.join(path).join("Cargo.toml").is_file() {
        return Ok(());
    }
    let mut waiting = vec![path.to_owned()];
    while let Some(folder) = waiting.pop() {
        println!("cargo::rerun-if-changed={}", root.join(&folder).display());
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_top = folder == path;
            if !entry.file_type()?.is_dir() {
                paths.push(format!("{folder}/{name}"));
            } else if !(is_top && ["tests", "benches", "examples", "target"].contains(&name.as_str())) {
                waiting.push(format!("{folder}/{name}"));
            }
        }
    }
    Ok(())
}

fn list_bundle(bundle: &str) -> String {
    let mut files = BTreeMap::new();
    let mut lines = bundle.lines();
    while let Some(line) = lines.next() {
        let Some((count, path)) = line.strip_prefix(FILE).and_then(|line| line.split_once(' ')) else { continue };
        let count = count.parse().unwrap_or_default();
        let text: String = lines.by_ref().take(count).flat_map(|line| [line, "\n"]).collect();
        files.insert(path, text);
    }
    let mut list = String::from("&[\n");
    for entry in files {
        let _ = writeln!(list, "{entry:?},");
    }
    list + "]"
}
