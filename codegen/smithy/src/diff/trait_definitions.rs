//! Shapes that define traits.

use super::change::Side;
use super::differences::Differences;
use super::report::Report;
use crate::model::Severity;

/// `AddedTraitDefinition`
pub(super) fn added(differences: &Differences<'_>, report: &mut Report) {
    for subject in differences.added.iter().filter(|subject| subject.traits().is_trait_definition()) {
        let message = format!("Trait definition `{}` was added", subject.id());
        report.add(Severity::Note, "AddedTraitDefinition", *subject, message);
    }
}

/// `RemovedTraitDefinition`
pub(super) fn removed(differences: &Differences<'_>, report: &mut Report) {
    for subject in differences.removed.iter().filter(|subject| subject.traits().is_trait_definition()) {
        let message = format!("Trait definition `{}` was removed", subject.id());
        let span = subject.traits().span("smithy.api#trait");
        report.add_at(Severity::Error, "RemovedTraitDefinition", Some(subject.id()), (Side::Old, span), message);
    }
}
