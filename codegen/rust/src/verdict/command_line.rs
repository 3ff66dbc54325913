//! The command line: commands, options and output.

use super::Level;
use super::listing::{Item, Listing, Weights};
use super::members::Walk;
use crate::plan::{MemberPlan, OperationPlan, OptionPlan, Plan};
use whitesmith_docs::naming_cli::OptionName;

/// Options and the members of structures in their values.
const INPUT: Weights = Weights::STRICT;

/// Members of the output. Whether one is guaranteed changes no script.
const OUTPUT: Weights = Weights {
    added_required: Level::Minor,
    newly_required: Level::Patch,
    no_longer_required: Level::Patch,
    ..Weights::STRICT
};

/// Lists the commands of a plan, their options and the members of their output, at any depth.
#[must_use]
pub fn command_line(plan: &Plan) -> Listing {
    let mut listing = Listing::default();
    let mut walk = Walk::new(plan);
    for operation in plan.commands() {
        command(&mut walk, operation, &mut listing);
    }
    listing
}

fn command<'a>(walk: &mut Walk<'a>, operation: &'a OperationPlan, listing: &mut Listing) {
    let command = &operation.command;
    listing.add(command, Item::new("", Weights::STRICT).deprecated(operation.deprecated.is_some()));
    for member in walk.members(&operation.input) {
        let Some(OptionPlan { name, .. }) = operation.options.iter().find(|option| option.member == member.name) else {
            continue;
        };
        let signature = match name {
            OptionName::Pair { .. } => "flags".to_owned(),
            OptionName::Value(_) => walk.kind(member),
        };
        let path = format!("{command} {}", name.positive());
        let item = Item::new(signature, INPUT).required(is_demanded(member));
        listing.add(&path, item.deprecated(member.deprecated.is_some()).owned_by(command));
        walk.inside(&path, member, &mut |walk, inner| {
            let item = Item::new(walk.kind(inner.member), INPUT).required(!inner.of_union && is_demanded(inner.member));
            listing.add(inner.path, item.owned_by(inner.holder));
        });
    }
    for member in walk.members(&operation.output) {
        let path = format!("{command} output {}", member.name);
        listing.add(&path, Item::new(walk.kind(member), OUTPUT).required(member.required).owned_by(command));
        walk.inside(&path, member, &mut |walk, inner| {
            let item = Item::new(walk.kind(inner.member), OUTPUT).required(inner.member.required);
            listing.add(inner.path, item.owned_by(inner.holder));
        });
    }
}

/// Whether users must give a value. A token that the client generates is optional for them.
fn is_demanded(member: &MemberPlan) -> bool {
    member.required && !member.idempotency_token && member.default.is_none()
}
