//! Long modules in several files: by first letter, so that a change touches few of them. Public paths stay the same.

use std::collections::BTreeMap;

use super::code::Code;
use super::links::Links;
use super::module::Module;
use super::types::Writer;
use super::{Context, File};
use crate::plan::{OperationPlan, Placement, ShapePlan};

/// The most lines of a module in one file, and of a part unless a single type has more.
const LONGEST: usize = 2_500;

/// The module of types or of errors.
pub(super) fn types(context: &Context<'_>, links: &Links<'_>, placement: Placement) -> Vec<File> {
    let (module, part, docs) = match placement {
        Placement::Errors => (Module::Errors, Module::ErrorsPart, "Modeled errors."),
        _ => (Module::Types, Module::TypesPart, "Types of the members of inputs, outputs and errors."),
    };
    let mut whole = Writer::new(links, module);
    let mut letters: BTreeMap<String, Vec<(&ShapePlan, usize)>> = BTreeMap::new();
    for shape in context.plan.shapes.iter().filter(|shape| shape.placement == placement) {
        let before = whole.code.lines();
        whole.shape(shape);
        letters.entry(letter(&shape.type_name)).or_default().push((shape, whole.code.lines() - before));
    }
    let path = format!("src/{}.rs", module.name());
    if whole.code.lines() <= LONGEST {
        return vec![context.text(&path, &whole.finish(docs))];
    }
    let mut parts: Vec<(String, Writer<'_>)> = Vec::new();
    for (letter, shapes) in &letters {
        let mut number = 0;
        parts.push((part_name(letter, number), Writer::new(links, part)));
        for (shape, lines) in shapes {
            if parts.last().is_some_and(|(_, last)| !last.code.is_empty() && last.code.lines() + lines > LONGEST) {
                number += 1;
                parts.push((part_name(letter, number), Writer::new(links, part)));
            }
            if let Some((_, last)) = parts.last_mut() {
                last.shape(shape);
            }
        }
    }
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let mut files = vec![context.text(&path, &index(docs, &names))];
    for (name, writer) in parts {
        let text = writer.finish(&format!("A part of the module `{}`.", module.name()));
        files.push(context.text(&format!("src/{}/{name}.rs", module.name()), &allowing(&text, LINKS)));
    }
    files
}

/// The most operations whose methods or constants stand in one file.
const MOST_OPERATIONS: usize = 75;

/// Groups operations by first letter, each with the name of its part. Empty for those that one file has room for.
pub(super) fn operations<'a>(operations: &[&'a OperationPlan]) -> Vec<(String, Vec<&'a OperationPlan>)> {
    let mut letters: BTreeMap<String, Vec<&OperationPlan>> = BTreeMap::new();
    if operations.len() > MOST_OPERATIONS {
        for operation in operations {
            letters.entry(letter(&operation.type_name)).or_default().push(operation);
        }
    }
    let parts = letters.into_iter().flat_map(|(letter, operations)| {
        let groups: Vec<_> = operations.chunks(MOST_OPERATIONS).map(<[_]>::to_vec).collect();
        groups.into_iter().enumerate().map(move |(index, group)| (part_name(&letter, index), group))
    });
    parts.collect()
}

/// The name of a letter's part.
fn part_name(letter: &str, index: usize) -> String {
    if index == 0 { letter.to_owned() } else { format!("{letter}{}", index + 1) }
}

/// Links to other parts name the module that exports them, and so do links within a part.
const LINKS: &str = "#![allow(rustdoc::redundant_explicit_links, reason = \"types may be in other parts\")]";

/// A part may use nothing of the others.
const IMPORTS: &str = "#![allow(unused_imports, reason = \"a part may use nothing of the others\")]";

/// Puts an attribute between the documentation of a module and its items.
fn allowing(text: &str, attribute: &str) -> String {
    match text.split_once("\n\n") {
        Some((docs, items)) => format!("{docs}\n\n{attribute}\n\n{items}"),
        None => format!("{text}\n{attribute}\n"),
    }
}

/// Splits the formatted module of static schemas.
pub(super) fn schema(context: &Context<'_>, whole: File) -> Vec<File> {
    const STATIC: &str = "\n\npub static ";
    if whole.contents.matches('\n').count() <= LONGEST {
        return vec![whole];
    }
    let mut letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in whole.contents.split(STATIC).skip(1) {
        let parts = letters.entry(letter(item)).or_default();
        match parts.last_mut() {
            Some(part) if part.matches('\n').count() + item.matches('\n').count() <= LONGEST => {
                part.push_str(STATIC);
                part.push_str(item.trim_end());
            }
            _ => parts.push(format!("pub static {}", item.trim_end())),
        }
    }
    let named = letters.into_iter().flat_map(|(letter, parts)| {
        parts.into_iter().enumerate().map(move |(index, part)| (part_name(&letter, index), part))
    });
    let named: Vec<(String, String)> = named.collect();
    let names: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    let docs = "The model as static data for serialization, validation, the command line and the mock.";
    let mut files = vec![context.text(&whole.path, &index(docs, &names))];
    for (name, items) in named {
        let text = format!(
            "//! A part of the static schemas.\n\n{IMPORTS}\n\nuse super::*;\nuse whitesmith_schema::*;\n\n{items}\n"
        );
        files.push(context.text(&format!("src/schema/{name}.rs"), &text));
    }
    files
}

/// A module that exports its parts.
fn index(docs: &str, parts: &[String]) -> String {
    let mut code = Code::default();
    code.module_doc(docs);
    code.blank();
    parts.iter().for_each(|part| code.line(&format!("mod {part};")));
    code.blank();
    parts.iter().for_each(|part| code.line(&format!("pub use {part}::*;")));
    code.finish()
}

/// The first letter of a name in lower case, as the name of a part.
fn letter(name: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_lowercase().to_string(),
        _ => "other".to_owned(),
    }
}
