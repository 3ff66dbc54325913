//! The repository's layout. Modules form a ladder: no files of a crate import each other, be it around a longer circle. And
//! no file that people write is long.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use whitesmith_tests::fixtures::root;
use whitesmith_tests::modules::{circles, modules_of};

/// The roots of the repository's libraries and programs.
fn roots() -> Vec<PathBuf> {
    let root = root();
    let mut folders = vec![root.join("benches"), root.join("fuzz"), root.join("tests/conformance"), root.join("xtask")];
    for group in ["codegen", "examples", "generated", "runtime"] {
        let entries = std::fs::read_dir(root.join(group)).unwrap();
        folders.extend(entries.map(|entry| entry.unwrap().path()));
    }
    let files = folders.iter().flat_map(|folder| ["src/lib.rs", "src/main.rs"].map(|file| folder.join(file)));
    let roots: Vec<PathBuf> = files.filter(|file| file.exists()).collect();
    assert!(roots.len() > 20, "{roots:?}");
    roots
}

#[test]
fn no_files_of_a_crate_import_each_other() {
    let found: Vec<String> = roots().iter().flat_map(|root| circles(root)).collect();
    assert!(found.is_empty(), "these files import each other:\n{}", found.join("\n"));
}

#[test]
fn no_file_has_more_than_500_lines() {
    let files = roots().into_iter().filter(|root| !root.iter().any(|part| part == "generated"));
    let files = files.flat_map(|root| modules_of(&root).into_values().map(|module| module.file));
    let is_long = |file: &PathBuf| std::fs::read_to_string(file).unwrap().lines().count() > 500;
    let long: Vec<PathBuf> = files.filter(is_long).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// Where a package's tests are one program, Cargo does not look for files itself.
#[test]
fn every_file_with_tests_is_part_of_a_program() {
    let roots = roots();
    let mut packages: BTreeSet<PathBuf> =
        roots.iter().filter_map(|root| Some(root.parent()?.parent()?.to_path_buf())).collect();
    packages.insert(root().join("tests"));
    packages.retain(|package| package.join("tests/main.rs").exists());
    let mut checked = 0;
    for package in packages {
        let [program, manifest] =
            ["tests/main.rs", "Cargo.toml"].map(|file| std::fs::read_to_string(package.join(file)).unwrap());
        for path in std::fs::read_dir(package.join("tests")).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_code = path.extension().is_some_and(|extension| extension == "rs") || path.join("mod.rs").exists();
            if is_code && name != "main" {
                let is_named = program.contains(&format!("mod {name};")) || manifest.contains(&format!("\"{name}\""));
                assert!(is_named, "{} is in no program", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn a_circle_is_found_through_what_a_module_reexports() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("module_ladder");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\nfn run() { c::run() }"),
        ("a.rs", "use crate::{b::{self, B as Other}, c::run};\npub struct A;"),
        ("b.rs", "use super::A;\npub struct B;\n#[cfg(test)]\nmod tests { use crate::c; }"),
        ("c.rs", "pub fn run() { quote! { crate::a::A } }"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let names = |line: String| line.replace(&format!("{}/", folder.display()), "");
    let found: Vec<String> = circles(&folder.join("lib.rs")).into_iter().map(names).collect();
    assert_eq!(found, ["a.rs imports b.rs", "b.rs imports a.rs"]);
}
