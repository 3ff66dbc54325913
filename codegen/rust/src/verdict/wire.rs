//! The wire format as seen by a program that was built from the old model and talks to a service of the new one.

use super::Level;
use super::bindings::Bindings;
use super::constraint::Constraint;
use super::listing::{Item, Listing, Weights};
use super::members::Walk;
use super::requirements::requirements;
use crate::plan::{EnumValuePlan, MemberPlan, OperationPlan, Plan, ShapePlan, TraitsPlan};

/// Operations, protocols and members of requests: the service must understand what old programs send.
const REQUEST: Weights = Weights::STRICT;

/// Members of responses: old programs ignore unknown ones.
const RESPONSE: Weights = Weights {
    added: Level::Minor,
    added_required: Level::Minor,
    removed: Level::Major,
    changed: Level::Major,
    newly_required: Level::Patch,
    no_longer_required: Level::Major,
};

/// Errors: old programs can show an unknown one.
const ERROR: Weights = Weights { removed: Level::Patch, ..RESPONSE };

/// Lists the protocols of a plan's service, its operations, the members of requests and responses at any depth, the values
/// of enums in requests, and errors.
#[must_use]
pub fn wire_format(plan: &Plan) -> Listing {
    let mut listing = Listing::default();
    for protocol in &plan.service.protocol_traits {
        listing.add(format!("protocol {protocol}"), Item::new("", REQUEST));
    }
    if let Some(documents) = Bindings::new(plan).documents() {
        listing.add("documents", Item::new(documents, REQUEST));
    }
    let mut walk = Walk::new(plan);
    for operation in &plan.operations {
        messages(plan, &mut walk, operation, &mut listing);
    }
    listing
}

fn messages<'a>(plan: &'a Plan, walk: &mut Walk<'a>, operation: &'a OperationPlan, listing: &mut Listing) {
    let name = operation.id.name();
    let bindings = Bindings::new(plan);
    listing.add(name, Item::new(bindings.operation(operation), REQUEST));
    requirements(plan, operation, listing);
    if let Some(root) = bindings.root(operation) {
        listing.add(format!("{name} request document"), Item::new(root, REQUEST).owned_by(name));
    }
    for error in &operation.errors {
        let identity = plan.shape(&error.id).map(|shape| bindings.error(shape)).unwrap_or_default();
        let path = format!("{name} error {}", error.id.name());
        listing.add(&path, Item::new(identity, ERROR).owned_by(name));
        // Elsewhere an error is one document with the names of its type.
        for member in walk.members(&error.id).iter().filter(|_| bindings.is_bound() || bindings.is_xml()) {
            let item = received(plan, walk, member, &bindings.location(member));
            listing.add(format!("{path} {}", member.name), item.owned_by(&path));
        }
    }
    for member in walk.members(&operation.input) {
        let path = format!("{name} request {}", member.name);
        let location = bindings.location(member);
        listing.add(&path, sent(plan, walk, member, &location, member.required).owned_by(name));
        walk.inside(&path, member, &mut |walk, inner| {
            let item = sent(plan, walk, inner.member, "", inner.member.required && !inner.of_union);
            listing.add(inner.path, item.owned_by(inner.holder));
        });
    }
    for member in walk.members(&operation.output) {
        let path = format!("{name} response {}", member.name);
        listing.add(&path, received(plan, walk, member, &bindings.location(member)).owned_by(name));
        walk.inside(&path, member, &mut |walk, inner| {
            listing.add(inner.path, received(plan, walk, inner.member, "").owned_by(inner.holder));
        });
    }
}

fn sent(plan: &Plan, walk: &Walk<'_>, member: &MemberPlan, location: &str, required: bool) -> Item {
    // The service applies the default, so that the member may be left out.
    let item =
        Item::new(signature(plan, walk, member, location), REQUEST).required(required && member.default.is_none());
    item.constrained(constraints(member, plan.shape(&member.target)))
}

fn received(plan: &Plan, walk: &Walk<'_>, member: &MemberPlan, location: &str) -> Item {
    Item::new(signature(plan, walk, member, location), RESPONSE).required(member.required)
}

fn signature(plan: &Plan, walk: &Walk<'_>, member: &MemberPlan, location: &str) -> String {
    let mut signature = walk.kind(member);
    if let Some(format) = Bindings::new(plan).timestamp_format(member) {
        signature.extend([" as ", format]);
    }
    signature.push_str(location);
    signature.push_str(&Bindings::new(plan).names(member));
    signature
}

/// The constraints that the service checks, of the member, else of its target.
fn constraints(member: &MemberPlan, target: Option<&ShapePlan>) -> Vec<Constraint> {
    let none = TraitsPlan::default();
    let (own, of_target) = (&member.traits, target.map_or(&none, |shape| &shape.traits));
    let mut constraints = Vec::new();
    if let Some((min, max)) = own.length.or(of_target.length) {
        let text = |bound: Option<u64>| bound.map(|bound| bound.to_string());
        constraints.push(Constraint::bounds("length", text(min), text(max)));
    }
    if let Some((min, max)) = own.range.clone().or_else(|| of_target.range.clone()) {
        constraints.push(Constraint::bounds("range", min, max));
    }
    if let Some(pattern) = own.pattern.clone().or_else(|| of_target.pattern.clone()) {
        constraints.push(Constraint::Pattern(pattern.unescaped().to_owned()));
    }
    if own.unique_items || of_target.unique_items {
        constraints.push(Constraint::UniqueItems);
    }
    let values: Vec<String> = target.into_iter().flat_map(|shape| &shape.values).map(wire_value).collect();
    if !values.is_empty() {
        constraints.push(Constraint::Values(values));
    }
    constraints
}

/// The value of an enum on the wire.
fn wire_value(value: &EnumValuePlan) -> String {
    match &value.text {
        Some(text) => text.unescaped().to_owned(),
        None => value.number.unwrap_or_default().to_string(),
    }
}
