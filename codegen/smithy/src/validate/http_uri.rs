//! `HttpUriFormat`, `HttpUriGreedyLabel`: the form of URI patterns.

use super::context::{Context, Report};
use super::uri_pattern::{Segment, UriPattern};
use crate::model::Severity;
use crate::source::Node;

pub(super) fn check_format(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#http") {
        let uri = applied.value.get("uri").and_then(Node::as_str).unwrap_or("");
        if !uri.is_ascii() {
            let message = format!("A URI is of ASCII characters, others percent-encoded: {uri}");
            report.trait_error("HttpUriFormat", applied, message);
        }
    }
}

/// The most pairs of a greedy label and what comes after it that are looked at: a pattern may have thousands of labels.
const MOST: usize = 100;

/// A greedy label takes the rest of the path: no label comes after it.
pub(super) fn check_greedy_labels(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#http") {
        let uri = applied.value.get("uri").and_then(Node::as_str).unwrap_or("");
        let Ok(pattern) = UriPattern::parse(uri) else { continue };
        let segments = &pattern.segments;
        let greedy = segments.iter().enumerate().filter(|(_, segment)| matches!(segment, Segment::Greedy(_)));
        for after in greedy.flat_map(|(at, _)| segments.iter().skip(at + 1)).take(MOST) {
            let mut danger = |part: &str, message: String| {
                let id = format!("HttpUriGreedyLabel.{part}");
                report.add_at(Severity::Danger, id, applied.item, applied.value.span, message);
            };
            if matches!(after, Segment::Greedy(_)) {
                danger("MultipleGreedyLabels", format!("The pattern has more than one greedy label: {uri}"));
            }
            if after.label().is_some() {
                danger("GreedyLabelIsNotLastLabel", format!("A label comes after the greedy one: {uri}"));
            }
        }
    }
}
