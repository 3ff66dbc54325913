//! The metadata of a model.

use super::change::Side;
use super::differences::Differences;
use super::json::pretty;
use super::report::Report;
use crate::model::Severity;

/// `AddedMetadata`
pub(super) fn added(differences: &Differences<'_>, report: &mut Report) {
    for (key, value) in differences.new.metadata() {
        if !differences.old.metadata().contains_key(key) {
            let message = format!("Metadata key `{key}` was added with the following value: {}", pretty(value));
            report.add_at(Severity::Note, "AddedMetadata", None, (Side::New, value.span), message);
        }
    }
}

/// `ChangedMetadata`
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    if differences.depth > 0 {
        return;
    }
    for (key, old) in differences.old.metadata() {
        let Some(new) = differences.new.metadata().get(key).filter(|new| *new != old) else { continue };
        let message = format!("Metadata key `{key}` was changed from {} to {}", pretty(old), pretty(new));
        report.add_at(Severity::Warning, "ChangedMetadata", None, (Side::New, new.span), message);
    }
}

/// `RemovedMetadata`
pub(super) fn removed(differences: &Differences<'_>, report: &mut Report) {
    if differences.depth > 0 {
        return;
    }
    for (key, old) in differences.old.metadata() {
        if !differences.new.metadata().contains_key(key) {
            let message = format!("Metadata key `{key}` was removed with the following value: {}", pretty(old));
            report.add_at(Severity::Danger, &format!("RemovedMetadata.{key}"), None, (Side::Old, old.span), message);
        }
    }
}
