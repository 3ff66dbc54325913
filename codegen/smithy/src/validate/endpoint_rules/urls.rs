//! `RuleSetUri`, `RulesEngineVersion`: the URLs of endpoints, and what a version of the rules language has.

use super::rule_sets::{elements, entries, rule_sets};
use crate::model::Severity;
use crate::source::Node;
use crate::validate::context::{Context, Report};

/// URLs begin with a scheme, unless they begin with a parameter.
pub(in crate::validate) fn check(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        for url in rules.endpoints().filter_map(|endpoint| endpoint.get("url")) {
            let Some(text) = url.as_str().filter(|text| !text.starts_with('{') || text.starts_with("{{")) else {
                continue;
            };
            if !text.starts_with("http://") && !text.starts_with("https://") {
                let message = format!("expected a URL with the scheme `http` or `https`, found `{text}`");
                report.add_at(Severity::Error, "RuleSetUri", rules.service, url.span, message);
            }
        }
    }
}

type Version = (u32, u32);

fn version(text: &str) -> Option<Version> {
    let mut parts = text.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Whether a text is a version from which decision diagrams exist.
pub(super) fn has_decision_diagrams(text: &str) -> bool {
    version(text).is_some_and(|version| version >= (1, 1))
}

/// The version from which an expression is understood, and what it is.
fn needs(expression: &Node) -> Option<(Version, &'static str)> {
    match expression.get("fn").and_then(Node::as_str)? {
        "split" => Some(((1, 1), "`split`")),
        "coalesce" => Some(((1, 1), "`coalesce`")),
        "ite" => Some(((1, 1), "`ite`")),
        "getAttr" => {
            let path = elements(expression.get("argv")).get(1)?.as_str()?;
            path.contains("[-").then_some(((1, 1), "a negative index of `getAttr`"))
        }
        _ => None,
    }
}

/// Rules only have what their version of the language has.
pub(in crate::validate) fn check_versions(context: &Context<'_>, report: &mut Report) {
    for rules in rule_sets(context) {
        let declared = rules.value.get("version").and_then(Node::as_str).and_then(version).unwrap_or((1, 3));
        let mut check = |expression: &Node| {
            if let Some((needed, what)) = needs(expression).filter(|(needed, _)| declared < *needed) {
                let message = format!(
                    "{what} needs version {}.{} of the rules language, but the rules declare {}.{}",
                    needed.0, needed.1, declared.0, declared.1
                );
                report.add_at(Severity::Error, "RulesEngineVersion", rules.service, expression.span, message);
            }
        };
        rules.conditions().iter().for_each(&mut check);
        for rule in rules.rules() {
            expressions(rule).for_each(&mut check);
        }
    }
}

/// The expressions of a rule itself: conditions with their arguments, URLs, headers and errors.
fn expressions(rule: &Node) -> impl Iterator<Item = &Node> {
    let conditions = elements(rule.get("conditions"));
    let endpoint = rule.get("endpoint");
    let headers = entries(endpoint.and_then(|endpoint| endpoint.get("headers")));
    conditions
        .iter()
        .flat_map(|condition| std::iter::once(condition).chain(elements(condition.get("argv"))))
        .chain(endpoint.and_then(|endpoint| endpoint.get("url")))
        .chain(headers.flat_map(|entry| elements(Some(&entry.value))))
        .chain(rule.get("error"))
}
