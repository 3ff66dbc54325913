//! `JsonName`: the members of a shape have different names in JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use crate::model::ShapeId;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let containers: BTreeSet<ShapeId> =
        context.with_trait("smithy.api#jsonName").iter().map(|applied| applied.item.container().id.clone()).collect();
    for shape in containers.iter().filter_map(|id| context.model().shape(id)) {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for member in &shape.members {
            names.entry(member.traits.json_name().unwrap_or(&member.name)).or_default().push(&member.name);
        }
        for (name, members) in names.into_iter().filter(|(_, members)| members.len() > 1) {
            let message = format!("Several members are named `{name}` in JSON: {}", ticked(members));
            report.error("JsonName", shape, message);
        }
    }
}
