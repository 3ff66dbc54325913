//! The lock file of vendored workspaces: Cargo takes it as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::workspace::Workspace;
use toml::{Table, Value};

/// The table of `vendor/lock.rs`.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/vendor/left_off.toml");

/// What precedes the entries of the table.
const HEAD: &str = "\
# Dependencies that a runtime crate by itself leaves off and that other crates of this project turn on: by crate, then by the
# package that has the dependency. Written by `WHITESMITH_UPDATE=1 cargo test -p whitesmith --test it vendored_lock`.
";

fn started() -> Workspace {
    let workspace = Workspace::empty();
    workspace.copy(&["Cargo.toml", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "runtime", "model"]);
    workspace
}

/// Runs `cargo metadata`, which locks a workspace. Without `--locked` it downloads what is missing.
fn metadata(folder: &Path, arguments: &[&str]) {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--quiet", "--format-version", "1"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", folder.display(), String::from_utf8_lossy(&output.stderr));
}

#[test]
fn cargo_takes_the_lock_file_as_it_is() {
    let workspace = started();
    for only in [&[][..], &["--only", "client"], &["--only", "cli"], &["--only", "mock"]] {
        workspace.succeed(&[&["vendor", "--out", "out"], only].concat());
        metadata(&workspace.root().join("out"), &["--locked"]);
        metadata(&workspace.root().join("out"), &["--locked", "--offline"]);
    }
}

/// The dependencies of registry packages in a lock file, by name.
fn edges(lock: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let lock: Table = lock.parse().unwrap();
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let packages = lock["package"].as_array().unwrap().iter().filter(|package| package.get("source").is_some());
    packages
        .map(|package| {
            let dependencies = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
            let names = dependencies.filter_map(|entry| entry.as_str()?.split(' ').next().map(str::to_owned));
            ((text(package, "name"), text(package, "version")), names.collect())
        })
        .collect()
}

/// The crates that a runtime crate depends on, itself included.
fn closure(workspace: &Workspace, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![name.to_owned()];
    while let Some(name) = waiting.pop() {
        let manifest = workspace.read(&format!("out/runtime/{name}/Cargo.toml"));
        if found.insert(name) {
            let words = manifest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '/'));
            waiting.extend(words.filter_map(|word| word.strip_prefix("../")).map(str::to_owned));
        }
    }
    found
}

#[test]
fn what_runtime_crates_leave_off_is_known() {
    let workspace = started();
    let emit = "types,client,cli,docs,mock,tests";
    workspace.succeed(&["codegen", "--model", "model/partnercentral-selling.json", "--emit", emit, "--out", "out"]);
    let lock = workspace.read("Cargo.lock");
    let all = edges(&lock);
    let mut table = HEAD.to_owned();
    let mut names: Vec<_> = std::fs::read_dir(workspace.root().join("out/runtime"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    for name in names.iter().map(|name| name.to_str().unwrap()) {
        let members: Vec<String> = closure(&workspace, name).iter().map(|name| format!("\"runtime/{name}\"")).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        workspace.write("out/Cargo.toml", manifest.as_bytes());
        workspace.write("out/Cargo.lock", lock.as_bytes());
        metadata(&workspace.root().join("out"), &[]);
        let mut off: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (package, on) in edges(&workspace.read("out/Cargo.lock")) {
            let missing: BTreeSet<String> = all[&package].difference(&on).cloned().collect();
            if !missing.is_empty() {
                off.entry(package.0).or_default().extend(missing);
            }
        }
        if !off.is_empty() {
            writeln!(table, "\n[{name}]").unwrap();
        }
        for (package, missing) in off {
            let missing: Vec<String> = missing.iter().map(|name| format!("\"{name}\"")).collect();
            writeln!(table, "{package} = [{}]", missing.join(", ")).unwrap();
        }
    }
    if std::env::var_os("WHITESMITH_UPDATE").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(TABLE).unwrap(), table, "run the command at the top of {TABLE}");
}
