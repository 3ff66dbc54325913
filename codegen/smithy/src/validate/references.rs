//! `ReferencesTrait`: references are to resources, and name all of their identifiers.

use std::collections::BTreeMap;

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Resource, Shape, ShapeType};
use crate::source::Node;

const ID: &str = "ReferencesTrait";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#references") {
        let shape = match applied.item {
            Item::Shape(shape) => Some(shape),
            Item::Member(_, member) => context.model().target(member),
        };
        let Some(shape) = shape else { continue };
        for reference in applied.value.as_array().unwrap_or_default() {
            check_reference(context, report, applied, shape, reference);
        }
    }
}

fn check_reference(context: &Context<'_>, report: &mut Report, applied: Applied<'_>, shape: &Shape, reference: &Node) {
    let is_string = matches!(shape.shape_type, ShapeType::String | ShapeType::Enum);
    let ids: BTreeMap<&str, &str> = reference
        .get("ids")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.value.as_str().map(|member| (&*entry.key, member)))
        .collect();
    if is_string && !ids.is_empty() {
        report.trait_error(ID, applied, format!("A reference on a string has no `ids`: {reference}"));
    }
    let Some(target) = reference.get("resource").and_then(Node::as_str) else { return };
    let Some(target) = context.model().shape_named(target) else { return };
    let Some(resource) = target.as_resource() else {
        let message = format!("`{}` is of type {}, not a resource", target.id, target.shape_type.name());
        return report.trait_error(ID, applied, message);
    };
    if is_string && resource.identifiers.len() != 1 {
        let message =
            format!("A string can refer to a resource with one identifier only, which `{}` is not", target.id);
        report.trait_error(ID, applied, message);
    }
    if let Some(structure) = applied.item.as_shape().filter(|shape| shape.shape_type == ShapeType::Structure) {
        check_structure(context, report, applied, structure, resource, &ids);
    }
}

fn check_structure(
    context: &Context<'_>,
    report: &mut Report,
    applied: Applied<'_>,
    structure: &Shape,
    resource: &Resource,
    ids: &BTreeMap<&str, &str>,
) {
    let names: Vec<&str> = resource.identifiers.iter().map(|(name, _)| &**name).collect();
    if !ids.is_empty() {
        if ids.len() != names.len() {
            let message =
                format!("`ids` has {} entries, the resource has {}: {}", ids.len(), names.len(), ticked(&names));
            report.trait_error(ID, applied, message);
        }
        let extra: Vec<&&str> = ids.keys().filter(|name| !names.contains(name)).collect();
        if !extra.is_empty() {
            let message = format!("The resource has no identifiers {}", ticked(extra));
            report.trait_error(ID, applied, message);
        }
    }
    let members = if ids.is_empty() { names } else { ids.values().copied().collect() };
    let mut problems = Vec::new();
    for name in members {
        match structure.member(name) {
            None => problems.push(format!("there is no member `{name}`")),
            Some(member) => {
                let target = context.model().target(member).map(|target| target.shape_type);
                if !matches!(target, Some(ShapeType::String | ShapeType::Enum)) {
                    problems.push(format!("`{name}` is not a string"));
                }
            }
        }
    }
    if !problems.is_empty() {
        report.trait_error(ID, applied, format!("The reference cannot be resolved: {}", problems.join("; ")));
    }
}
