//! New members that old callers do not send, and members that moved.

use super::differences::{Differences, Subject};
use super::report::Report;
use crate::model::{Severity, Shape, ShapeType};

/// `AddedRequiredMember`
pub(super) fn added_required(differences: &Differences<'_>, report: &mut Report) {
    const MESSAGE: &str =
        "Adding a new member with the `required` trait but not the `default` trait is backwards-incompatible.";
    for pair in &differences.changed {
        let Some((old, new)) = pair.shapes_of(ShapeType::Structure) else { continue };
        for member in &new.members {
            let traits = &member.traits;
            let demanded = traits.is_required() && !traits.has("smithy.api#default") && !traits.is_client_optional();
            if demanded && old.member(&member.name).is_none() {
                report.add(Severity::Error, "AddedRequiredMember", Subject::Member(member, new), MESSAGE);
            }
        }
    }
}

/// `ChangedMemberOrder`: a member may only be added after all others.
pub(super) fn order(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        let kinds = [ShapeType::Structure, ShapeType::Union];
        let Some((old, new)) = kinds.into_iter().find_map(|kind| pair.shapes_of(kind)) else { continue };
        if moved(old, new) {
            let message = format!(
                "{} shape members were reordered. This can cause ABI compatibility issues in languages like C and C++ \
                 where the layout and alignment of a data structure matters.",
                old.shape_type.name()
            );
            report.add(Severity::Danger, "ChangedMemberOrder", pair.new, message);
        }
    }
}

fn moved(old: &Shape, new: &Shape) -> bool {
    old.members.iter().zip(&new.members).any(|(before, after)| before.name != after.name)
}
