//! `UnitType`: where `smithy.api#Unit` may be used.

use super::context::{Context, Report};
use crate::model::ShapeType;
use crate::model::relations::{Item, Relation};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let Some(unit) = context.relations.find("smithy.api#Unit") else { return };
    for (relation, from) in context.relations.reverse(unit) {
        let Some(item) = context.relations.item(*from) else { continue };
        match (relation, item) {
            (Relation::Target, Item::Member(container, _)) if container.shape_type == ShapeType::Union => {}
            (Relation::Target, _) => {
                report.error("UnitType", item, "Only members of unions and enums can target smithy.api#Unit");
            }
            (Relation::Input | Relation::Output, _) => {}
            _ => {
                let message = format!("smithy.api#Unit cannot be the {} of anything", relation.label());
                report.error("UnitType", item, message);
            }
        }
    }
}
