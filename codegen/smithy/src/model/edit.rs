//! Changes to a whole model: shapes are left out or renamed, and what refers to them follows.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet};

use super::relations::Item;
use super::{Details, Introduced, Member, Model, Reference, Shape, ShapeId, ShapeType, Traits};
use crate::source::{Node, NodeValue};

impl Model {
    /// Leaves out what is not to be kept, and what refers to it: members, bindings, mixins and traits. An operation without
    /// its input or output has `Unit`. Only structures, unions and enums lose members, and what comes with the tool stays.
    pub(crate) fn retain(&mut self, keep: impl Fn(Item<'_>) -> bool) {
        let sources = &self.sources;
        let is_own = |shape: &Shape| !sources.is_built_in(shape.span.file);
        let shapes = self.shapes.iter().filter(|shape| is_own(shape) && !keep(Item::Shape(shape)));
        let gone: HashSet<ShapeId> = shapes.map(|shape| shape.id.clone()).collect();
        self.shapes.retain(|shape| !gone.contains(&shape.id));
        for shape in self.shapes.iter_mut().filter(|shape| is_own(shape)) {
            if has_optional_members(shape.shape_type) {
                let mut members = std::mem::take(&mut shape.members);
                members.retain(|member| !gone.contains(&member.target) && keep(Item::Member(shape, member)));
                shape.members = members;
            }
            if let Some(introduced) = self.introduced.get_mut(&shape.id) {
                drop_references(&mut introduced.details, &gone);
                drop_mixins(shape, introduced, &gone);
            }
            drop_references(&mut shape.details, &gone);
            drop_traits(shape, |id| !gone.contains(id));
            each_traits(shape, |traits| drop_mentions(traits, &gone));
        }
        self.rebuild_index();
    }

    /// Leaves out shapes, and nothing that refers to them.
    pub(crate) fn drop_shapes(&mut self, gone: &BTreeSet<ShapeId>) {
        self.shapes.retain(|shape| !gone.contains(&shape.id));
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
        let ids: Vec<ShapeId> = self.shapes.iter().map(|shape| shape.id.clone()).collect();
        self.forget_mixins(&ids);
        self.retain(|item| !item.container().traits.is_mixin());
    }

    /// Makes what some shapes have of mixins their own.
    pub(crate) fn forget_mixins(&mut self, ids: &[ShapeId]) {
        for id in ids {
            self.introduced.remove(id);
            if let Some(shape) = self.index.get(id).and_then(|at| self.shapes.get_mut(*at)) {
                shape.mixins.clear();
                shape.members.iter_mut().for_each(|member| member.mixins.clear());
            }
        }
    }

    /// Changes the properties of shapes, those that they state themselves too.
    pub(crate) fn edit_details(&mut self, mut edit: impl FnMut(&ShapeId, &mut Details)) {
        for shape in &mut self.shapes {
            edit(&shape.id, &mut shape.details);
        }
        for (id, introduced) in &mut self.introduced {
            edit(id, &mut introduced.details);
        }
    }

    /// Gives shapes other IDs, in the strings of traits and metadata too.
    pub(crate) fn rename(&mut self, names: &HashMap<ShapeId, ShapeId>) {
        let new = |id: &ShapeId| -> ShapeId {
            match id.member() {
                Some(member) => names.get(&id.container()).map_or_else(|| id.clone(), |name| name.with_member(member)),
                None => names.get(id).unwrap_or(id).clone(),
            }
        };
        let rename_traits = |traits: &mut Traits| {
            let renamed = std::mem::take(traits).into_iter().map(|mut applied| {
                rename_strings(&mut applied.value, &new);
                super::AppliedTrait { id: new(&applied.id), ..applied }
            });
            *traits = renamed.collect();
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
        self.metadata.values_mut().for_each(|value| rename_strings(value, &new));
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

/// Whether shapes of a type can do without any of their members.
fn has_optional_members(shape_type: ShapeType) -> bool {
    matches!(shape_type, ShapeType::Structure | ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum)
}

/// Leaves out what a shape has of mixins that are gone.
fn drop_mixins(shape: &mut Shape, introduced: &Introduced, gone: &HashSet<ShapeId>) {
    if !shape.mixins.iter().any(|mixin| gone.contains(&mixin.target)) {
        return;
    }
    shape.mixins.retain(|mixin| !gone.contains(&mixin.target));
    for member in &mut shape.members {
        member.mixins.retain(|mixin| !gone.contains(&mixin.container()));
    }
    let is_own = |member: &Member| introduced.members.contains_key(&member.name) || !member.mixins.is_empty();
    shape.members.retain(is_own);
    if shape.mixins.is_empty() {
        let inherited: Vec<ShapeId> =
            shape.traits.iter().map(|(id, _)| id.clone()).filter(|id| !introduced.traits.contains(id)).collect();
        for id in inherited {
            shape.traits.remove(id.as_str());
        }
    }
}

/// Leaves out what names shapes that are gone, in the traits that list shapes.
fn drop_mentions(traits: &mut Traits, gone: &HashSet<ShapeId>) {
    let is_gone = |node: Option<&Node>| node.and_then(Node::as_str).is_some_and(|id| gone.contains(id));
    for id in ["smithy.api#authDefinition", "smithy.api#protocolDefinition"] {
        let listed = traits.get_mut(id).and_then(Node::as_object_mut).and_then(|object| object.get_mut("traits"));
        if let Some(Node { value: NodeValue::Array(elements), .. }) = listed {
            elements.retain(|element| !is_gone(Some(element)));
        }
    }
    if let Some(Node { value: NodeValue::Array(references), .. }) = traits.get_mut("smithy.api#references") {
        references.retain(|reference| !is_gone(reference.get("resource")));
    }
}

/// Gives the strings that are the IDs of shapes their new values.
fn rename_strings(node: &mut Node, new: &impl Fn(&ShapeId) -> ShapeId) {
    let rename = |text: &mut Box<str>| {
        if let Some(id) = text.contains('#').then(|| ShapeId::parse(text).ok()).flatten() {
            *text = new(&id).as_str().into();
        }
    };
    match &mut node.value {
        NodeValue::String(text) => rename(text),
        NodeValue::Array(elements) => elements.iter_mut().for_each(|element| rename_strings(element, new)),
        NodeValue::Object(object) => {
            for entry in object.iter_mut() {
                rename(&mut entry.key);
                rename_strings(&mut entry.value, new);
            }
        }
        NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) => {}
    }
}

fn each_traits(shape: &mut Shape, mut edit: impl FnMut(&mut Traits)) {
    edit(&mut shape.traits);
    shape.members.iter_mut().for_each(|member| edit(&mut member.traits));
}

fn drop_traits(shape: &mut Shape, keep: impl Fn(&ShapeId) -> bool) {
    let drop = |traits: &mut Traits| {
        let gone: Vec<ShapeId> = traits.iter().map(|(id, _)| id.clone()).filter(|id| !keep(id)).collect();
        for id in gone {
            traits.remove(id.as_str());
        }
    };
    each_traits(shape, drop);
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
