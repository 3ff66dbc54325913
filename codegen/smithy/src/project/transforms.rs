//! The transforms of projections.

use std::collections::{BTreeSet, HashMap};

use super::deprecation::Limits;
use super::error::TransformError;
use super::{closures, suppressions};
use crate::load::name_enum_values;
use crate::model::relations::{Item, Relations};
use crate::model::{Model, Shape, ShapeId, ShapeType, Traits, nearest_names};
use crate::select::Selector;
use crate::source::{Node, NodeValue};

/// Every transform but `apply`, which the project itself resolves.
const NAMES: [&str; 27] = [
    "apply",
    "changeStringEnumsToEnumShapes",
    "excludeMetadata",
    "excludeShapesBySelector",
    "excludeShapesByTag",
    "excludeShapesByTrait",
    "excludeTags",
    "excludeTraits",
    "excludeTraitsByTag",
    "filterSuppressions",
    "flattenAndRemoveMixins",
    "flattenClosureNamespaces",
    "flattenNamespaces",
    "includeClosures",
    "includeMetadata",
    "includeNamespaces",
    "includeServices",
    "includeShapesBySelector",
    "includeShapesByTag",
    "includeTags",
    "includeTraits",
    "includeTraitsByTag",
    "makeIdempotencyTokensClientOptional",
    "removeDeprecatedShapes",
    "removeTraitDefinitions",
    "removeUnusedShapes",
    "renameShapes",
];

/// Applies one transform.
pub(super) fn apply(name: &str, arguments: &Node, model: &mut Model) -> Result<(), TransformError> {
    let wrong = |problem: &str| TransformError::Arguments { name: name.to_owned(), problem: problem.to_owned() };
    let list = |key: &str| -> Result<BTreeSet<String>, TransformError> {
        let value = arguments.get(key).ok_or_else(|| wrong(&format!("missing `{key}`")))?;
        Ok(value.strings().map(str::to_owned).collect())
    };
    let text = |key: &str| -> Result<&str, TransformError> {
        arguments.get(key).and_then(Node::as_str).ok_or_else(|| wrong(&format!("missing `{key}`")))
    };
    match name {
        "excludeShapesByTag" | "includeShapesByTag" => {
            let tags = list("tags")?;
            let includes = name == "includeShapesByTag";
            model.retain(|shape| has_tag(&shape.traits, &tags) == includes);
        }
        "excludeShapesByTrait" => {
            let traits: Vec<String> = list("traits")?.iter().map(|id| absolute(id)).collect();
            model.retain(|shape| !traits.iter().any(|id| shape.traits.has(id)));
        }
        "excludeShapesBySelector" | "includeShapesBySelector" => {
            let selected = select(text("selector")?, model).map_err(|problem| wrong(&problem))?;
            let includes = name == "includeShapesBySelector";
            model.retain(|shape| selected.contains(&shape.id) == includes);
        }
        "includeNamespaces" => {
            let namespaces = list("namespaces")?;
            model.retain(|shape| namespaces.contains(shape.id.namespace()));
        }
        "includeServices" => {
            let services = list("services")?;
            model.retain(|shape| shape.shape_type != ShapeType::Service || services.contains(shape.id.as_str()));
        }
        "excludeTraits" | "includeTraits" => {
            let traits: Vec<String> = list("traits")?.iter().map(|id| absolute(id)).collect();
            let is_listed =
                |id: &ShapeId| traits.iter().any(|listed| listed == id.as_str() || is_namespace_of(listed, id));
            let includes = name == "includeTraits";
            let keeps = |id: &ShapeId| is_listed(id) == includes || (includes && id.is_prelude());
            model.retain_traits(keeps);
            model.retain(|shape| !shape.traits.is_trait_definition() || keeps(&shape.id));
        }
        "excludeTraitsByTag" | "includeTraitsByTag" => {
            let tags = list("tags")?;
            let includes = name == "includeTraitsByTag";
            model.retain(|shape| !shape.traits.is_trait_definition() || has_tag(&shape.traits, &tags) == includes);
        }
        "excludeTags" | "includeTags" => {
            let tags = list("tags")?;
            let includes = name == "includeTags";
            model.edit_shapes(|shape| {
                filter_tags(&mut shape.traits, &tags, includes);
                shape.members.iter_mut().for_each(|member| filter_tags(&mut member.traits, &tags, includes));
            });
        }
        "excludeMetadata" | "includeMetadata" => {
            let keys = list("keys")?;
            let includes = name == "includeMetadata";
            model.metadata_mut().retain(|key, _| keys.contains(&**key) == includes);
        }
        "includeClosures" => {
            let closures = list("closures")?;
            let mut kept = BTreeSet::new();
            for closure in &closures {
                kept.extend(closures::shapes(model, closure).map_err(|problem| wrong(&problem))?);
            }
            model.retain(|shape| kept.contains(&shape.id));
        }
        "flattenClosureNamespaces" => {
            let namespace = text("namespace")?;
            let names = closures::flattened(model, text("closure")?, namespace).map_err(|problem| wrong(&problem))?;
            rename(model, &names).map_err(|problem| wrong(&problem))?;
        }
        "filterSuppressions" => suppressions::filter(model, arguments).map_err(|problem| wrong(&problem))?,
        "makeIdempotencyTokensClientOptional" => model.edit_shapes(|shape| {
            for traits in shape.members.iter_mut().map(|member| &mut member.traits) {
                if traits.is_required() && traits.is_idempotency_token() && !traits.is_client_optional() {
                    traits.insert(ShapeId::of("smithy.api", "clientOptional"), Node::empty_object());
                }
            }
        }),
        "removeDeprecatedShapes" => {
            let (date, version) = (arguments.get("relativeDate"), arguments.get("relativeVersion"));
            let limits = Limits::read(date, version).map_err(|problem| wrong(&problem))?;
            model.retain(|shape| !limits.exclude(&shape.traits));
            model.edit_shapes(|shape| shape.members.retain(|member| !limits.exclude(&member.traits)));
        }
        "changeStringEnumsToEnumShapes" => name_enum_values(model),
        "flattenAndRemoveMixins" => model.flatten_mixins(),
        "removeTraitDefinitions" => {
            let exported = arguments.get("exportTagged").into_iter().flat_map(Node::strings);
            let exported: BTreeSet<String> = exported.map(str::to_owned).collect();
            let gone: BTreeSet<ShapeId> = model
                .own_shapes()
                .filter(|shape| shape.traits.is_trait_definition() && !has_tag(&shape.traits, &exported))
                .map(|shape| shape.id.clone())
                .collect();
            model.retain(|shape| !gone.contains(&shape.id));
        }
        "removeUnusedShapes" => {
            let services: Vec<ShapeId> = model.services().map(|service| service.id.clone()).collect();
            let used: BTreeSet<ShapeId> =
                services.iter().flat_map(|service| model.closure(service, None)).chain(services.clone()).collect();
            let exported = arguments.get("exportTagged").into_iter().flat_map(Node::strings);
            let exported: BTreeSet<String> = exported.map(str::to_owned).collect();
            model.retain(|shape| {
                used.contains(&shape.id) || shape.traits.is_trait_definition() || has_tag(&shape.traits, &exported)
            });
        }
        "renameShapes" => {
            let renamed = arguments.get("renamed").and_then(Node::as_object);
            let mut names = HashMap::new();
            for entry in renamed.ok_or_else(|| wrong("missing `renamed`"))? {
                let from = ShapeId::parse(&entry.key).map_err(|error| wrong(&error.to_string()))?;
                let to = ShapeId::parse(entry.value.as_str().unwrap_or_default());
                names.insert(from, to.map_err(|error| wrong(&error.to_string()))?);
            }
            rename(model, &names).map_err(|problem| wrong(&problem))?;
        }
        "flattenNamespaces" => {
            let namespace = text("namespace")?;
            let service = ShapeId::parse(text("service")?).map_err(|error| wrong(&error.to_string()))?;
            let tags: BTreeSet<String> =
                arguments.get("includeTagged").into_iter().flat_map(Node::strings).map(str::to_owned).collect();
            let tagged = model.own_shapes().filter(|shape| has_tag(&shape.traits, &tags)).map(|shape| shape.id.clone());
            let mut ids: BTreeSet<ShapeId> = tagged.collect();
            ids.extend(model.closure(&service, None));
            ids.insert(service);
            let own = ids.into_iter().filter(|id| model.shape(id).is_some_and(|shape| !model.is_built_in(shape)));
            let names = own.map(|id| (id.clone(), ShapeId::of(namespace, id.name()))).collect();
            rename(model, &names).map_err(|problem| wrong(&problem))?;
        }
        _ => {
            let near = nearest_names(name, NAMES);
            let hint = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(TransformError::Unknown { name: name.to_owned(), hint });
        }
    }
    Ok(())
}

/// The ID of a trait: one without a namespace is of the prelude.
fn absolute(id: &str) -> String {
    if id.contains('#') { id.to_owned() } else { format!("smithy.api#{id}") }
}

/// Whether `namespace#` names the namespace of a shape.
fn is_namespace_of(listed: &str, id: &ShapeId) -> bool {
    listed.strip_suffix('#') == Some(id.namespace())
}

fn has_tag(traits: &Traits, tags: &BTreeSet<String>) -> bool {
    traits.get("smithy.api#tags").is_some_and(|value| value.strings().any(|tag| tags.contains(tag)))
}

fn filter_tags(traits: &mut Traits, tags: &BTreeSet<String>, includes: bool) {
    let Some(value) = traits.get_mut("smithy.api#tags") else { return };
    if let NodeValue::Array(elements) = &mut value.value {
        elements.retain(|tag| tag.as_str().is_some_and(|tag| tags.contains(tag)) == includes);
        if elements.is_empty() {
            traits.remove("smithy.api#tags");
        }
    }
}

fn select(text: &str, model: &Model) -> Result<BTreeSet<ShapeId>, String> {
    let selector = Selector::parse(text).map_err(|error| error.to_string())?;
    let relations = Relations::new(model);
    let items = selector.select(&relations).map_err(|error| error.to_string())?;
    let shapes = items.into_iter().filter_map(|at| relations.item(at)).filter_map(|item: Item<'_>| item.as_shape());
    Ok(shapes.map(|shape: &Shape| shape.id.clone()).collect())
}

/// Renames shapes whose new names are free.
fn rename(model: &mut Model, names: &HashMap<ShapeId, ShapeId>) -> Result<(), String> {
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
