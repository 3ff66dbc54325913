//! The operations that differ between two versions of a service.
//!
//! Most of a large service stays as it is, and planning it twice to find that out costs more than all else that a comparison
//! does. What is planned of an operation follows from the shapes that it needs, their names, and what its service says.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::{Plan, Planner};
use whitesmith_smithy::model::{Member, Shape, ShapeId};

/// Plans the operations of two versions of a service of which anything may differ, and the shapes that they need in either
/// version, as they are in the plans of all: what is left out has the same plan in both.
#[must_use]
pub fn plan_changed(old: &Planner<'_>, new: &Planner<'_>) -> (Plan, Plan) {
    let differing = differing_operations(old, new);
    let chosen = |planner: &Planner<'_>| -> Vec<ShapeId> { planner.chosen.intersection(&differing).cloned().collect() };
    let closure = |planner: &Planner<'_>| planner.model.closure(&planner.service.id, Some(&chosen(planner)));
    let needed: HashSet<ShapeId> = [old, new].into_iter().flat_map(closure).collect();
    let part = |planner: &Planner<'_>| planner.plan_of(chosen(planner), &|id| needed.contains(id));
    (part(old), part(new))
}

/// Everything that reaches a difference. What is no operation does no harm.
fn differing_operations(old: &Planner<'_>, new: &Planner<'_>) -> BTreeSet<ShapeId> {
    let service = &old.service.id;
    let mut needed_by: HashMap<&ShapeId, Vec<&ShapeId>> = HashMap::default();
    let mut found = BTreeSet::new();
    if !is_same_service(old.service, new.service) || old.service_plan != new.service_plan {
        found.insert(service);
    }
    for (planner, other) in [(old, new), (new, old)] {
        for error in planner.service.as_service().into_iter().flat_map(|service| &service.errors) {
            needed_by.entry(&error.target).or_default().push(service);
        }
        let operations: Vec<ShapeId> = planner.chosen.iter().cloned().collect();
        let closure = planner.model.closure(service, Some(&operations));
        for shape in closure.iter().filter(|id| *id != service).filter_map(|id| planner.model.shape(id)) {
            for needed in shape.needs() {
                needed_by.entry(needed).or_default().push(&shape.id);
            }
            if !is_same(planner, other, shape) {
                found.insert(&shape.id);
            }
        }
    }
    let mut waiting: Vec<&ShapeId> = found.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let holders = needed_by.remove(id).unwrap_or_default();
        waiting.extend(holders.into_iter().filter(|holder| found.insert(holder)));
    }
    // What the service says, and its errors, count for every operation.
    if found.contains(service) {
        return old.chosen.union(&new.chosen).cloned().collect();
    }
    found.into_iter().cloned().collect()
}

/// Whether operations read the same from two versions of their service.
fn is_same_service(old: &Shape, new: &Shape) -> bool {
    let common = |shape: &Shape| shape.as_service().map(|service| (service.errors.clone(), service.rename.clone()));
    old.traits == new.traits && common(old) == common(new)
}

/// Whether a shape is the same in both versions, with the same names.
fn is_same(planner: &Planner<'_>, other: &Planner<'_>, shape: &Shape) -> bool {
    let Some(counterpart) = other.model.shape(&shape.id) else { return false };
    let id = &shape.id;
    let member = |(one, other): (&Member, &Member)| {
        one.name == other.name && one.target == other.target && one.traits == other.traits
    };
    shape.shape_type == counterpart.shape_type
        && shape.traits == counterpart.traits
        && shape.details == counterpart.details
        && shape.members.len() == counterpart.members.len()
        && shape.members.iter().zip(&counterpart.members).all(member)
        && planner.names.get(id) == other.names.get(id)
        && planner.operation_names.get(id) == other.operation_names.get(id)
        && planner.targeted.contains(id) == other.targeted.contains(id)
        && planner.chosen.contains(id) == other.chosen.contains(id)
}
