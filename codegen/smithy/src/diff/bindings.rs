//! What is bound to services and resources, and by which identifiers resources are known.

use super::differences::{Differences, Pair};
use super::operations::{missing, of};
use super::report::Report;
use crate::model::{Details, Reference, Resource, Severity, Shape, ShapeId, ShapeType};

/// The operations and resources bound by the properties of these names, on services and resources alike. Lifecycle
/// operations and operations of a collection are bound by other properties, which the reference does not compare.
fn bound(shape: &Shape) -> Option<(&[Reference], &[Reference])> {
    match &shape.details {
        Details::Service(service) => Some((&service.operations, &service.resources)),
        Details::Resource(resource) => Some((&resource.operations, &resource.resources)),
        Details::Operation(_) | Details::None => None,
    }
}

/// `AddedOperationBinding`, `AddedResourceBinding`
pub(super) fn added(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in entities(differences) {
        let (Some(before), Some(after)) = (bound(old), bound(new)) else { continue };
        for (kind, ids) in [("Operation", missing(after.0, before.0)), ("Resource", missing(after.1, before.1))] {
            for id in ids {
                let event_id = format!("Added{kind}Binding.To{}.{}", entity(new), id.name());
                let message =
                    format!("{kind} binding of `{id}` was added to the {} shape, `{}`", new.shape_type.name(), new.id);
                report.add_binding(Severity::Note, &event_id, pair.new, id, message);
            }
        }
    }
}

/// `RemovedOperationBinding`, `RemovedResourceBinding`
pub(super) fn removed(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in entities(differences) {
        let (Some(before), Some(after)) = (bound(old), bound(new)) else { continue };
        for id in missing(before.0, after.0) {
            if still_reached(differences, new, id) {
                let event_id = format!("RemovedOperationBinding.FromService.{}", id.name());
                let message = format!(
                    "Operation binding of `{id}` was removed from service shape, `{}`, but the operation remains in the \
                     service closure through a resource",
                    new.id
                );
                report.add_binding(Severity::Note, &event_id, pair.new, id, message);
            } else {
                unbound(pair, new, "Operation", id, report);
            }
        }
        for id in missing(before.1, after.1) {
            unbound(pair, new, "Resource", id, report);
        }
    }
}

fn unbound(pair: Pair<'_>, parent: &Shape, kind: &str, id: &ShapeId, report: &mut Report) {
    let event_id = format!("Removed{kind}Binding.From{}.{}", entity(parent), id.name());
    let message =
        format!("{kind} binding of `{id}` was removed from {} shape, `{}`", parent.shape_type.name(), parent.id);
    report.add_binding(Severity::Error, &event_id, pair.new, id, message);
}

fn entity(shape: &Shape) -> &'static str {
    if shape.shape_type == ShapeType::Resource { "Resource" } else { "Service" }
}

fn still_reached(differences: &Differences<'_>, parent: &Shape, operation: &ShapeId) -> bool {
    parent.shape_type == ShapeType::Service && differences.new.operations_of(&parent.id).contains(operation)
}

/// The changed services and resources.
fn entities<'a>(differences: &'a Differences<'a>) -> impl Iterator<Item = (Pair<'a>, &'a Shape, &'a Shape)> {
    differences.changed.iter().filter_map(|pair| {
        let (old, new) = pair.shapes()?;
        Some((*pair, old, new))
    })
}

/// `ChangedResourceIdentifiers`
pub(super) fn identifiers(differences: &Differences<'_>, report: &mut Report) {
    for (pair, old, new) in of(differences, Shape::as_resource) {
        let same = old.identifiers.len() == new.identifiers.len()
            && old.identifiers.iter().all(|identifier| new.identifiers.contains(identifier));
        if !same {
            let message =
                format!("Identifiers of resource `{}` changed from {} to {}.", pair.old.id(), listed(old), listed(new));
            report.add(Severity::Error, "ChangedResourceIdentifiers", pair.new, message);
        }
    }
}

fn listed(resource: &Resource) -> String {
    let entries: Vec<String> =
        resource.identifiers.iter().map(|(name, reference)| format!("{name}={}", reference.target)).collect();
    format!("{{{}}}", entries.join(", "))
}
