//! Transforms that leave shapes and members out.

use std::collections::BTreeSet;

use super::arguments::Arguments;
use super::deprecation::Limits;
use super::{closures, tags};
use crate::model::relations::{Item, Relations};
use crate::model::{Model, ShapeId, ShapeType};
use crate::select::Selector;

/// `includeShapesByTag`, `excludeShapesByTag`
pub(super) fn by_tag(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let tags = arguments.list("tags")?;
    model.retain(|item| tags::has_any(item.traits(), &tags) == includes);
    Ok(())
}

/// `excludeShapesByTrait`
pub(super) fn exclude_by_trait(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let traits: Vec<String> = arguments.list("traits")?.into_iter().map(absolute).collect();
    model.retain(|item| !traits.iter().any(|id| item.traits().has(id)));
    Ok(())
}

/// The ID of a trait: one without a namespace is of the prelude.
pub(super) fn absolute(id: &str) -> String {
    if id.contains('#') { id.to_owned() } else { format!("smithy.api#{id}") }
}

/// `includeShapesBySelector`, `excludeShapesBySelector`
pub(super) fn by_selector(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let selector = Selector::parse(arguments.text("selector")?).map_err(|error| error.to_string())?;
    let relations = Relations::new(model);
    let selected = selector.select(&relations).map_err(|error| error.to_string())?;
    let selected: BTreeSet<ShapeId> =
        selected.into_iter().filter_map(|at| relations.item(at)).map(|item| item.id().clone()).collect();
    model.retain(|item| selected.contains(item.id()) == includes);
    Ok(())
}

/// `includeNamespaces`
pub(super) fn by_namespace(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let namespaces = arguments.list("namespaces")?;
    model.retain(|item| namespaces.contains(item.id().namespace()));
    Ok(())
}

/// `includeServices`
pub(super) fn by_service(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let services = arguments.list("services")?;
    let is_service = |item: Item<'_>| item.as_shape().is_some_and(|shape| shape.shape_type == ShapeType::Service);
    model.retain(|item| !is_service(item) || services.contains(item.id().as_str()));
    Ok(())
}

/// `includeClosures`
pub(super) fn by_closure(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let mut kept = BTreeSet::new();
    for closure in arguments.list("closures")? {
        kept.extend(closures::items(model, closure)?);
    }
    model.retain(|item| kept.contains(item.id()));
    Ok(())
}

/// `removeDeprecatedShapes`
pub(super) fn remove_deprecated(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let limits = Limits::read(arguments.get("relativeDate"), arguments.get("relativeVersion"))?;
    model.retain(|item| !limits.exclude(item.traits()));
    Ok(())
}
