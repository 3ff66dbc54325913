//! Other names that a service gives to shapes of its closure.

use super::differences::Differences;
use super::operations::services;
use super::report::Report;
use crate::model::Severity;

/// `ServiceRename`
pub(super) fn changed(differences: &Differences<'_>, report: &mut Report) {
    const ID: &str = "ServiceRename";
    for (pair, old, new) in services(differences) {
        for (reference, name) in &old.rename {
            let shape = &reference.target;
            let message = match new.rename.iter().find(|(other, _)| other == reference) {
                None => format!("Service rename of `{shape}` to `{name}` was removed"),
                Some((_, other)) if other != name => {
                    format!("Service rename of `{shape}` was changed from `{name}` to `{other}`")
                }
                Some(_) => continue,
            };
            report.add(Severity::Error, ID, pair.new, message);
        }
        let fresh: Vec<_> =
            new.rename.iter().filter(|(reference, _)| old.rename.iter().all(|(other, _)| other != reference)).collect();
        if fresh.is_empty() {
            continue;
        }
        let closure = differences.old.closure(pair.old.id(), None);
        for (reference, name) in fresh {
            if closure.binary_search(&reference.target).is_ok() {
                let message = format!("Service rename of `{}` to `{name}` was added to an old shape", reference.target);
                report.add(Severity::Error, ID, pair.new, message);
            }
        }
    }
}
