//! `MemberShouldReferenceResource`: a member named and typed as a resource's identifier probably refers to it.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::context::{Context, Report, ticked};
use crate::model::relations::{Item, ItemIndex, Relation};
use crate::model::{Severity, ShapeId, ShapeType, Traits};
use crate::source::Node;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let mut by_identifier: HashMap<(&str, &ShapeId), BTreeSet<&ShapeId>> = HashMap::default();
    for resource in context.own(ShapeType::Resource) {
        for (name, shape) in resource.as_resource().into_iter().flat_map(|resource| &resource.identifiers) {
            by_identifier.entry((name, &shape.target)).or_default().insert(&resource.id);
        }
    }
    if by_identifier.is_empty() {
        return;
    }
    for (at, item) in context.own_items() {
        let Item::Member(container, member) = item else { continue };
        let Some(candidates) = by_identifier.get(&(&*member.name, &member.target)) else { continue };
        let target = context.model().target(member).map(|target| target.shape_type);
        if !matches!(target, Some(ShapeType::String | ShapeType::Enum)) {
            continue;
        }
        let mut known = binding_resources(context, at);
        add_referenced(&member.traits, &mut known);
        add_referenced(&container.traits, &mut known);
        let unknown: Vec<&&ShapeId> = candidates.iter().filter(|id| !known.contains(id.as_str())).collect();
        if !unknown.is_empty() {
            let message = format!("The member may refer to {}; the `references` trait would say so", ticked(unknown));
            report.add(Severity::Warning, "MemberShouldReferenceResource", item, message);
        }
    }
}

fn add_referenced<'m>(traits: &'m Traits, known: &mut BTreeSet<&'m str>) {
    let references = traits.get("smithy.api#references").and_then(Node::as_array).unwrap_or_default();
    known.extend(references.iter().filter_map(|reference| reference.get("resource")?.as_str()));
}

/// The resources that a member belongs to by some operation, and their children.
fn binding_resources<'m>(context: &Context<'m>, member: ItemIndex) -> BTreeSet<&'m str> {
    let relations = context.relations;
    let mut seen = BTreeSet::from([member]);
    let mut waiting = vec![member];
    let mut found = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        let users = relations.reverse(at).iter().filter(|(relation, _)| *relation != Relation::Trait);
        for (_, user) in users {
            if !seen.insert(*user) {
                continue;
            }
            waiting.push(*user);
            let Some(Item::Shape(shape)) = relations.item(*user) else { continue };
            if let Some(resource) = shape.as_resource() {
                found.insert(shape.id.as_str());
                found.extend(resource.resources.iter().map(|child| child.target.as_str()));
            }
        }
    }
    found
}
