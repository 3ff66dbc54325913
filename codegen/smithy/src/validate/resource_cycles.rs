//! `ResourceCycle`: no resource is inside itself.

use super::context::{Context, Report};
use crate::model::relations::{ItemIndex, Relation};
use crate::model::{ShapeType, on_cycles};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    if context.own(ShapeType::Resource).next().is_none() {
        return;
    }
    let relations = context.relations;
    let is_resource = |at: ItemIndex| relations.item(at).and_then(|item| item.as_shape()?.as_resource()).is_some();
    let edges: Vec<Vec<ItemIndex>> = (0..relations.len())
        .map(|at| {
            let related = relations.forward(at).iter().filter(|_| is_resource(at));
            related.filter(|(relation, _)| *relation == Relation::Resource).map(|(_, child)| *child).collect()
        })
        .collect();
    for (at, cyclic) in on_cycles(&edges).into_iter().enumerate() {
        if let Some(resource) = relations.item(at).filter(|_| cyclic) {
            report.error("ResourceCycle", resource, "The resource is inside itself, through its children");
        }
    }
}
