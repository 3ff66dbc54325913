//! `PrivateAccess`: private shapes are used only in their namespace. `PrivateMixinMember`: `private` does not reach the
//! members of mixins.

use super::context::{Context, Report};
use crate::model::Severity;
use crate::model::relations::{Item, Relation};

const PRIVATE: &str = "smithy.api#private";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (at, item) in context.own_items() {
        for (relation, target) in context.relations.forward(at) {
            let Some(target) = context.relations.item(*target) else { continue };
            if !target.traits().has(PRIVATE) || target.id().namespace() == item.id().namespace() {
                continue;
            }
            let severity = if *relation == Relation::Trait { Severity::Warning } else { Severity::Error };
            let message = format!(
                "The `{}` relationship is to `{}`, which is private to another namespace",
                relation.label(),
                target.id()
            );
            report.add(severity, "PrivateAccess", item, message);
        }
    }
}

pub(super) fn check_mixin_members(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait(PRIVATE) {
        if let Item::Member(shape, _) = applied.item
            && shape.traits.is_mixin()
        {
            let message = "`private` on a member of a mixin does not keep other namespaces from mixing it in; make the \
                           mixin or the member's target private";
            report.add_at(Severity::Warning, "PrivateMixinMember", applied.item, applied.value.span, message);
        }
    }
}
