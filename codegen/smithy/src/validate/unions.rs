//! `Union`: unions have members, and their members no defaults.

use super::context::{Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for union in context.own(ShapeType::Union) {
        if union.members.is_empty() {
            report.error("Union", union, "A union has at least one member");
        }
        for member in &union.members {
            let item = Item::Member(union, member);
            let default = context.model().target(member).and_then(|target| target.traits.get("smithy.api#default"));
            if let Some(default) = default {
                let message = format!(
                    "The target `{}` has the default {default}, which means nothing in a union; target a shape without one",
                    member.target
                );
                report.add(Severity::Note, "Union", item, message);
            }
            if member.traits.has("smithy.api#box") {
                let message = "`box` means nothing on the member of a union";
                report.add(Severity::Warning, "Union", item, message);
            }
        }
    }
}
