//! `ShapeClosure`: the closures that the metadata `shapeClosures` describes.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use crate::model::relations::{Item, ItemIndex};
use crate::model::{Event, Severity, ShapeId};
use crate::select::Selector;
use crate::source::Node;

const ID: &str = "ShapeClosure";

struct Closure<'m> {
    node: &'m Node,
    id: &'m str,
    namespaces: BTreeSet<&'m str>,
    selector: Option<&'m str>,
    rename: BTreeMap<&'m str, &'m str>,
}

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let Some(closures) = context.model().metadata().get("shapeClosures").and_then(Node::as_array) else { return };
    let mut seen = BTreeSet::new();
    for closure in closures.iter().filter_map(read) {
        if !seen.insert(closure.id) {
            error(report, &closure, "is there more than once");
            continue;
        }
        check_closure(context, report, &closure);
    }
}

/// A closure of the right form; others are reported by the type of the metadata.
fn read(node: &Node) -> Option<Closure<'_>> {
    let object = node.as_object()?;
    let namespaces = match object.get("includeNamespaces") {
        Some(namespaces) => namespaces.as_array()?.iter().map(Node::as_str).collect::<Option<_>>()?,
        None => BTreeSet::new(),
    };
    let selector = match object.get("includeBySelector") {
        Some(selector) => Some(selector.as_str()?),
        None => None,
    };
    let mut rename = BTreeMap::new();
    if let Some(node) = object.get("rename") {
        for entry in node.as_object()? {
            ShapeId::parse(&entry.key).ok()?;
            rename.insert(&*entry.key, entry.value.as_str()?);
        }
    }
    Some(Closure { node, id: object.get("id")?.as_str()?, namespaces, selector, rename })
}

fn add(report: &mut Report, closure: &Closure<'_>, severity: Severity, part: &str, message: &str) {
    let id = if part.is_empty() { ID.to_owned() } else { format!("{ID}.{part}.{}", closure.id) };
    let message = format!("The shape closure `{}` {message}", closure.id);
    report.push(Event { severity, id, shape: None, message, span: closure.node.span });
}

fn error(report: &mut Report, closure: &Closure<'_>, message: &str) {
    add(report, closure, Severity::Error, "", message);
}

fn check_closure(context: &Context<'_>, report: &mut Report, closure: &Closure<'_>) {
    if context.model().shape_named(closure.id).is_some() {
        error(report, closure, "has the ID of a shape");
    }
    if closure.namespaces.is_empty() && closure.selector.is_none() {
        error(report, closure, "has neither `includeNamespaces` nor `includeBySelector`");
    }
    let known: BTreeSet<&str> = context.model().shapes().map(|shape| shape.id.namespace()).collect();
    for namespace in closure.namespaces.difference(&known) {
        let message = format!("includes the namespace `{namespace}`, which has no shapes");
        add(report, closure, Severity::Danger, "EmptyNamespace", &message);
    }
    let mut roots: BTreeSet<ItemIndex> = context
        .relations
        .items()
        .enumerate()
        .filter(|(_, item)| closure.namespaces.contains(item.id().namespace()))
        .map(|(at, _)| at)
        .collect();
    match closure.selector {
        None => {}
        // The type of the metadata says that a selector is not empty.
        Some("") => return,
        Some(text) => {
            let selected = Selector::parse(text).map_err(|error| error.to_string());
            let selected = selected.and_then(|selector| context.select(&selector).map_err(|error| error.to_string()));
            match selected {
                Err(problem) => return error(report, closure, &format!("has an invalid selector: {problem}")),
                Ok(selected) => {
                    if selected.is_subset(&roots) {
                        let message = "has a selector that adds no shapes";
                        add(report, closure, Severity::Danger, "EmptySelector", message);
                    }
                    roots.extend(selected.iter());
                }
            }
        }
    }
    let members: BTreeSet<ItemIndex> = context.relations.reachable_from(roots).into_iter().collect();
    let shapes: Vec<Item<'_>> = members.into_iter().filter_map(|at| context.relations.item(at)).collect();
    check_names(report, closure, &shapes);
}

fn check_names(report: &mut Report, closure: &Closure<'_>, items: &[Item<'_>]) {
    let mut kept: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for shape in items.iter().filter_map(|item| item.as_shape()) {
        if !closure.rename.contains_key(shape.id.as_str()) {
            kept.entry(shape.id.name().to_lowercase()).or_default().insert(shape.id.as_str());
        }
    }
    let mut renamed: BTreeMap<String, &str> = BTreeMap::new();
    for (from, to) in &closure.rename {
        if from.ends_with(&format!("#{to}")) {
            error(report, closure, &format!("renames `{from}` to the name that it has"));
        }
        if !items.iter().any(|item| item.id() == from) {
            error(report, closure, &format!("renames `{from}`, which is not in it"));
            continue;
        }
        if let Some(other) = renamed.insert(to.to_lowercase(), from) {
            error(report, closure, &format!("renames `{from}` and `{other}` to the same name"));
        }
        if let Some(other) = kept.get(&to.to_lowercase()) {
            error(report, closure, &format!("renames `{from}` to the name of {}", ticked(other)));
        }
    }
    for ids in kept.values().filter(|ids| ids.len() > 1) {
        let message = format!("has several shapes of one name: {}", ticked(ids));
        add(report, closure, Severity::Warning, "NameConflicts", &message);
    }
}
