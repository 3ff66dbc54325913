//! Applying traits to shapes, whichever file and statement they come from.

use foldhash::HashMap;

use super::draft::Draft;
use crate::model::{AppliedTrait, Event, ShapeId, ShapeType, Traits};
use crate::source::{Node, NodeValue, Object, Sources};
use crate::syntax::Application;

/// Applies everything that can be applied now; the rest waits for the members that mixins bring.
pub(super) fn apply(draft: &mut Draft, sources: &Sources) {
    let positions = positions(draft);
    let mut applications = std::mem::take(&mut draft.applications);
    // What a shape states itself comes before what is applied to it, wherever that stands.
    if applications.iter().any(|application| application.is_statement) {
        applications.sort_by_key(|application| application.is_statement);
    }
    for application in applications {
        let Application { target, id, id_span, mut value, is_annotation, is_assigned, is_prelude, version, .. } =
            application;
        if is_annotation {
            value.value = annotation_value(draft, &id);
        }
        if !draft.in_prelude {
            draft.events.extend(version.trait_event(&target, &id, id_span));
            if target.is_prelude() && is_prelude {
                // A copy of the prelude changes nothing about it, but it has to be readable.
                if let Some(conflict) = malformed_conflict(&id, &value) {
                    draft.error(Some(&target), id_span, format!("Invalid shape ID: {conflict}"));
                }
                continue;
            }
            if target.is_prelude() {
                let message = format!("Cannot apply `{id}` to an immutable prelude shape defined in `smithy.api`.");
                draft.error(Some(&target), id_span, message);
                continue;
            }
        }
        let container = target.as_str().split('$').next().unwrap_or_default();
        let definition = draft.definitions.get_mut(container);
        let traits: Option<&mut Traits> = definition.and_then(|definition| match target.member() {
            None => Some(&mut definition.shape.traits),
            Some(name) => {
                let members = &mut definition.shape.members;
                let member = match positions.get(target.as_str()) {
                    Some(at) => members.get_mut(*at),
                    None if members.len() > FEW_MEMBERS => None,
                    None => members.iter_mut().find(|member| &*member.name == name),
                };
                member.map(|member| &mut member.traits)
            }
        });
        match traits {
            Some(traits) if is_assigned => {
                traits.insert(id, value);
            }
            Some(traits) => {
                let event = merge(traits, AppliedTrait { id, value }, &target, sources);
                draft.events.extend(event);
            }
            None => draft.pending.entry(target).or_default().push(AppliedTrait { id, value }),
        }
    }
}

/// An entry of `conflicts` in the definition of a trait that is not a shape ID.
fn malformed_conflict<'n>(id: &ShapeId, value: &'n Node) -> Option<&'n str> {
    let conflicts = value.get("conflicts").filter(|_| *id == "smithy.api#trait");
    conflicts.into_iter().flat_map(Node::strings).find(|conflict| ShapeId::parse(conflict).is_err())
}

/// The value of a trait that is applied without one.
fn annotation_value(draft: &Draft, id: &ShapeId) -> NodeValue {
    match draft.definitions.get(id).map(|definition| definition.shape.shape_type) {
        None | Some(ShapeType::Structure | ShapeType::Map) => NodeValue::Object(Object::default()),
        Some(ShapeType::List) => NodeValue::Array(Vec::new()),
        Some(_) => NodeValue::Null,
    }
}

/// Up to this many members are searched one by one.
const FEW_MEMBERS: usize = 50;

/// Where the members of large shapes are.
fn positions(draft: &Draft) -> HashMap<ShapeId, usize> {
    let large = draft.definitions.values().filter(|definition| definition.shape.members.len() > FEW_MEMBERS);
    let members = large.flat_map(|definition| definition.shape.members.iter().enumerate());
    members.map(|(at, member)| (member.id.clone(), at)).collect()
}

/// Applies one trait. Arrays are joined, equal values are one, others conflict (Smithy 2.0, "Trait conflict
/// resolution").
fn merge(traits: &mut Traits, applied: AppliedTrait, target: &ShapeId, sources: &Sources) -> Option<Event> {
    let AppliedTrait { id, value } = applied;
    let Some(known) = traits.get_mut(id.as_str()) else {
        traits.insert(id, value);
        return None;
    };
    let span = value.span;
    let previous = known.span;
    match (&mut known.value, value.value) {
        (NodeValue::Array(known), NodeValue::Array(more)) => {
            known.extend(more);
            None
        }
        (first, second) if *first == second => None,
        _ => {
            let message = format!(
                "Conflicting `{id}` trait found on shape `{target}`. The previous trait was defined{}",
                sources.place(previous).map_or_else(String::new, |place| format!(" at `{place}`"))
            );
            Some(Event::error("Model", Some(target.clone()), span, message))
        }
    }
}
