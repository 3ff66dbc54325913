//! Behaviour that changes without a change of code: statuses and retries of errors, defaults, examples, endpoints.

use super::Level;
use super::listing::{Item, Listing, Weights};
use crate::plan::{ErrorTraitPlan, Plan};

/// Additions and removals belong to the other verdicts; only differences count here.
const DIFFERENT: Weights = Weights {
    added: Level::None,
    added_required: Level::None,
    removed: Level::None,
    changed: Level::Minor,
    newly_required: Level::None,
    no_longer_required: Level::None,
};

/// Examples show how to use something; the mock returns their outputs.
const SHOWN: Weights = Weights { added: Level::Patch, removed: Level::Patch, changed: Level::Patch, ..DIFFERENT };

/// Lists statuses and retryability of errors, defaults, examples, and the endpoint of a plan's service.
#[must_use]
pub fn behaviour(plan: &Plan) -> Listing {
    let mut listing = Listing::default();
    endpoint(plan, &mut listing);
    for example in &plan.examples {
        let name = format!("{} example {}", example.operation.name(), example.title.unescaped());
        let values = format!("{:?} {:?} {}", example.input, example.output, example.fails);
        listing.add(name, Item::new(values, SHOWN).hidden());
    }
    for shape in &plan.shapes {
        let name = shape.id.name();
        if let Some(error) = &shape.error {
            listing.add(format!("{name} HTTP status"), Item::new(error.status().to_string(), DIFFERENT));
            listing.add(format!("{name} retries"), Item::new(retries(error), DIFFERENT));
        }
        for member in &shape.members {
            let default = member.default.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
            listing.add(format!("{name} default of {}", member.name), Item::new(default, DIFFERENT));
        }
    }
    listing
}

fn endpoint(plan: &Plan, listing: &mut Listing) {
    let service = &plan.service;
    listing.add("endpoint prefix", Item::new(service.endpoint_prefix.unescaped(), DIFFERENT));
    listing.add("signing name", Item::new(service.signing_name.unescaped(), DIFFERENT));
    let rules = match &plan.endpoint {
        Ok(Some(rules)) => rules.to_string(),
        Ok(None) => String::new(),
        Err(error) => error.to_string(),
    };
    listing.add("endpoint rules", Item::new(rules, DIFFERENT).hidden());
    for operation in &plan.operations {
        let bindings = format!("{:?}", operation.endpoint_parameters);
        let item = Item::new(bindings, DIFFERENT).hidden();
        listing.add(format!("{} endpoint parameters", operation.id.name()), item);
    }
}

fn retries(error: &ErrorTraitPlan) -> &'static str {
    match error.retryable {
        None => "not retried",
        Some(false) => "retried",
        Some(true) => "retried as throttling",
    }
}
