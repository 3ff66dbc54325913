//! `AwsSpecialCaseEndpoint`: patterns of endpoints for single regions and partitions.

use super::context::{Applied, Context, Report};
use crate::model::Severity;
use crate::model::relations::Item;
use crate::source::Node;

const ID: &str = "AwsSpecialCaseEndpoint";
const PATTERNS: [&str; 4] = ["{region}", "{service}", "{dnsSuffix}", "{dualStackDnsSuffix}"];

/// The traits with the keys of their maps of special cases.
const TRAITS: [(&str, &[&str]); 2] = [
    ("aws.endpoints#standardRegionalEndpoints", &["regionSpecialCases", "partitionSpecialCases"]),
    ("aws.endpoints#standardPartitionalEndpoints", &["partitionEndpointSpecialCases"]),
];

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (id, keys) in TRAITS {
        for (service, value) in context.shapes_with(id) {
            let applied = Applied { item: Item::Shape(service), value };
            let maps = keys.iter().filter_map(|key| value.get(key).and_then(Node::as_object));
            let cases = maps.flatten().flat_map(|entry| entry.value.as_array().unwrap_or_default());
            for endpoint in cases.filter_map(|case| case.get("endpoint").and_then(Node::as_str)) {
                check_pattern(report, applied, endpoint);
            }
        }
    }
}

fn check_pattern(report: &mut Report, applied: Applied<'_>, endpoint: &str) {
    let mut add = |severity, problem: &str, message: String| {
        report.add_at(severity, format!("{ID}.{problem}"), applied.item, applied.value.span, message);
    };
    let parts =
        endpoint.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| format!("{{{name}}}")));
    let unknown: Vec<String> = parts.filter(|part| !PATTERNS.contains(&part.as_str())).collect();
    if !unknown.is_empty() {
        let message = format!("unsupported {} in `{endpoint}`: expected {}", unknown.join(", "), PATTERNS.join(", "));
        add(Severity::Danger, "UnsupportedEndpointPattern", message);
    }
    if !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
        let message = format!("expected the scheme `http` or `https` in `{endpoint}`");
        add(Severity::Danger, "InvalidEndpointPatternScheme", message);
    }
    if !is_url(endpoint) {
        add(Severity::Error, "InvalidEndpointPatternUrl", format!("invalid URL `{endpoint}`"));
    }
}

/// Whether a pattern, its parts filled, is a URL of a scheme that Java knows, as the reference demands.
fn is_url(pattern: &str) -> bool {
    const SCHEMES: [&str; 6] = ["http", "https", "ftp", "file", "jar", "mailto"];
    let Some((scheme, rest)) = pattern.split_once(':') else { return false };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%{}".contains(c) || !c.is_ascii();
    SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) && rest.chars().all(allowed) && !rest.is_empty()
}
