//! What a service is made of.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::{Details, Model, Reference, Resource, Shape, ShapeId, ShapeType};

impl Model {
    /// The resources of a service, at any depth, sorted by ID.
    #[must_use]
    pub fn resources_of(&self, service: &ShapeId) -> BTreeSet<ShapeId> {
        let mut resources = BTreeSet::new();
        let Some(service) = self.shape(service).and_then(Shape::as_service) else { return resources };
        let mut waiting: Vec<ShapeId> = ids(&service.resources).collect();
        while let Some(id) = waiting.pop() {
            let Some(resource) = self.shape(&id).and_then(Shape::as_resource) else { continue };
            if resources.insert(id) {
                waiting.extend(ids(&resource.resources));
            }
        }
        resources
    }

    /// The operations of a service, those bound to its resources at any depth included, sorted by ID.
    #[must_use]
    pub fn operations_of(&self, service: &ShapeId) -> Vec<ShapeId> {
        let mut operations = BTreeSet::new();
        for id in self.resources_of(service) {
            let resource = self.shape(&id).and_then(Shape::as_resource);
            let bound = resource.into_iter().flat_map(Resource::all_operations);
            operations.extend(bound.map(|operation| operation.target.clone()));
        }
        if let Some(service) = self.shape(service).and_then(Shape::as_service) {
            operations.extend(ids(&service.operations));
        }
        operations.into_iter().collect()
    }

    /// The IDs of all shapes that a service needs, itself and shapes of the prelude included, sorted. With `operations`,
    /// only what those need: resources are left out then, and the service's own errors stay.
    #[must_use]
    pub fn closure(&self, service: &ShapeId, operations: Option<&[ShapeId]>) -> Vec<ShapeId> {
        let mut found = HashSet::default();
        let mut waiting = Vec::new();
        match (self.shape(service).map(|shape| &shape.details), operations) {
            (Some(Details::Service(details)), Some(operations)) => {
                found.insert(service);
                waiting.extend(operations);
                waiting.extend(targets(&details.errors));
            }
            (Some(_), None) => waiting.push(service),
            _ => {
                found.insert(service);
            }
        }
        while let Some(id) = waiting.pop() {
            let Some(shape) = self.shape(id) else { continue };
            if found.insert(id) {
                waiting.extend(shape.needs());
            }
        }
        let mut found: Vec<ShapeId> = found.into_iter().cloned().collect();
        found.sort_unstable();
        found
    }
}

impl Shape {
    /// The shapes that the shape needs directly. The members of enums have no types of their own.
    #[must_use]
    pub fn needs(&self) -> Vec<&ShapeId> {
        let mut needs = Vec::new();
        if !matches!(self.shape_type, ShapeType::Enum | ShapeType::IntEnum) {
            needs.extend(self.members.iter().map(|member| &member.target));
        }
        match &self.details {
            Details::None => {}
            Details::Service(service) => {
                for list in [&service.operations, &service.resources, &service.errors] {
                    needs.extend(targets(list));
                }
            }
            Details::Resource(resource) => needs.extend(resource_needs(resource)),
            Details::Operation(operation) => {
                needs.extend([&operation.input.target, &operation.output.target]);
                needs.extend(targets(&operation.errors));
            }
        }
        needs
    }
}

fn targets(references: &[Reference]) -> impl Iterator<Item = &ShapeId> {
    references.iter().map(|reference| &reference.target)
}

fn ids(references: &[Reference]) -> impl Iterator<Item = ShapeId> {
    targets(references).cloned()
}

fn resource_needs(resource: &Resource) -> impl Iterator<Item = &ShapeId> {
    let named = resource.identifiers.iter().chain(&resource.properties).map(|(_, reference)| reference);
    named.chain(resource.all_operations()).chain(&resource.resources).map(|reference| &reference.target)
}
