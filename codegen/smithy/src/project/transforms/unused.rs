//! Transforms that leave out what nothing uses.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::arguments::Arguments;
use super::tags;
use crate::model::relations::{Item, ItemIndex, Relation, Relations};
use crate::model::{Model, Shape, ShapeId, ShapeType, connected};

/// `removeUnusedShapes`: what no service leads to. Without a use, trait definitions go too, and then what only they use.
pub(super) fn remove_shapes(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let exported = arguments.optional_list("exportTagged");
    loop {
        let before = model.shapes().len();
        let gone = unconnected(model, &exported);
        model.retain(|item| !gone.contains(&item.container().id));
        let gone = unused_traits(model, &exported);
        model.retain(|item| !gone.contains(&item.container().id));
        if model.shapes().len() == before {
            return Ok(());
        }
    }
}

/// The shapes that no service and no definition of a trait or of metadata leads to.
fn unconnected(model: &Model, exported: &BTreeSet<&str>) -> BTreeSet<ShapeId> {
    let relations = Relations::new(model);
    let is_root = |shape: &&Shape| {
        let defines = shape.traits.is_trait_definition() || shape.traits.has("smithy.api#metadata");
        shape.shape_type == ShapeType::Service || defines
    };
    let roots: Vec<ItemIndex> =
        model.shapes().filter(is_root).filter_map(|shape| relations.find(shape.id.as_str())).collect();
    let connected = connected(&relations, roots);
    let is_gone = |shape: &&Shape| {
        let is_connected = relations.find(shape.id.as_str()).is_some_and(|at| connected.contains(&at));
        !is_connected && !tags::has_any(&shape.traits, exported)
    };
    model.own_shapes().filter(is_gone).map(|shape| shape.id.clone()).collect()
}

/// The trait definitions that nothing that a service leads to has, nor the definition of a trait that is there.
fn unused_traits(model: &Model, exported: &BTreeSet<&str>) -> BTreeSet<ShapeId> {
    let relations = Relations::new(model);
    let services = model.shapes().filter(|shape| shape.shape_type == ShapeType::Service);
    let reachable = relations.reachable_from(services.filter_map(|shape| relations.find(shape.id.as_str())));
    let mut used: HashSet<ItemIndex> = HashSet::default();
    let mut waiting = reachable;
    while let Some(at) = waiting.pop() {
        let traits = relations.forward(at).iter().filter(|(relation, _)| *relation == Relation::Trait);
        waiting.extend(traits.map(|(_, definition)| *definition).filter(|definition| used.insert(*definition)));
    }
    let is_unused = |shape: &&Shape| {
        let is_used = relations.find(shape.id.as_str()).is_some_and(|at| used.contains(&at));
        shape.traits.is_trait_definition() && !is_used && !tags::has_any(&shape.traits, exported)
    };
    model.own_shapes().filter(is_unused).map(|shape| shape.id.clone()).collect()
}

/// `removeTraitDefinitions`: the definitions of traits and what only they use, but not where the traits are applied.
pub(super) fn remove_trait_definitions(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let exported = arguments.optional_list("exportTagged");
    let relations = Relations::new(model);
    let is_definition = |shape: &Shape| shape.traits.is_trait_definition() && !tags::has_any(&shape.traits, &exported);
    let mut gone: BTreeSet<ShapeId> =
        model.own_shapes().filter(|shape| is_definition(shape)).map(|shape| shape.id.clone()).collect();
    loop {
        let only_used_by_gone = |shape: &&Shape| {
            let users = relations.find(shape.id.as_str()).map_or(&[][..], |at| relations.reverse(at));
            let mut users = users
                .iter()
                .filter(|(relation, _)| *relation != Relation::Trait)
                .filter_map(|(_, user)| relations.item(*user).map(Item::container))
                .filter(|user| user.id != shape.id)
                .peekable();
            users.peek().is_some() && users.all(|user| gone.contains(&user.id))
        };
        let more: Vec<ShapeId> = model
            .own_shapes()
            .filter(|shape| !gone.contains(&shape.id))
            .filter(only_used_by_gone)
            .map(|shape| shape.id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        gone.extend(more);
    }
    model.drop_shapes(&gone);
    Ok(())
}
