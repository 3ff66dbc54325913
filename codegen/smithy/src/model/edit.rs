//! Changes to a whole model: shapes are left out or renamed, and what refers to them follows.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Details, Member, Model, Reference, Shape, ShapeId, Traits};
use crate::source::Node;

impl Model {
    /// Leaves out the shapes that are not to be kept, and what refers to them: members, bindings, mixins and traits. An
    /// operation without its input or output has `Unit`. Shapes that come with the tool stay.
    pub(crate) fn retain(&mut self, keep: impl Fn(&Shape) -> bool) {
        let gone: HashSet<ShapeId> =
            self.own_shapes().filter(|shape| !keep(shape)).map(|shape| shape.id.clone()).collect();
        self.shapes.retain(|shape| !gone.contains(&shape.id));
        for shape in &mut self.shapes {
            shape.members.retain(|member| !gone.contains(&member.target));
            shape.mixins.retain(|mixin| !gone.contains(&mixin.target));
            drop_references(&mut shape.details, &gone);
            drop_traits(shape, |id| !gone.contains(id));
        }
        for introduced in self.introduced.values_mut() {
            drop_references(&mut introduced.details, &gone);
        }
        self.rebuild_index();
    }

    /// Leaves out applications of traits.
    pub(crate) fn retain_traits(&mut self, keep: impl Fn(&ShapeId) -> bool) {
        let sources = &self.sources;
        for shape in self.shapes.iter_mut().filter(|shape| !sources.is_built_in(shape.span.file)) {
            drop_traits(shape, &keep);
        }
    }

    /// The metadata, to change it.
    pub(crate) fn metadata_mut(&mut self) -> &mut BTreeMap<Box<str>, Node> {
        &mut self.metadata
    }

    /// Makes members and traits of mixins the shapes' own, and leaves the mixins out.
    pub(crate) fn flatten_mixins(&mut self) {
        self.introduced.clear();
        for shape in &mut self.shapes {
            shape.mixins.clear();
            shape.members.iter_mut().for_each(|member| member.mixins.clear());
        }
        self.retain(|shape| !shape.traits.is_mixin());
    }

    /// Gives shapes other IDs.
    pub(crate) fn rename(&mut self, names: &HashMap<ShapeId, ShapeId>) {
        let new = |id: &ShapeId| -> ShapeId {
            match id.member() {
                Some(member) => names.get(&id.container()).map_or_else(|| id.clone(), |name| name.with_member(member)),
                None => names.get(id).unwrap_or(id).clone(),
            }
        };
        let rename_traits = |traits: &mut Traits| {
            *traits =
                traits.iter().map(|(id, value)| super::AppliedTrait { id: new(id), value: value.clone() }).collect();
        };
        let rename_member = |member: &mut Member| {
            member.id = new(&member.id);
            member.target = new(&member.target);
            member.mixins.iter_mut().for_each(|mixin| *mixin = new(mixin));
            rename_traits(&mut member.traits);
        };
        for shape in &mut self.shapes {
            shape.id = new(&shape.id);
            rename_traits(&mut shape.traits);
            shape.members.iter_mut().for_each(rename_member);
            shape.mixins.iter_mut().for_each(|mixin| mixin.target = new(&mixin.target));
            each_reference(&mut shape.details, &mut |reference| reference.target = new(&reference.target));
        }
        self.introduced = std::mem::take(&mut self.introduced)
            .into_iter()
            .map(|(id, mut introduced)| {
                introduced.traits.iter_mut().for_each(|id| *id = new(id));
                introduced.members.values_mut().flatten().for_each(|id| *id = new(id));
                each_reference(&mut introduced.details, &mut |reference| reference.target = new(&reference.target));
                (new(&id), introduced)
            })
            .collect();
        self.shapes.sort_by(|a, b| a.id.cmp(&b.id));
        self.rebuild_index();
    }

    fn rebuild_index(&mut self) {
        self.index = self.shapes.iter().enumerate().map(|(at, shape)| (shape.id.clone(), at)).collect();
    }
}

fn drop_traits(shape: &mut Shape, keep: impl Fn(&ShapeId) -> bool) {
    let drop = |traits: &mut Traits| {
        let gone: Vec<ShapeId> = traits.iter().map(|(id, _)| id.clone()).filter(|id| !keep(id)).collect();
        for id in gone {
            traits.remove(id.as_str());
        }
    };
    drop(&mut shape.traits);
    shape.members.iter_mut().for_each(|member| drop(&mut member.traits));
}

fn drop_references(details: &mut Details, gone: &HashSet<ShapeId>) {
    let stays = |reference: &Reference| !gone.contains(&reference.target);
    match details {
        Details::None => {}
        Details::Service(service) => {
            service.operations.retain(stays);
            service.resources.retain(stays);
            service.errors.retain(stays);
            service.rename.retain(|(shape, _)| stays(shape));
        }
        Details::Resource(resource) => {
            resource.operations.retain(stays);
            resource.collection_operations.retain(stays);
            resource.resources.retain(stays);
            resource.identifiers.retain(|(_, target)| stays(target));
            resource.properties.retain(|(_, target)| stays(target));
            let lifecycle = [
                &mut resource.create,
                &mut resource.put,
                &mut resource.read,
                &mut resource.update,
                &mut resource.delete,
                &mut resource.list,
            ];
            for operation in lifecycle {
                if operation.as_ref().is_some_and(|operation| !stays(operation)) {
                    *operation = None;
                }
            }
        }
        Details::Operation(operation) => {
            operation.errors.retain(stays);
            for structure in [&mut operation.input, &mut operation.output] {
                if !stays(structure) {
                    structure.target = ShapeId::of("smithy.api", "Unit");
                }
            }
        }
    }
}

fn each_reference(details: &mut Details, visit: &mut dyn FnMut(&mut Reference)) {
    match details {
        Details::None => {}
        Details::Service(service) => {
            let bound = service.operations.iter_mut().chain(&mut service.resources).chain(&mut service.errors);
            bound.chain(service.rename.iter_mut().map(|(shape, _)| shape)).for_each(visit);
        }
        Details::Resource(resource) => {
            let bound = resource.operations.iter_mut().chain(&mut resource.collection_operations);
            let named = resource.identifiers.iter_mut().chain(&mut resource.properties).map(|(_, target)| target);
            bound
                .chain(&mut resource.resources)
                .chain(named)
                .chain(&mut resource.create)
                .chain(&mut resource.put)
                .chain(&mut resource.read)
                .chain(&mut resource.update)
                .chain(&mut resource.delete)
                .chain(&mut resource.list)
                .for_each(visit);
        }
        Details::Operation(operation) => {
            [&mut operation.input, &mut operation.output].into_iter().chain(&mut operation.errors).for_each(visit);
        }
    }
}
