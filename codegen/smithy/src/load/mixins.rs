//! Flattening of mixins (Smithy 2.0, "Mixins"): members and traits that a shape takes from its mixins become its own.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::draft::Draft;
use crate::model::{
    AppliedTrait, Details, Event, Introduced, Member, Reference, Resource, Service, Shape, ShapeId, Traits,
    nearest_names, on_cycles,
};
use crate::source::{Node, Span};

const MIXIN: &str = "smithy.api#mixin";

/// Applies every mixin; shapes in a cycle of mixins, or with a mixin that is not there, are left out with an event.
pub(super) fn flatten(draft: &mut Draft) {
    let definitions = std::mem::take(&mut draft.definitions);
    let mut flattener = Flattener {
        budget: BUDGET,
        done: BTreeMap::new(),
        pending: std::mem::take(&mut draft.pending),
        elided: std::mem::take(&mut draft.elided),
        introduced: HashMap::default(),
        events: Vec::new(),
    };
    let mut waiting = BTreeMap::new();
    for (id, definition) in definitions {
        if definition.shape.mixins.is_empty() {
            let mut shape = definition.shape;
            flattener.drop_elided(&mut shape.members);
            flattener.done.insert(id, shape);
        } else {
            waiting.insert(id, definition.shape);
        }
    }
    for id in order(&mut waiting, &mut flattener) {
        if let Some(shape) = waiting.remove(&id) {
            let shape = flattener.apply(shape);
            flattener.done.insert(id, shape);
        }
    }
    flattener.report_unclaimed();
    draft.events.append(&mut flattener.events);
    draft.introduced = flattener.introduced;
    draft.shapes = flattener.done;
}

/// Every shape after its mixins (Kahn's algorithm, so that the depth of mixins costs no stack). What remains of
/// `waiting` in a cycle, or behind something missing, is reported and dropped.
fn order(waiting: &mut BTreeMap<ShapeId, Shape>, flattener: &mut Flattener) -> Vec<ShapeId> {
    let mut missing = Vec::new();
    let mut needs: BTreeMap<ShapeId, usize> = BTreeMap::new();
    let mut users: HashMap<ShapeId, Vec<ShapeId>> = HashMap::default();
    for (id, shape) in waiting.iter() {
        let mut open = 0;
        for mixin in &shape.mixins {
            if waiting.contains_key(&mixin.target) {
                open += 1;
                users.entry(mixin.target.clone()).or_default().push(id.clone());
            } else if !flattener.done.contains_key(&mixin.target) {
                missing.push((id.clone(), mixin.clone()));
            }
        }
        needs.insert(id.clone(), open);
    }
    while let Some((id, mixin)) = missing.pop() {
        let message = format!("Cannot apply mixin to {id}: {} not found", mixin.target);
        let span = waiting.get(&id).map_or(mixin.span, |shape| shape.span);
        flattener.events.push(Event::error("Model", Some(id.clone()), span, message));
        if needs.remove(&id).is_none() {
            continue;
        }
        // What uses a shape that cannot be made cannot be made either.
        for user in users.remove(&id).unwrap_or_default() {
            let uses = waiting.get(&user).into_iter().flat_map(|shape| &shape.mixins);
            missing.extend(uses.filter(|mixin| mixin.target == id).map(|mixin| (user.clone(), mixin.clone())));
        }
    }
    let mut ready: Vec<ShapeId> = needs.iter().filter(|(_, open)| **open == 0).map(|(id, _)| id.clone()).collect();
    let mut order = Vec::new();
    while let Some(id) = ready.pop() {
        for user in users.remove(&id).unwrap_or_default() {
            if let Some(open) = needs.get_mut(&user) {
                *open -= 1;
                if *open == 0 {
                    ready.push(user);
                }
            }
        }
        needs.remove(&id);
        order.push(id);
    }
    report_cycles(waiting, &needs, flattener);
    order
}

/// What is left has a cycle among its mixins, or uses what has.
fn report_cycles(waiting: &BTreeMap<ShapeId, Shape>, left: &BTreeMap<ShapeId, usize>, flattener: &mut Flattener) {
    let ids: Vec<&ShapeId> = left.keys().collect();
    let at = |id: &ShapeId| ids.binary_search(&id).ok();
    let mixins = |id: &ShapeId| waiting.get(id).map_or(&[][..], |shape| &shape.mixins);
    let edges: Vec<Vec<usize>> =
        ids.iter().map(|id| mixins(id).iter().filter_map(|mixin| at(&mixin.target)).collect()).collect();
    let cyclic = on_cycles(&edges);
    let is_cyclic = |at: &usize| cyclic.get(*at).copied().unwrap_or(false);
    for (position, id) in ids.iter().enumerate() {
        let Some(shape) = waiting.get(*id) else { continue };
        let (message, span) = if is_cyclic(&position) {
            let others = way_around(position, &edges, &is_cyclic);
            let others: Vec<&str> = others.into_iter().filter_map(|at| ids.get(at)).map(|id| id.as_str()).collect();
            let others = if others.is_empty() { "itself".to_owned() } else { format!("[{}]", others.join(", ")) };
            let message = format!("Unable to resolve mixins; cycles detected between this shape and {others}");
            (message, shape.span)
        } else {
            let unusable = shape.mixins.iter().find(|mixin| left.contains_key(&mixin.target));
            let Some(mixin) = unusable else { continue };
            (format!("Cannot apply mixin to {id}: {} not found", mixin.target), shape.span)
        };
        flattener.events.push(Event::error("Model", Some((*id).clone()), span, message));
    }
}

/// Other shapes of a cycle, as many as a message can hold.
fn way_around(start: usize, edges: &[Vec<usize>], is_cyclic: &impl Fn(&usize) -> bool) -> Vec<usize> {
    const MOST: usize = 10;
    let mut way: Vec<usize> = Vec::new();
    let mut at = start;
    while way.len() < MOST {
        let next = edges.get(at).into_iter().flatten().find(|next| is_cyclic(next)).copied();
        match next {
            Some(next) if next != start && !way.contains(&next) => way.push(next),
            _ => break,
        }
        at = *way.last().unwrap_or(&start);
    }
    way
}

/// What inheriting members may cost in all, since a chain of mixins multiplies the members of a file: a million members
/// without any comparison of names, fewer with.
const BUDGET: usize = 1_000_000 * MEMBER_COST;
/// What a member costs, a comparison of names being 1.
const MEMBER_COST: usize = 100;

/// For how many shapes that do not exist a name is proposed: each costs a look at every shape.
const MOST_HINTS: usize = 20;

struct Flattener {
    budget: usize,
    done: BTreeMap<ShapeId, Shape>,
    /// Traits for members that mixins bring.
    pending: HashMap<ShapeId, Vec<AppliedTrait>>,
    /// Members without a target of their own.
    elided: HashSet<ShapeId>,
    introduced: HashMap<ShapeId, Introduced>,
    events: Vec<Event>,
}

impl Flattener {
    fn apply(&mut self, mut shape: Shape) -> Shape {
        let own_members = std::mem::take(&mut shape.members);
        let own_details = std::mem::replace(&mut shape.details, Details::None);
        let own_traits = std::mem::take(&mut shape.traits);
        let mut members: Vec<Member> = Vec::new();
        let mut introduced = Introduced {
            traits: own_traits.iter().map(|(id, _)| id.clone()).collect(),
            details: own_details.clone(),
            members: BTreeMap::new(),
        };
        let mut details = empty_like(&own_details);
        for mixin in &shape.mixins {
            let Some(source) = self.done.get(&mixin.target) else { continue };
            if source.shape_type != shape.shape_type {
                self.events.push(wrong_type(&shape, source));
                continue;
            }
            let cost = source.members.len().saturating_mul(MEMBER_COST + members.len());
            self.budget = self.budget.saturating_sub(cost);
            if self.budget == 0 {
                let message = "Mixins bring more members than any model can need";
                self.events.push(Event::error("Model", Some(shape.id.clone()), mixin.span, message));
                break;
            }
            for (id, value) in inherited(&source.traits) {
                shape.traits.insert(id, value);
            }
            let first_members = members.len();
            for member in &source.members {
                // The names of one mixin are distinct.
                let earlier = members.get_mut(..first_members).unwrap_or_default();
                let own = own_members.iter().find(|own| own.name == member.name);
                if redefines(own.unwrap_or(member).span, member, earlier, &mut self.events) {
                    // As in the reference, what a second mixin adds to a member counts as the shape's own.
                    if own.is_none() {
                        let ids = member.traits.iter().map(|(id, _)| id.clone());
                        introduced.members.entry(member.name.clone()).or_default().extend(ids);
                    }
                } else {
                    members.push(inherit(&shape, member));
                }
            }
            extend(&mut details, &source.details);
        }
        for member in own_members {
            let ids = member.traits.iter().map(|(id, _)| id.clone());
            introduced.members.entry(member.name.clone()).or_default().extend(ids);
            self.redefine(member, &mut members);
        }
        self.drop_elided(&mut members);
        for (id, value) in own_traits.iter() {
            shape.traits.insert(id.clone(), value.clone());
        }
        for member in &mut members {
            for applied in self.pending.remove(&member.id).unwrap_or_default() {
                introduced.members.entry(member.name.clone()).or_default().push(applied.id.clone());
                member.traits.insert(applied.id, applied.value);
            }
        }
        extend(&mut details, &own_details);
        shape.details = finish_details(details, own_details);
        self.introduced.insert(shape.id.clone(), introduced);
        shape.members = members;
        shape
    }

    /// A member that the shape states itself: new, or an inherited one with more traits.
    fn redefine(&mut self, member: Member, members: &mut Vec<Member>) {
        let Some(inherited) = members.iter_mut().find(|inherited| inherited.name == member.name) else {
            members.push(member);
            return;
        };
        let is_elided = self.elided.remove(&member.id);
        if !is_elided && inherited.target != member.target {
            let other = inherited.mixins.first().map_or("", ShapeId::as_str);
            let message = format!("Member conflicts with an inherited mixin member: `{other}`");
            self.events.push(Event::error("Model", Some(member.id.clone()), member.span, message));
        }
        for (id, value) in member.traits.iter() {
            inherited.traits.insert(id.clone(), value.clone());
        }
        if !is_elided {
            inherited.target = member.target;
        }
        inherited.span = member.span;
        inherited.target_span = member.target_span;
    }

    /// Leaves out members whose target nothing states.
    fn drop_elided(&mut self, members: &mut Vec<Member>) {
        if self.elided.is_empty() {
            return;
        }
        members.retain(|member| {
            let is_elided = self.elided.remove(&member.id);
            if is_elided {
                let message = "Member target was elided, but no bound resource or mixin contained a matching identifier \
                               or member name.";
                self.events.push(Event::error("Model", Some(member.id.clone()), member.span, message));
            }
            !is_elided
        });
    }

    /// Traits for what no mixin brought.
    fn report_unclaimed(&mut self) {
        let mut rest: Vec<_> = std::mem::take(&mut self.pending).into_iter().collect();
        rest.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (at, (target, traits)) in rest.into_iter().enumerate() {
            let hint = if at < MOST_HINTS { self.hint(&target) } else { String::new() };
            for applied in traits {
                let name = if applied.id.is_prelude() { applied.id.name() } else { applied.id.as_str() };
                let message = format!("Trait `{name}` applied to unknown shape `{target}`{hint}");
                self.events.push(Event::error("Model", None, applied.value.span, message));
            }
        }
    }

    /// The name that is most like that of a shape or member that does not exist.
    fn hint(&self, target: &ShapeId) -> String {
        let near = match (target.member(), self.done.get(&target.container())) {
            (Some(member), Some(shape)) => nearest_names(member, shape.members.iter().map(|member| &*member.name)),
            _ => {
                let same_namespace = self.done.keys().filter(|id| id.namespace() == target.namespace());
                nearest_names(target.name(), same_namespace.map(ShapeId::name))
            }
        };
        near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
    }
}

/// The traits that users of a mixin get: all but those that it keeps for itself.
fn inherited(traits: &Traits) -> impl Iterator<Item = (ShapeId, Node)> {
    let local: Vec<&str> = traits
        .get(MIXIN)
        .and_then(|mixin| mixin.get("localTraits"))
        .map(|local| local.strings().collect())
        .unwrap_or_default();
    traits
        .iter()
        .filter(move |(id, _)| id.as_str() != MIXIN && !local.contains(&id.as_str()))
        .map(|(id, value)| (id.clone(), value.clone()))
}

/// Whether a member of a mixin is one that an earlier mixin has too; then their traits are joined.
fn redefines(span: Span, source: &Member, earlier: &mut [Member], events: &mut Vec<Event>) -> bool {
    let Some(twin) = earlier.iter_mut().find(|member| member.name == source.name) else { return false };
    if twin.target != source.target {
        let message = format!("Member conflicts with an inherited mixin member: `{}` and `{}`", twin.id, source.id);
        events.push(Event::error("Model", Some(twin.id.container()), span, message));
    }
    for (id, value) in source.traits.iter() {
        twin.traits.insert(id.clone(), value.clone());
    }
    twin.mixins.push(source.id.clone());
    true
}

fn inherit(shape: &Shape, source: &Member) -> Member {
    Member { id: shape.id.with_member(&source.name), mixins: vec![source.id.clone()], ..source.clone() }
}

fn wrong_type(shape: &Shape, source: &Shape) -> Event {
    let message = format!(
        "`{}` is of type {} and cannot be a mixin of `{}`, which is of type {}",
        source.id,
        source.shape_type.name(),
        shape.id,
        shape.shape_type.name()
    );
    Event::error("Model", Some(shape.id.clone()), shape.span, message)
}

fn empty_like(details: &Details) -> Details {
    match details {
        Details::None => Details::None,
        Details::Service(_) => Details::Service(Box::default()),
        Details::Resource(_) => Details::Resource(Box::default()),
        Details::Operation(operation) => {
            let mut operation = operation.clone();
            operation.errors.clear();
            Details::Operation(operation)
        }
    }
}

fn add(list: &mut Vec<Reference>, more: &[Reference]) {
    for reference in more {
        if !list.contains(reference) {
            list.push(reference.clone());
        }
    }
}

fn extend(details: &mut Details, more: &Details) {
    match (details, more) {
        (Details::Service(service), Details::Service(more)) => extend_service(service, more),
        (Details::Resource(resource), Details::Resource(more)) => extend_resource(resource, more),
        (Details::Operation(operation), Details::Operation(more)) => add(&mut operation.errors, &more.errors),
        _ => {}
    }
}

fn extend_service(service: &mut Service, more: &Service) {
    if !more.version.is_empty() {
        service.version.clone_from(&more.version);
    }
    add(&mut service.operations, &more.operations);
    add(&mut service.resources, &more.resources);
    add(&mut service.errors, &more.errors);
    for (shape, name) in &more.rename {
        service.rename.retain(|(known, _)| known != shape);
        service.rename.push((shape.clone(), name.clone()));
    }
}

fn extend_resource(resource: &mut Resource, more: &Resource) {
    add(&mut resource.operations, &more.operations);
    add(&mut resource.resources, &more.resources);
    add(&mut resource.collection_operations, &more.collection_operations);
}

/// What is never inherited: a resource's identifiers, properties and lifecycle.
fn finish_details(details: Details, own: Details) -> Details {
    match (details, own) {
        (Details::Resource(inherited), Details::Resource(mut own)) => {
            own.operations = inherited.operations;
            own.resources = inherited.resources;
            own.collection_operations = inherited.collection_operations;
            Details::Resource(own)
        }
        (details, _) => details,
    }
}
