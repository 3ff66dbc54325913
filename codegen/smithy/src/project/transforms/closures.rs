//! Transforms by the metadata `shapeClosures` (Smithy 2.0, "Shape closures").

use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::model::relations::{ItemIndex, Relations};
use crate::model::{Model, ShapeId};
use crate::select::Selector;
use crate::source::Node;

/// The closure of an ID in the metadata.
fn find<'m>(model: &'m Model, id: &str) -> Result<&'m Node, String> {
    let closures = model.metadata().get("shapeClosures").and_then(Node::as_array).unwrap_or_default();
    let found = closures.iter().find(|closure| closure.get("id").and_then(Node::as_str) == Some(id));
    found.ok_or_else(|| format!("unknown shape closure `{id}`"))
}

/// The shapes and members of a closure: its roots, and what they lead to.
pub(super) fn items(model: &Model, id: &str) -> Result<BTreeSet<ShapeId>, String> {
    let closure = find(model, id)?;
    let relations = Relations::new(model);
    let namespaces: Vec<&str> = closure.get("includeNamespaces").into_iter().flat_map(Node::strings).collect();
    let in_namespaces = relations.items().enumerate().filter(|(_, item)| namespaces.contains(&item.id().namespace()));
    let mut roots: BTreeSet<ItemIndex> = in_namespaces.map(|(at, _)| at).collect();
    if let Some(selector) = closure.get("includeBySelector").and_then(Node::as_str) {
        let selector = Selector::parse(selector).map_err(|error| error.to_string())?;
        roots.extend(selector.select(&relations).map_err(|error| error.to_string())?);
    }
    let reachable = relations.reachable_from(roots).into_iter().filter_map(|at| relations.item(at));
    Ok(reachable.map(|item| item.id().clone()).collect())
}

/// The shapes of a closure with the IDs that they have in one namespace.
pub(super) fn flattened(model: &Model, id: &str, namespace: &str) -> Result<HashMap<ShapeId, ShapeId>, String> {
    let renames = find(model, id)?.get("rename");
    let own = items(model, id)?.into_iter().filter(|id| model.shape(id).is_some_and(|shape| !model.is_built_in(shape)));
    let named = own.map(|id| {
        let renamed = renames.and_then(|renames| renames.get(id.as_str())).and_then(Node::as_str);
        let flat = ShapeId::of(namespace, renamed.unwrap_or(id.name()));
        (id, flat)
    });
    Ok(named.filter(|(id, flat)| id != flat).collect())
}
