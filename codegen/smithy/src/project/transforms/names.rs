//! Transforms that rename shapes.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::arguments::Arguments;
use super::{closures, tags};
use crate::model::relations::Relations;
use crate::model::{Details, Model, ShapeId};

type Names = HashMap<ShapeId, ShapeId>;

/// `renameShapes`
pub(super) fn rename(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let mut names = Names::default();
    for entry in arguments.object("renamed")? {
        let from = ShapeId::parse(&entry.key).map_err(|error| error.to_string())?;
        let to = ShapeId::parse(entry.value.as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
        names.insert(from, to);
    }
    apply(model, &names)
}

/// `flattenNamespaces`: what a service leads to gets its namespace and the names that it gives; what is tagged too, where
/// its name is free.
pub(super) fn flatten(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let namespace = arguments.text("namespace")?;
    let service = arguments.shape("service")?;
    let included = arguments.optional_list("includeTagged");
    let relations = Relations::new(model);
    let start = relations.find(service.as_str()).ok_or_else(|| format!("unknown shape `{service}`"))?;
    let details = model.shape(&service).and_then(|shape| shape.as_service());
    let renames = details.ok_or_else(|| format!("`{service}` is not a service"))?.rename.as_slice();
    let reachable = relations.reachable(start).into_iter().filter_map(|at| relations.item(at)?.as_shape());
    let mut names = Names::default();
    for shape in reachable.filter(|shape| !model.is_built_in(shape)) {
        let renamed = renames.iter().find(|(from, _)| from.target == shape.id).map(|(_, name)| &**name);
        names.insert(shape.id.clone(), ShapeId::of(namespace, renamed.unwrap_or(shape.id.name())));
    }
    let mut taken: BTreeSet<ShapeId> = names.values().cloned().collect();
    for shape in model.own_shapes().filter(|shape| tags::has_any(&shape.traits, &included)) {
        let flat = ShapeId::of(namespace, shape.id.name());
        if !names.contains_key(&shape.id) && taken.insert(flat.clone()) {
            names.insert(shape.id.clone(), flat);
        }
    }
    let new_service = names.get(&service).cloned();
    apply(model, &names)?;
    // The names that it gave are those that the shapes have now.
    model.edit_details(|shape, details| {
        if let (true, Details::Service(details)) = (Some(shape) == new_service.as_ref(), details) {
            details.rename.clear();
        }
    });
    Ok(())
}

/// `flattenClosureNamespaces`
pub(super) fn flatten_closure(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let names = closures::flattened(model, arguments.text("closure")?, arguments.text("namespace")?)?;
    apply(model, &names)
}

/// Renames shapes that exist to names that are free.
fn apply(model: &mut Model, names: &Names) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    for (from, to) in names {
        if model.shape(from).is_none() {
            return Err(format!("unknown shape `{from}`"));
        }
        let is_free = model.shape(to).is_none_or(|shape| names.contains_key(&shape.id));
        if !is_free || !taken.insert(to) {
            return Err(format!("`{to}` is the name of two shapes"));
        }
    }
    model.rename(names);
    Ok(())
}
