//! The modules of a crate, and what they import of each other.
//!
//! A name counts as imported from the file that defines it: one that a module only re-exports leads to the file behind.
//! Tests, the code in `quote!`, and modules with a `path` attribute do not count.
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The path of a module, or of a name as it is written.
pub type Names = Vec<String>;

/// A file of a crate.
#[derive(Debug, Default)]
pub struct Module {
    /// The file.
    pub file: PathBuf,
    children: BTreeSet<String>,
    /// What `use` brings into scope, by its name here.
    in_scope: BTreeMap<String, Names>,
    /// The paths that the code names, without re-exports.
    paths: BTreeSet<Names>,
}

/// The modules of a crate by their paths.
pub type Crate = BTreeMap<Names, Module>;

fn load(modules: &mut Crate, path: Names, file: PathBuf, folder: &Path) {
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut words = Vec::new();
    flatten(tokens, &mut words);
    let mut module = Module { file, ..Module::default() };
    module.read(&words.iter().map(String::as_str).collect::<Vec<_>>());
    for name in &module.children {
        let (plain, nested) = (folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs"));
        if let Some(file) = [plain, nested].into_iter().find(|file| file.exists()) {
            load(modules, [path.clone(), vec![name.clone()]].concat(), file, &folder.join(name));
        }
    }
    modules.insert(path, module);
}

/// The words of a file, `::` and braces among them.
fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(_) if words.ends_with(&["quote".to_owned(), "!".to_owned()]) => {}
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
                };
                words.push(open.to_owned());
                flatten(group.stream(), words);
                words.push(close.to_owned());
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' && words.last().is_some_and(|last| last == ":") => {
                words.pop();
                words.push("::".to_owned());
            }
            token => words.push(token.to_string()),
        }
    }
}

/// What follows the item that comes next.
fn behind_item<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let mut depth = 0;
    let end = words.iter().position(|word| {
        depth += i32::from(*word == "{") - i32::from(*word == "}");
        depth == 0 && matches!(*word, ";" | "}")
    });
    words.get(end.map_or(words.len(), |end| end + 1)..).unwrap_or_default()
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

impl Module {
    fn read(&mut self, mut words: &[&str]) {
        let mut is_public = false;
        while let [word, rest @ ..] = words {
            words = match (*word, rest) {
                ("#", ["[", "cfg", "(", "test", ")", "]", item @ ..]) => behind_item(item),
                ("#", ["[", "cfg", "(", "all", "(", "test", item @ ..]) => behind_item(item),
                ("pub", ["(", "in", ..]) => rest.split_at(rest.iter().position(|word| *word == ")").unwrap_or(0)).1,
                ("use", [name, ..]) if is_name(name) => self.read_import(rest, Names::new(), is_public),
                ("mod", [name, ";", rest @ ..]) => {
                    self.children.insert((*name).to_owned());
                    rest
                }
                (name, _) if is_name(name) => {
                    let is_path = |pair: &&[&str]| matches!(pair, ["::", name] if is_name(name));
                    let behind = rest.chunks(2).take_while(is_path).count();
                    let path = rest.chunks(2).take(behind).filter_map(<[&str]>::last);
                    let path: Names = std::iter::once(word).chain(path).map(|name| (*name).to_owned()).collect();
                    self.paths.extend(Some(path).filter(|path| path.len() > 1));
                    rest.split_at(behind * 2).1
                }
                _ => rest,
            };
            is_public = match *word {
                "pub" => true,
                "(" | ")" | "crate" | "super" | "in" => is_public,
                _ => false,
            };
        }
    }

    /// Reads an import up to its end or the next comma; returns what follows.
    fn read_import<'a, 'w>(&mut self, mut words: &'a [&'w str], mut path: Names, is_public: bool) -> &'a [&'w str] {
        let mut alias = None;
        loop {
            words = match words {
                ["{", rest @ ..] => {
                    let mut rest = rest;
                    while !rest.is_empty() && !rest.starts_with(&["}"]) {
                        rest = self.read_import(rest, path.clone(), is_public);
                        rest = rest.strip_prefix(&[","]).unwrap_or(rest);
                    }
                    return rest.get(1..).unwrap_or_default();
                }
                ["as", name, rest @ ..] => {
                    alias = Some((*name).to_owned());
                    rest
                }
                [name, rest @ ..] if is_name(name) || matches!(*name, "::" | "*") => {
                    path.extend(
                        Some((*name).to_owned()).filter(|name| is_name(name) && (name != "self" || path.is_empty())),
                    );
                    rest
                }
                _ => break,
            };
        }
        let name = alias.or_else(|| path.last().cloned()).unwrap_or_default();
        self.in_scope.entry(name).or_insert_with(|| path.clone());
        self.paths.extend(Some(path).filter(|_| !is_public));
        words
    }
}

/// The module that defines what a path names in a module; `None` for what is not the crate's.
fn definition(modules: &Crate, from: &Names, path: &[String], depth: usize) -> Option<Names> {
    let mut module = from.clone();
    for (at, name) in path.iter().enumerate() {
        let here = modules.get(&module)?;
        match name.as_str() {
            "crate" => module.clear(),
            "self" => {}
            "super" => drop(module.pop()),
            _ if here.children.contains(name) => module.push(name.clone()),
            _ => match here.in_scope.get(name).filter(|_| depth < 16) {
                Some(import) if import.as_slice() != path || &module != from => {
                    let rest = path.get(at + 1..).unwrap_or_default();
                    return definition(modules, &module, &[import, rest].concat(), depth + 1);
                }
                _ if at == 0 => return None,
                _ => return Some(module),
            },
        }
    }
    Some(module)
}

/// Reads the files of a crate from its root on.
pub fn modules_of(root: &Path) -> Crate {
    let mut modules = Crate::new();
    load(&mut modules, Vec::new(), root.to_owned(), root.parent().unwrap());
    modules
}

/// Returns the imports that are part of a circle: `a.rs imports b.rs`.
pub fn circles(root: &Path) -> Vec<String> {
    let modules = modules_of(root);
    let imports: BTreeMap<&Names, BTreeSet<Names>> = modules
        .iter()
        .map(|(from, module)| {
            let found = module.paths.iter().filter_map(|path| definition(&modules, from, path, 0));
            (from, found.filter(|module| module != from).collect())
        })
        .collect();
    let reaches = |from: &Names, to: &Names| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
        while let Some(module) = waiting.pop() {
            waiting.extend(imports.get(module).into_iter().flatten().filter(|next| seen.insert(*next)));
        }
        seen.contains(to)
    };
    let edges = imports.iter().flat_map(|(from, all)| all.iter().map(move |to| (*from, to)));
    let file = |module: &Names| modules.get(module).map(|module| module.file.display().to_string()).unwrap_or_default();
    edges
        .filter(|(from, to)| reaches(to, from))
        .map(|(from, to)| format!("{} imports {}", file(from), file(to)))
        .collect()
}
