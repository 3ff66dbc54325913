//! Targets that structures leave to their resource (Smithy 2.0, "Target elision").

use super::draft::Draft;
use crate::model::{Details, Event, Reference, Severity, ShapeId};
use crate::syntax::Definition;

/// Finds the elided targets that resources have. What is left has to come from mixins.
pub(super) fn resolve(draft: &mut Draft) {
    let mut found: Vec<(ShapeId, usize, Reference)> = Vec::new();
    let mut events = Vec::new();
    for (id, definition) in &draft.definitions {
        let resource = match &definition.resource {
            Some(reference) => match draft.definitions.get(&reference.target) {
                Some(resource) => {
                    events.extend(private_event(definition, resource, reference));
                    Some((reference, resource))
                }
                None => {
                    if let Some(member) = definition.elided.first().and_then(|at| definition.shape.members.get(*at)) {
                        let message = format!(
                            "Cannot apply resource to elided member {}: {} not found",
                            member.id, reference.target
                        );
                        events.push(Event::error("Model", Some(id.clone()), member.span, message));
                    }
                    continue;
                }
            },
            None => None,
        };
        for at in &definition.elided {
            let Some(member) = definition.shape.members.get(*at) else { continue };
            let target = match resource {
                Some((reference, resource)) => match &resource.shape.details {
                    Details::Resource(details) => {
                        let mut named = details.properties.iter().chain(&details.identifiers);
                        named.find(|(name, _)| *name == member.name).map(|(_, target)| target.clone())
                    }
                    _ => {
                        let message = format!(
                            "The target of the `for` production must be a resource shape, but found a {} shape: {}",
                            resource.type_name, reference.target
                        );
                        events.push(Event::error("Model", Some(member.id.clone()), member.span, message));
                        None
                    }
                },
                None => None,
            };
            match target {
                Some(target) => found.push((id.clone(), *at, target)),
                None => {
                    draft.elided.insert(member.id.clone());
                }
            }
        }
    }
    for (id, at, target) in found {
        let member = draft.definitions.get_mut(&id).and_then(|definition| definition.shape.members.get_mut(at));
        if let Some(member) = member {
            member.target = target.target;
        }
    }
    draft.events.append(&mut events);
}

fn private_event(definition: &Definition, resource: &Definition, reference: &Reference) -> Option<Event> {
    let is_foreign = definition.shape.id.namespace() != reference.target.namespace();
    (is_foreign && resource.shape.traits.has("smithy.api#private")).then(|| {
        let message = format!(
            "This shape has an invalid for relationship that targets a private shape, `{}`, in another namespace.",
            reference.target
        );
        Event::error("PrivateAccess", Some(definition.shape.id.clone()), definition.shape.span, message)
            .at(Severity::Danger)
    })
}
