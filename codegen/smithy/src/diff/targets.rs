//! Members that have another type than before.

use super::differences::{Differences, Pair, Subject};
use super::report::Report;
use crate::model::{Severity, Shape, ShapeType};

const COMPATIBLE: &str = "This was determined backward compatible.";

/// `ChangedMemberTarget`: another name for the same type may do no harm, which a comparison of the two types shows.
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        let Some((old, new)) = pair.members() else { continue };
        if old.target == new.target {
            continue;
        }
        let before = differences.old.shape(&old.target);
        let after = differences.new.shape(&new.target);
        let (severity, judgement) = match (before, after) {
            (Some(before), Some(after)) => judge(differences, before, after),
            _ => (Severity::Warning, COMPATIBLE.to_owned()),
        };
        let type_name = |shape: Option<&Shape>| shape.map_or("unknown", |shape| shape.shape_type.name());
        let message = format!(
            "The shape targeted by the member `{}` changed from `{}` ({}) to `{}` ({}). {judgement}",
            old.id,
            old.target,
            type_name(before),
            new.target,
            type_name(after),
        );
        report.add(severity, "ChangedMemberTarget", pair.new, message);
    }
}

fn judge(differences: &Differences<'_>, old: &Shape, new: &Shape) -> (Severity, String) {
    let (old_type, new_type) = (old.shape_type.name(), new.shape_type.name());
    if old.shape_type != new.shape_type {
        let text = format!("The type of the targeted shape changed from {old_type} to {new_type}.");
        return (Severity::Error, text);
    }
    let named = matches!(old.shape_type, ShapeType::Enum | ShapeType::IntEnum);
    let comparable = old.shape_type.is_simple() || matches!(old.shape_type, ShapeType::List | ShapeType::Map);
    if named || !comparable {
        return (Severity::Error, format!("The name of a {old_type} is significant."));
    }
    if old.traits.has("smithy.api#enum") {
        let text = "The `smithy.api#enum` trait was found on the target, so the name of the targeted shape matters for \
                    codegen.";
        return (Severity::Error, text.to_owned());
    }
    compare(differences, old, new)
}

/// Compares two simple shapes, lists or maps as if they were the same shape. Lists and maps nest only as deep as the
/// model's validation allows: a recursion without a structure or union in it is an error there, and the depth is bounded
/// here too.
fn compare(differences: &Differences<'_>, old: &Shape, new: &Shape) -> (Severity, String) {
    let depth = differences.depth + 1;
    if depth > MAX_DEPTH {
        return (Severity::Error, "The types are nested too deep to be compared.".to_owned());
    }
    let mut inner = Differences { depth, ..Differences::none(differences.old, differences.new, differences.evaluate) };
    inner.changed.push(Pair { old: Subject::Shape(old), new: Subject::Shape(new) });
    for (before, after) in old.members.iter().zip(&new.members) {
        inner.changed.push(Pair { old: Subject::Member(before, old), new: Subject::Member(after, new) });
    }
    let changes = (differences.evaluate)(&inner);
    if changes.is_empty() {
        return (Severity::Warning, COMPATIBLE.to_owned());
    }
    let worst = changes.iter().map(|change| change.event.severity).max().unwrap_or(Severity::Warning);
    let severity = worst.max(Severity::Warning);
    let mut text = String::new();
    if severity == Severity::Warning {
        text.push_str(COMPATIBLE);
        text.push(' ');
    }
    text.push_str("This will result in the following effective differences:\n\n");
    for change in &changes {
        let message = change.event.message.replace('\n', "\n  ");
        text.push_str(&format!("- [{}] {}\n", change.event.severity.name(), message.trim()));
    }
    (severity, text.trim().to_owned())
}

/// How deep lists and maps in each other are followed.
const MAX_DEPTH: usize = 32;
