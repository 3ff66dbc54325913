//! `ModelDeprecation` for sets: 2.0 has lists with `uniqueItems` instead.

use super::context::{Context, Report};
use crate::model::Severity;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for set in context.model().sets().iter().filter_map(|id| context.model().shape(id)) {
        let message = "Sets are deprecated, and are not in Smithy 2.0: use a list with the `uniqueItems` trait";
        report.add(Severity::Warning, "ModelDeprecation", set, message);
    }
}
