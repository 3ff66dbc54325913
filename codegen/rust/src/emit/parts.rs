//! Long modules in several files: by first letter, so that a change touches few of them. Public paths stay the same.

use std::collections::BTreeMap;

use super::code::Code;
use super::links::Links;
use super::module::Module;
use super::schema::{self, Static};
use super::types::Writer;
use super::{Context, File};
use crate::plan::{OperationPlan, Placement, ShapePlan};
use whitesmith_docs::parallel;

/// The most lines of a module in one file, and of a part unless a single type has more.
const LONGEST: usize = 2_500;

/// The module of types or of errors.
pub(super) fn types(context: &Context<'_>, links: &Links<'_>, placement: Placement) -> Vec<File> {
    let (module, part, docs) = match placement {
        Placement::Errors => (Module::Errors, Module::ErrorsPart, "Modeled errors."),
        _ => (Module::Types, Module::TypesPart, "Types of the members of inputs, outputs and errors."),
    };
    let path = format!("src/{}.rs", module.name());
    let shapes: Vec<&ShapePlan> = context.plan.shapes.iter().filter(|shape| shape.placement == placement).collect();
    if let Some(whole) = whole(links, module, &shapes) {
        return vec![context.text(&path, &whole.finish(docs))];
    }
    let written = parallel::map(&shapes, |shape| {
        let mut writer = Writer::new(links, part);
        writer.shape(shape);
        writer
    });
    let mut letters: BTreeMap<String, Vec<Writer<'_>>> = BTreeMap::new();
    for (shape, writer) in shapes.iter().zip(written) {
        let parts = letters.entry(letter(&shape.type_name)).or_default();
        match parts.last_mut() {
            Some(part) if part.code.lines() + writer.code.lines() <= LONGEST => part.append(writer),
            _ => parts.push(writer),
        }
    }
    let parts = named(letters);
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let mut files = vec![context.text(&path, &index(docs, &names))];
    for (name, writer) in parts {
        let text = writer.finish(&format!("A part of the module `{}`.", module.name()));
        files.push(context.text(&format!("src/{}/{name}.rs", module.name()), &allowing(&text, LINKS)));
    }
    files
}

/// Writes a module as a whole; `None` if it is too long for that.
fn whole<'p>(links: &'p Links<'p>, module: Module, shapes: &[&'p ShapePlan]) -> Option<Writer<'p>> {
    let mut writer = Writer::new(links, module);
    for shape in shapes {
        writer.shape(shape);
        if writer.code.lines() > LONGEST {
            return None;
        }
    }
    Some(writer)
}

/// Gives the parts of each letter their names.
fn named<T>(letters: BTreeMap<String, Vec<T>>) -> Vec<(String, T)> {
    let parts = letters.into_iter().flat_map(|(letter, parts)| {
        parts.into_iter().enumerate().map(move |(index, part)| (part_name(&letter, index), part))
    });
    parts.collect()
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
    let chunks = |operations: Vec<&'a OperationPlan>| operations.chunks(MOST_OPERATIONS).map(<[_]>::to_vec).collect();
    named(letters.into_iter().map(|(letter, operations)| (letter, chunks(operations))).collect())
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

/// The module of static schemas.
pub(super) fn schema(context: &Context<'_>) -> Vec<File> {
    const PATH: &str = "src/schema.rs";
    let statics = schema::statics(context.plan);
    if statics.iter().map(|item| lines(&item.text) + 1).sum::<usize>() <= LONGEST {
        let text = format!("//! {}\n\nuse whitesmith_schema::*;\n", schema::DOCS);
        return vec![context.text(PATH, &with_items(text, &statics))];
    }
    let mut letters: BTreeMap<String, Vec<(usize, Vec<Static<'_>>)>> = BTreeMap::new();
    for item in statics {
        let parts = letters.entry(letter(item.name)).or_default();
        let own = lines(&item.text) + 1;
        match parts.last_mut() {
            Some((before, part)) if *before + own <= LONGEST => {
                *before += own;
                part.push(item);
            }
            _ => parts.push((own, vec![item])),
        }
    }
    let parts = named(letters);
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let mut files = vec![context.text(PATH, &index(schema::DOCS, &names))];
    for (name, (_, statics)) in parts {
        let text =
            format!("//! A part of the static schemas.\n\n{IMPORTS}\n\nuse super::*;\nuse whitesmith_schema::*;\n");
        files.push(context.text(&format!("src/schema/{name}.rs"), &with_items(text, &statics)));
    }
    files
}

/// Adds statics, each below a blank line.
fn with_items(mut text: String, statics: &[Static<'_>]) -> String {
    text.reserve(statics.iter().map(|item| item.text.len() + 2).sum());
    statics.iter().for_each(|item| text.extend(["\n", &item.text, "\n"]));
    text
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

/// A module that exports its parts.
pub(super) fn index(docs: &str, parts: &[String]) -> String {
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
