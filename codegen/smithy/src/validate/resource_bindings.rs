//! `ResourceIdentifierBinding`, `ServiceBoundResourceOperation`: operations and the identifiers of their resources.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use crate::model::{Member, Resource, Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const ID: &str = "ResourceIdentifierBinding";
const RESOURCE_IDENTIFIER: &str = "smithy.api#resourceIdentifier";

fn explicit(member: &Member) -> Option<&str> {
    member.traits.get(RESOURCE_IDENTIFIER).and_then(Node::as_str)
}

/// The required member of an identifier's name and type.
fn is_implicit(resource: &Resource, member: &Member) -> bool {
    let of_resource =
        |(name, shape): &(Box<str>, crate::model::Reference)| *name == member.name && shape.target == member.target;
    member.traits.is_required() && resource.identifiers.iter().any(of_resource)
}

/// The identifiers that a structure binds, each with its member.
pub(super) fn bindings<'s>(resource: &Resource, structure: &'s Shape) -> BTreeMap<&'s str, &'s Member> {
    let mut bindings = BTreeMap::new();
    for member in &structure.members {
        match explicit(member) {
            Some(name) => {
                bindings.insert(name, member);
            }
            None if is_implicit(resource, member) => {
                bindings.entry(&*member.name).or_insert(member);
            }
            None => {}
        }
    }
    bindings
}

/// Whether an operation works on the collection, not on one resource.
fn is_collection_operation(resource: &Resource, operation: &ShapeId) -> bool {
    let lifecycle = [&resource.create, &resource.list].into_iter().flatten();
    lifecycle.chain(&resource.collection_operations).any(|bound| bound.target == *operation)
}

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    check_structures(context, report);
    for shape in context.own(ShapeType::Resource) {
        let Some(resource) = shape.as_resource() else { continue };
        check_children(context, report, shape, resource);
        check_operations(context, report, shape, resource);
    }
}

fn check_structures(context: &Context<'_>, report: &mut Report) {
    let containers: BTreeSet<&ShapeId> =
        context.with_trait(RESOURCE_IDENTIFIER).iter().map(|applied| &applied.item.container().id).collect();
    for structure in containers.into_iter().filter_map(|id| context.model().shape(id)) {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for member in &structure.members {
            if let Some(name) = explicit(member) {
                by_name.entry(name).or_default().push(&member.name);
            }
        }
        for (name, members) in by_name {
            if members.len() > 1 {
                let message = format!("Several members are bound to the identifier `{name}`: {}", ticked(&members));
                report.error(ID, structure, message);
            }
            let implicit = structure.member(name).is_some_and(|member| explicit(member).is_none());
            if implicit {
                let message =
                    format!("The member `{name}` is not the identifier of that name, because {} is", ticked(&members));
                report.add(Severity::Warning, ID, structure, message);
            }
        }
    }
}

/// Operations of a child bind the identifiers of the parent too.
fn check_children(context: &Context<'_>, report: &mut Report, parent: &Shape, resource: &Resource) {
    for child in resource.resources.iter().filter_map(|child| context.model().shape(&child.target)) {
        let Some(child_resource) = child.as_resource() else { continue };
        for operation in child_resource.all_operations() {
            let Some(operation) = context.model().shape(&operation.target) else { continue };
            let input = operation.as_operation().and_then(|details| context.input(details));
            let bound = input.map(|input| bindings(child_resource, input)).unwrap_or_default();
            let missing: Vec<&str> =
                resource.identifiers.iter().map(|(name, _)| &**name).filter(|name| !bound.contains_key(name)).collect();
            if !missing.is_empty() {
                let message = format!(
                    "As an operation of `{}`, which is inside `{}`, it must bind the identifiers {}",
                    child.id,
                    parent.id,
                    ticked(missing)
                );
                report.error(ID, operation, message);
            }
        }
    }
}

/// Operations on one resource bind all identifiers; operations on the collection do not.
fn check_operations(context: &Context<'_>, report: &mut Report, shape: &Shape, resource: &Resource) {
    let operations: BTreeSet<&ShapeId> = resource.all_operations().map(|operation| &operation.target).collect();
    for operation in operations.into_iter().filter_map(|id| context.model().shape(id)) {
        let input = operation.as_operation().and_then(|details| context.input(details));
        let bound = input.map(|input| bindings(resource, input)).unwrap_or_default();
        let is_bound = |(name, identifier): &(Box<str>, crate::model::Reference)| {
            bound.get(&**name).is_some_and(|member| member.target == identifier.target)
        };
        let all_bound = resource.identifiers.iter().all(is_bound);
        let expected = ticked(resource.identifiers.iter().map(|(name, _)| name));
        match (is_collection_operation(resource, &operation.id), all_bound) {
            (true, true) => {
                let message = format!(
                    "As an operation on the collection of `{}`, it must not bind every identifier: {expected}",
                    shape.id
                );
                report.error(ID, operation, message);
            }
            (false, false) => {
                let message =
                    format!("As an operation on one `{}`, its input must bind every identifier: {expected}", shape.id);
                report.error(ID, operation, message);
            }
            _ => {}
        }
    }
}

/// An operation of the service that has a resource's identifiers may belong to the resource.
pub(super) fn check_service_operations(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let resources = context.resources_of(service);
        let operations = service.as_service().into_iter().flat_map(|service| &service.operations);
        for operation in operations.filter_map(|operation| context.model().shape(&operation.target)) {
            let Some(details) = operation.as_operation() else { continue };
            let structures = [context.input(details), context.output(details)];
            let members: Vec<&Member> = structures.into_iter().flatten().flat_map(|shape| &shape.members).collect();
            let fits = |shape: &&&Shape| {
                let resource = shape.as_resource();
                resource.is_some_and(|resource| members.iter().any(|member| is_implicit(resource, member)))
            };
            let better: Vec<&ShapeId> = resources.iter().filter(fits).map(|shape| &shape.id).collect();
            if !better.is_empty() {
                let id = format!("ServiceBoundResourceOperation.{}.{}", service.id, operation.id.name());
                let message = format!(
                    "The operation is bound to `{}`, but has members for the identifiers of {}",
                    service.id,
                    ticked(better)
                );
                report.add(Severity::Warning, id, operation, message);
            }
        }
    }
}
