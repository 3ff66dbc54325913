//! From one version of AWS Signature Version 4 to the other: not every credential is fit for both.

use std::collections::BTreeMap;

use super::differences::Differences;
use super::operations::{of, services};
use super::report::Report;
use crate::model::{Model, Severity, Shape, ShapeId};
use crate::source::Node;

const SIGV4: &str = "aws.auth#sigv4";
const SIGV4A: &str = "aws.auth#sigv4a";
const RULE_SET: &str = "smithy.rules#endpointRuleSet";

/// `SigV4Migration`: the schemes that a service, or an operation of it, accepts.
pub(super) fn modeled(differences: &Differences<'_>, report: &mut Report) {
    const ID: &str = "SigV4Migration";
    for (pair, ..) in services(differences) {
        let Some((old, new)) = pair.shapes() else { continue };
        if let Some(change) = Move::between(&service_schemes(old), &service_schemes(new)) {
            let place = format!("for `{}`", new.id);
            report.add(Severity::Danger, ID, pair.new, change.message(&place));
        }
    }
    let containing = containing_services(differences.new);
    for (pair, ..) in of(differences, Shape::as_operation) {
        let Some((old, new)) = pair.shapes() else { continue };
        for service in containing.get(&new.id).into_iter().flatten() {
            let Some(old_service) = differences.old.shape(&service.id) else { continue };
            let before = operation_schemes(old_service, old);
            if let Some(change) = Move::between(&before, &operation_schemes(service, new)) {
                let place = format!("for `{}`", new.id);
                report.add(Severity::Danger, ID, pair.new, change.message(&place));
            }
        }
    }
}

/// `EndpointSigV4Migration`: the schemes that the endpoints of a rule set ask for.
pub(super) fn of_endpoints(differences: &Differences<'_>, report: &mut Report) {
    for (pair, ..) in services(differences) {
        let Some((old, new)) = pair.shapes() else { continue };
        let (Some(old_rules), Some(new_rules)) = (old.traits.get(RULE_SET), new.traits.get(RULE_SET)) else { continue };
        let (old_default, new_default) = (service_schemes(old), service_schemes(new));
        let old_endpoints = endpoints(old_rules);
        for (path, endpoint) in endpoints(new_rules) {
            let Some(before) = old_endpoints.get(&path).filter(|before| **before != endpoint) else { continue };
            let before = endpoint_schemes(before, &old_default);
            if let Some(change) = Move::between(&before, &endpoint_schemes(endpoint, &new_default)) {
                let place = format!("for an endpoint in the `@{RULE_SET}` trait applied to `{}` at: `{path}`", new.id);
                report.add(Severity::Danger, "EndpointSigV4Migration", pair.new, change.message(&place));
            }
        }
    }
}

/// What happened to the two schemes.
#[derive(Clone, Copy)]
struct Move {
    verb: &'static str,
    /// The word between verb and the scheme that is left or passed.
    relation: &'static str,
    gerund: &'static str,
    /// The scheme that clients now meet first.
    to_sigv4a: bool,
}

impl Move {
    /// How the order of preference of the two schemes changed, if it did in a way that matters.
    fn between(old: &[&str], new: &[&str]) -> Option<Self> {
        let position = |schemes: &[&str], wanted: fn(&str) -> bool| schemes.iter().position(|scheme| wanted(scheme));
        let old = (position(old, is_sigv4), position(old, is_sigv4a));
        let new = (position(new, is_sigv4), position(new, is_sigv4a));
        let replaced = |to_sigv4a| Self { verb: "replaced", relation: "by", gerund: "Replacing", to_sigv4a };
        let moved = |to_sigv4a| Self { verb: "moved", relation: "before", gerund: "Moving", to_sigv4a };
        let added = |to_sigv4a| Self { verb: "added", relation: "before", gerund: "Adding", to_sigv4a };
        match (old, new) {
            ((Some(_), None), (None, Some(_))) => Some(replaced(true)),
            ((None, Some(_)), (Some(_), None)) => Some(replaced(false)),
            ((Some(old_4), Some(old_4a)), (Some(new_4), Some(new_4a))) => match (old_4 < old_4a, new_4 < new_4a) {
                (true, false) => Some(moved(true)),
                (false, true) => Some(moved(false)),
                _ => None,
            },
            ((None, Some(_)), (Some(new_4), Some(new_4a))) if new_4 < new_4a => Some(added(false)),
            ((Some(_), None), (Some(new_4), Some(new_4a))) if new_4a < new_4 => Some(added(true)),
            _ => None,
        }
    }

    fn message(self, place: &str) -> String {
        let Self { verb, relation, gerund, to_sigv4a } = self;
        let (first, second) = if to_sigv4a { (SIGV4A, SIGV4) } else { (SIGV4, SIGV4A) };
        let advice = if to_sigv4a {
            format!(
                "is not backward compatible since not all credentials usable by `{SIGV4}` are compatible with \
                 `{SIGV4A}`, and can break existing clients' authentication."
            )
        } else {
            "may not be backward compatible if the signing scope was narrowed (typically from `*`).".to_owned()
        };
        if verb == "replaced" {
            return format!(
                "The `{second}` authentication scheme was replaced by the `{first}` authentication scheme in the \
                 effective auth schemes {place}. Replacing the `{SIGV4}` authentication scheme with the `{SIGV4A}` \
                 authentication scheme directly {advice}"
            );
        }
        let existing = if verb == "added" { "an existing" } else { "the" };
        format!(
            "The `{first}` authentication scheme was {verb} {relation} the `{second}` authentication scheme in the \
             effective auth schemes {place}. {gerund} the `{first}` authentication scheme {relation} {existing} \
             `{second}` authentication scheme {advice}"
        )
    }
}

/// Whether a scheme, by shape ID or by the name that endpoint rules use, takes the credentials of Signature Version 4.
fn is_sigv4(scheme: &str) -> bool {
    scheme == "sigv4" || scheme == SIGV4 || (scheme.starts_with("sigv4-") && scheme != "sigv4-s3express")
}

fn is_sigv4a(scheme: &str) -> bool {
    scheme == "sigv4a" || scheme == SIGV4A || scheme == "sigv4-s3express"
}

/// The schemes of a service: those that `auth` lists, else all that are applied to it, by ID.
fn service_schemes(service: &Shape) -> Vec<&str> {
    listed(service, service)
        .unwrap_or_else(|| [SIGV4, SIGV4A].into_iter().filter(|scheme| service.traits.has(scheme)).collect())
}

fn operation_schemes<'a>(service: &'a Shape, operation: &'a Shape) -> Vec<&'a str> {
    listed(service, operation).unwrap_or_else(|| service_schemes(service))
}

fn listed<'a>(service: &Shape, shape: &'a Shape) -> Option<Vec<&'a str>> {
    let schemes = shape.traits.get("smithy.api#auth")?;
    Some(schemes.strings().filter(|scheme| service.traits.has(scheme)).collect())
}

fn endpoint_schemes<'a>(endpoint: &'a Node, default: &[&'a str]) -> Vec<&'a str> {
    let schemes = endpoint.get("properties").and_then(|properties| properties.get("authSchemes"));
    let named: Vec<&str> = schemes
        .and_then(Node::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(|scheme| scheme.get("name").and_then(Node::as_str))
        .collect();
    if named.is_empty() { default.to_vec() } else { named }
}

/// The services that an operation belongs to, directly or through resources.
fn containing_services(model: &Model) -> BTreeMap<ShapeId, Vec<&Shape>> {
    let mut found: BTreeMap<ShapeId, Vec<&Shape>> = BTreeMap::new();
    for service in model.services() {
        for operation in model.operations_of(&service.id) {
            found.entry(operation).or_default().push(service);
        }
    }
    found
}

/// The endpoints of a rule set by their JSON pointers. The parser has bounded the depth.
fn endpoints(rule_set: &Node) -> BTreeMap<String, &Node> {
    let mut found = BTreeMap::new();
    if let Some(rules) = rule_set.get("rules") {
        collect_endpoints(rules, "/rules".to_owned(), &mut found);
    }
    found
}

fn collect_endpoints<'a>(node: &'a Node, path: String, found: &mut BTreeMap<String, &'a Node>) {
    for (at, element) in node.as_array().unwrap_or_default().iter().enumerate() {
        collect_endpoints(element, format!("{path}/{at}"), found);
    }
    let Some(object) = node.as_object() else { return };
    if object.get("type").and_then(Node::as_str) == Some("endpoint") {
        if let Some(endpoint) = object.get("endpoint") {
            found.insert(format!("{path}/endpoint"), endpoint);
        }
        return;
    }
    for entry in object {
        collect_endpoints(&entry.value, format!("{path}/{}", entry.key), found);
    }
}
