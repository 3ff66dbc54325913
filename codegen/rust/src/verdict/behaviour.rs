//! What programs do differently without another line of code: how errors are answered and retried, what is left out means,
//! and where requests go.

use super::Level;
use super::listing::{Item, Listing, Weights};
use crate::plan::{ErrorTraitPlan, Plan};

/// What appears or goes is told by the other verdicts; here it only counts that something is different.
const DIFFERENT: Weights = Weights {
    added: Level::None,
    added_required: Level::None,
    removed: Level::None,
    changed: Level::Minor,
    newly_required: Level::None,
    no_longer_required: Level::None,
};

/// Examples show how to use something, and do not change what it does.
const SHOWN: Weights = Weights { added: Level::Patch, removed: Level::Patch, changed: Level::Patch, ..DIFFERENT };

/// Lists statuses and retryability of errors, defaults, examples, and the endpoint of a plan's service.
#[must_use]
pub fn behaviour(plan: &Plan) -> Listing {
    let mut listing = Listing::default();
    let service = &plan.service;
    listing.add("endpoint prefix", Item::new(service.endpoint_prefix.unescaped(), DIFFERENT));
    listing.add("signing name", Item::new(service.signing_name.unescaped(), DIFFERENT));
    let rules = if service.has_endpoint_rules { "the model's" } else { "none" };
    listing.add("endpoint rules", Item::new(rules, DIFFERENT));
    for operation in &plan.operations {
        let examples = plan.examples.iter().filter(|example| example.operation == operation.id).count();
        if examples > 0 {
            listing.add(format!("{} examples", operation.id.name()), Item::new(examples.to_string(), SHOWN));
        }
    }
    for shape in &plan.shapes {
        let name = shape.id.name();
        if let Some(error) = &shape.error {
            listing.add(format!("{name} HTTP status"), Item::new(status(error), DIFFERENT));
            listing.add(format!("{name} retries"), Item::new(retries(error), DIFFERENT));
        }
        for member in &shape.members {
            let default = member.default.as_ref().map_or_else(|| "none".to_owned(), |default| format!("{default:?}"));
            listing.add(format!("{name} default of {}", member.name), Item::new(default, DIFFERENT));
        }
    }
    listing
}

fn status(error: &ErrorTraitPlan) -> String {
    error.status().to_string()
}

fn retries(error: &ErrorTraitPlan) -> &'static str {
    match error.retryable {
        None => "not retried",
        Some(false) => "retried",
        Some(true) => "retried as throttling",
    }
}
