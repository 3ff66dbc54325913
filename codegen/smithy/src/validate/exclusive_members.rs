//! `ExclusiveStructureMemberTrait`: traits that only one member of a structure may have, or have in its target.

use super::context::{Context, Report, ticked, trait_name};
use crate::model::{Member, ShapeType};
use crate::source::Node;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let exclusive: Vec<(&str, &str)> = context
        .trait_definitions()
        .filter_map(|(shape, definition)| {
            let by = definition.get("structurallyExclusive").and_then(Node::as_str)?;
            Some((shape.id.as_str(), by))
        })
        .collect();
    for structure in context.own(ShapeType::Structure) {
        for (id, by) in &exclusive {
            let has = |member: &&Member| match *by {
                "target" => context.model().target(member).is_some_and(|target| target.traits.has(id)),
                _ => member.traits.has(id),
            };
            let members: Vec<&str> = structure.members.iter().filter(has).map(|member| &*member.name).collect();
            if members.len() > 1 {
                let message = format!(
                    "Only one member of a structure can have `{}`{}, but these have: {}",
                    trait_name(id),
                    if *by == "target" { " in its target" } else { "" },
                    ticked(members)
                );
                report.error("ExclusiveStructureMemberTrait", structure, message);
            }
        }
    }
}
