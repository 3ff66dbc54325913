//! `HttpUriConflict`: no two operations of a service match the same requests.

use super::context::{Context, Report, ticked};
use super::uri_pattern::{Segment, UriPattern};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

struct Bound<'m> {
    operation: &'m Shape,
    method: &'m str,
    uri: &'m str,
    pattern: UriPattern,
    host: Option<UriPattern>,
}

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let bound: Vec<Bound<'_>> = context.operations_of(service).filter_map(bound).collect();
        for one in &bound {
            let mut conflicts = Vec::new();
            let mut allowed = Vec::new();
            for other in bound.iter().filter(|other| other.operation.id != one.operation.id) {
                if one.method != other.method
                    || !one.pattern.conflicts_with(&other.pattern)
                    || !hosts_conflict(context, one, other)
                {
                    continue;
                }
                let shown = (&other.operation.id, other.uri);
                if told_apart(context, one, &one.pattern, other, &other.pattern, "smithy.api#httpLabel") {
                    allowed.push(shown);
                } else {
                    conflicts.push(shown);
                }
            }
            for (severity, others) in [(Severity::Error, conflicts), (Severity::Danger, allowed)] {
                if !others.is_empty() {
                    let message =
                        format!("The URI {} matches requests of other operations: {}", one.uri, shown(&others));
                    report.add(severity, "HttpUriConflict", one.operation, message);
                }
            }
        }
    }
}

fn shown(others: &[(&ShapeId, &str)]) -> String {
    ticked(others.iter().map(|(operation, uri)| format!("{operation} {uri}")))
}

fn bound(operation: &Shape) -> Option<Bound<'_>> {
    let http = operation.traits.http()?;
    let endpoint = operation.traits.get("smithy.api#endpoint").and_then(|endpoint| endpoint.get("hostPrefix"));
    Some(Bound {
        operation,
        method: http.method,
        uri: http.uri,
        pattern: UriPattern::parse(http.uri).ok()?,
        host: endpoint.and_then(Node::as_str).and_then(|prefix| UriPattern::parse_host(prefix).ok()),
    })
}

fn hosts_conflict(context: &Context<'_>, one: &Bound<'_>, other: &Bound<'_>) -> bool {
    match (&one.host, &other.host) {
        (None, None) => true,
        (Some(host), Some(other_host)) => !told_apart(context, one, host, other, other_host, "smithy.api#hostLabel"),
        _ => false,
    }
}

/// Whether, wherever one pattern has a label and the other a literal, the label's `pattern` trait excludes the literal.
/// False if there is no such place.
fn told_apart(
    context: &Context<'_>,
    one: &Bound<'_>,
    pattern: &UriPattern,
    other: &Bound<'_>,
    other_pattern: &UriPattern,
    label_trait: &str,
) -> bool {
    let mut places = 0;
    for pair in pattern.segments.iter().zip(&other_pattern.segments) {
        let (owner, label, literal) = match pair {
            (Segment::Literal(a), Segment::Literal(b)) if a == b => continue,
            (Segment::Literal(_), Segment::Literal(_)) => break,
            (label, Segment::Literal(literal)) => (one, label, literal),
            (Segment::Literal(literal), label) => (other, label, literal),
            (Segment::Label(_), Segment::Label(_)) | (Segment::Greedy(_), Segment::Greedy(_)) => continue,
            // A label against a greedy one is a difference that no pattern has to tell.
            _ => {
                places += 1;
                continue;
            }
        };
        places += 1;
        let input = owner.operation.as_operation().and_then(|operation| context.input(operation));
        let member = input.and_then(|input| input.member(label.label().unwrap_or("")));
        let member = member.filter(|member| member.traits.has(label_trait));
        let constraint = member.and_then(|member| context.model().effective_trait(member, "smithy.api#pattern"));
        let excludes = constraint
            .and_then(Node::as_str)
            .and_then(|constraint| context.matches_pattern(constraint, literal))
            .is_some_and(|matches| !matches);
        if !excludes {
            return false;
        }
    }
    places > 0
}
