//! `ShapeRecursion`: recursive shapes have finite values.

use super::context::{Context, Report};
use crate::model::relations::{Item, ItemIndex, Relation};
use crate::model::{ShapeType, on_cycles};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    // Lists and maps may be recursive through structures and unions only.
    report_cycles(context, report, "A list or map cannot hold itself, but through a structure or union", |item| {
        match item {
            Item::Shape(shape) => matches!(shape.shape_type, ShapeType::List | ShapeType::Map),
            Item::Member(container, _) => matches!(container.shape_type, ShapeType::List | ShapeType::Map),
        }
    });
    report_cycles(context, report, "A structure cannot hold itself through required members", |item| match item {
        Item::Shape(shape) => shape.shape_type == ShapeType::Structure,
        Item::Member(container, member) => container.shape_type == ShapeType::Structure && member.traits.is_required(),
    });
    check_unions(context, report);
}

/// Reports the shapes on cycles of members and targets that pass a filter.
fn report_cycles(context: &Context<'_>, report: &mut Report, message: &str, keep: impl Fn(Item<'_>) -> bool) {
    let relations = context.relations;
    let kept: Vec<bool> = relations.items().map(keep).collect();
    let is_kept = |at: ItemIndex| kept.get(at).copied().unwrap_or(false);
    let edges: Vec<Vec<ItemIndex>> = (0..relations.len())
        .map(|at| {
            let leads = relations.forward(at).iter().filter(|_| is_kept(at));
            leads
                .filter(|(relation, to)| matches!(relation, Relation::Member | Relation::Target) && is_kept(*to))
                .map(|(_, to)| *to)
                .collect()
        })
        .collect();
    for (at, cyclic) in on_cycles(&edges).into_iter().enumerate() {
        if let Some(Item::Shape(shape)) = relations.item(at).filter(|_| cyclic) {
            report.error("ShapeRecursion", shape, message);
        }
    }
}

/// A union has a value if one of its members has; a structure, if it needs no member or one that it needs has a value.
fn check_unions(context: &Context<'_>, report: &mut Report) {
    let relations = context.relations;
    let mut finite = vec![false; relations.len()];
    let mut waiting: Vec<ItemIndex> = Vec::new();
    for (at, item) in relations.items().enumerate() {
        let Item::Shape(shape) = item else { continue };
        let at_once = match shape.shape_type {
            ShapeType::Union => false,
            ShapeType::Structure => {
                shape.members.is_empty() || shape.members.iter().any(|member| !member.traits.is_required())
            }
            _ => true,
        };
        if at_once {
            waiting.push(at);
        }
    }
    while let Some(at) = waiting.pop() {
        let Some(known) = finite.get_mut(at) else { continue };
        if std::mem::replace(known, true) {
            continue;
        }
        let users = relations
            .reverse(at)
            .iter()
            .filter(|(relation, _)| matches!(relation, Relation::Target | Relation::Member));
        waiting.extend(users.map(|(_, user)| *user));
    }
    for union in context.own(ShapeType::Union).filter(|union| !union.members.is_empty()) {
        let has_value = context.index(&union.id).and_then(|at| finite.get(at).copied()).unwrap_or(true);
        if !has_value {
            report.error("ShapeRecursion", union, "Every value of this union would hold another one, without end");
        }
    }
}
