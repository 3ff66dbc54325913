//! `HttpLabelTrait`, `HostLabelTrait`: labels and the members that fill them.

use foldhash::HashSet;

use super::context::{Applied, Context, Report, ticked};
use super::uri_pattern::{Segment, UriPattern};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

const HTTP_LABEL: &str = "smithy.api#httpLabel";
const HOST_LABEL: &str = "smithy.api#hostLabel";

pub(super) fn check_uri_labels(context: &Context<'_>, report: &mut Report) {
    for (operation, http) in context.shapes_with("smithy.api#http") {
        let pattern = http.get("uri").and_then(Node::as_str).and_then(|uri| UriPattern::parse(uri).ok());
        let input = operation.as_operation().and_then(|operation| context.input(operation));
        let (Some(pattern), Some(input)) = (pattern, input) else { continue };
        check_labels(report, operation, input, &pattern, HTTP_LABEL, "HttpLabelTrait");
        let by_label = pattern.by_label();
        for member in input.members.iter().filter(|member| member.traits.has(HTTP_LABEL)) {
            let greedy = matches!(by_label.get(&member.name.to_ascii_lowercase()), Some(Segment::Greedy(_)));
            let target = context.model().target(member).map(|target| target.shape_type);
            if greedy && !matches!(target, Some(ShapeType::String | ShapeType::Enum)) {
                let message = format!("The label is greedy in `{}`, so its member must be a string", operation.id);
                report.error("HttpLabelTrait", Item::Member(input, member), message);
            }
        }
    }
}

fn check_labels(report: &mut Report, operation: &Shape, input: &Shape, pattern: &UriPattern, id: &str, event_id: &str) {
    let by_label = pattern.by_label();
    let mut filled: HashSet<&str> = HashSet::default();
    for member in input.members.iter().filter(|member| member.traits.has(id)) {
        filled.insert(&member.name);
        if !by_label.contains_key(&member.name.to_ascii_lowercase()) {
            let message = format!("`{}` has no label for this member to fill", operation.id);
            report.error(event_id, Item::Member(input, member), message);
        }
    }
    let unfilled: Vec<&str> = pattern.labels().filter(|label| !filled.contains(label)).collect();
    if !unfilled.is_empty() {
        let message = format!("No member of `{}` fills the labels {}", input.id, ticked(unfilled));
        report.error(event_id, operation, message);
    }
}

pub(super) fn check_host_labels(context: &Context<'_>, report: &mut Report) {
    for (operation, endpoint) in context.shapes_with("smithy.api#endpoint") {
        let Some(prefix) = endpoint.get("hostPrefix").and_then(Node::as_str) else { continue };
        let Ok(pattern) = UriPattern::parse_host(prefix) else { continue };
        let applied = Applied { item: Item::Shape(operation), value: endpoint };
        check_prefix(report, applied, prefix, &pattern);
        if let Some(input) = operation.as_operation().and_then(|operation| context.input(operation)) {
            check_labels(report, operation, input, &pattern, HOST_LABEL, "HostLabelTrait");
        }
    }
}

fn check_prefix(report: &mut Report, applied: Applied<'_>, prefix: &str, pattern: &UriPattern) {
    let expanded: String = pattern
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.as_str(),
            Segment::Label(_) | Segment::Greedy(_) => "foo",
        })
        .collect();
    if !is_host(&expanded) {
        let message = format!("The host prefix {prefix} cannot become a host name, for example {expanded}");
        report.trait_error("HostLabelTrait", applied, message);
    }
    if !prefix.ends_with('.') && pattern.labels().next().is_some() {
        let message = "The host prefix has labels and does not end in a period: a value could choose another domain";
        report.add_at(Severity::Danger, "HostLabelTrait", applied.item, applied.value.span, message);
    }
}

/// Labels of letters, digits and hyphens, at most 63 of them, with periods between (RFC 3986, section 3.2.2).
fn is_host(text: &str) -> bool {
    let good = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && text.strip_suffix('.').unwrap_or(text).split('.').all(good)
}
