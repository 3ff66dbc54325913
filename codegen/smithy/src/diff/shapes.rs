//! Shapes that came, went, or became something else.

use super::differences::{Differences, Subject};
use super::report::Report;
use crate::model::{Model, Severity, ShapeType};

/// `AddedShape`: shapes, and members of shapes that were there before.
pub(super) fn added(differences: &Differences<'_>, report: &mut Report) {
    for subject in &differences.added {
        if let Subject::Member(_, container) = subject {
            let Some(before) = differences.old.shape(&container.id) else { continue };
            // A string whose `enum` trait became members has no new values by that; see `enums`.
            let converted = before.shape_type == ShapeType::String && before.traits.has("smithy.api#enum");
            if converted && container.shape_type == ShapeType::Enum {
                continue;
            }
        }
        report.add(Severity::Note, "AddedShape", *subject, format!("Added {} `{}`", subject.type_name(), subject.id()));
    }
}

/// `RemovedShape`: what was private was nobody's to use, and a simple shape has no type of its own in most code.
pub(super) fn removed(differences: &Differences<'_>, report: &mut Report) {
    for subject in &differences.removed {
        let gone_with_container = |model: &Model| match subject {
            Subject::Member(_, container) => model.shape(&container.id).is_none(),
            Subject::Shape(_) => false,
        };
        if subject.traits().has("smithy.api#private") || gone_with_container(differences.new) {
            continue;
        }
        let (severity, id) = if is_scalar(*subject) {
            (Severity::Warning, "RemovedShape.ScalarShape")
        } else {
            (Severity::Error, "RemovedShape")
        };
        report.add_old(severity, id, *subject, format!("Removed {} `{}`", subject.type_name(), subject.id()));
    }
}

fn is_scalar(subject: Subject<'_>) -> bool {
    let Some(shape) = subject.as_shape() else { return false };
    match shape.shape_type {
        ShapeType::String => !shape.traits.has("smithy.api#enum"),
        ShapeType::Blob | ShapeType::Boolean | ShapeType::Timestamp => true,
        ShapeType::IntEnum => false,
        other => other.is_number(),
    }
}

/// `ChangedShapeType`: all but the two steps that Smithy 2.0 recommends, from a set to a list of unique items (a set is
/// one already when it is loaded) and from the `enum` trait to an enum shape.
pub(super) fn changed_type(differences: &Differences<'_>, report: &mut Report) {
    for pair in &differences.changed {
        let Some((old, new)) = pair.shapes() else { continue };
        let to_enum = old.traits.has("smithy.api#enum") && new.shape_type == ShapeType::Enum;
        if old.shape_type == new.shape_type || to_enum {
            continue;
        }
        let message = format!(
            "Shape `{}` type was changed from `{}` to `{}`.",
            old.id,
            old.shape_type.name(),
            new.shape_type.name()
        );
        report.add(Severity::Error, "ChangedShapeType", pair.new, message);
    }
}
