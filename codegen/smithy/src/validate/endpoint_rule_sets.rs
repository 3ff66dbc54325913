//! `EndpointRuleSet`: endpoint rules are well-formed, and every value in them has the type of its place.

use super::context::{Context, Report};
use crate::endpoint_rules::{RULE_SET_TRAIT, RuleSet};
use crate::model::Severity;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait(RULE_SET_TRAIT) {
        if let Err(error) = RuleSet::read(applied.value) {
            report.add_at(Severity::Error, "EndpointRuleSet", applied.item, error.span, error.to_string());
        }
    }
}
