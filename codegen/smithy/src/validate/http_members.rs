//! `HttpHeaderTrait`, `HttpPrefixHeadersTrait`, `HttpQueryTrait`, `HttpQueryParamsTrait`: headers and query parameters.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Applied, Context, Report, ticked};
use super::uri_pattern::UriPattern;
use crate::model::relations::{Item, Relation};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const HEADER: &str = "smithy.api#httpHeader";
const QUERY: &str = "smithy.api#httpQuery";

/// Headers that HTTP itself uses, so that models cannot (Smithy 2.0, "httpHeader trait", restricted headers).
const RESERVED: [&str; 15] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "www-authenticate",
    "x-forwarded-for",
];

/// The structures with a member that has a trait.
fn structures_with<'m>(context: &Context<'m>, id: &str) -> Vec<&'m Shape> {
    let ids: BTreeSet<&ShapeId> = context.with_trait(id).iter().map(|applied| &applied.item.container().id).collect();
    let shapes = ids.into_iter().filter_map(|id| context.model().shape(id));
    shapes.filter(|shape| shape.shape_type == ShapeType::Structure).collect()
}

/// The members of a structure by the value of a trait.
fn members_by<'s>(structure: &'s Shape, id: &str, fold_case: bool) -> BTreeMap<String, Vec<&'s str>> {
    let mut members: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for member in &structure.members {
        if let Some(name) = member.traits.get(id).and_then(Node::as_str) {
            let name = if fold_case { name.to_lowercase() } else { name.to_owned() };
            members.entry(name).or_default().push(&member.name);
        }
    }
    members
}

pub(super) fn check_headers(context: &Context<'_>, report: &mut Report) {
    for structure in structures_with(context, HEADER) {
        for (header, members) in members_by(structure, HEADER, true) {
            if members.len() > 1 {
                let message = format!("Several members are bound to the header `{header}`: {}", ticked(members));
                report.error("HttpHeaderTrait", structure, message);
            }
        }
    }
    for applied in context.with_trait(HEADER) {
        check_header_name(report, applied);
    }
}

fn check_header_name(report: &mut Report, applied: Applied<'_>) {
    let header = applied.value.as_str().unwrap_or("");
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let problem = if RESERVED.contains(&header.to_lowercase().as_str()) {
        "is a header that HTTP itself uses"
    } else if !header.bytes().all(token) {
        "is not a header name (RFC 9110, section 5.6.2)"
    } else {
        return;
    };
    let message = format!("`{header}` {problem}");
    report.add_at(Severity::Danger, "HttpHeaderTrait", applied.item, applied.value.span, message);
}

pub(super) fn check_prefix_headers(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#httpPrefixHeaders") {
        let Item::Member(structure, prefixed) = applied.item else { continue };
        let prefix = applied.value.as_str().unwrap_or("").to_lowercase();
        let severity = if prefix.is_empty() { Severity::Note } else { Severity::Error };
        for member in &structure.members {
            let header = member.traits.get(HEADER).and_then(Node::as_str).unwrap_or("").to_lowercase();
            if member.traits.has(HEADER) && header.starts_with(&prefix) {
                let message = format!("The header `{header}` is also one of those of the member `{}`", prefixed.name);
                let item = Item::Member(structure, member);
                report.add_at(severity, "HttpPrefixHeadersTrait", item, member.traits.span(HEADER), message);
            }
        }
    }
}

pub(super) fn check_query_params(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#httpQueryParams") {
        let Item::Member(structure, params) = applied.item else { continue };
        let members: Vec<&str> =
            structure.members.iter().filter(|member| member.traits.has(QUERY)).map(|member| &*member.name).collect();
        if !members.is_empty() {
            let message =
                format!("The parameters of `{}` cannot be told from those of {}", params.name, ticked(members));
            report.add(Severity::Note, "HttpQueryParamsTrait", structure, message);
        }
    }
}

pub(super) fn check_query(context: &Context<'_>, report: &mut Report) {
    for structure in structures_with(context, QUERY) {
        let parameters = members_by(structure, QUERY, false);
        for (parameter, members) in parameters.iter().filter(|(_, members)| members.len() > 1) {
            let message = format!("Several members are bound to the parameter `{parameter}`: {}", ticked(members));
            report.error("HttpQueryTrait", structure, message);
        }
        for (operation, pattern) in operations_with_input(context, structure) {
            for (literal, _) in pattern.query.iter().filter(|(literal, _)| parameters.contains_key(literal)) {
                let message = format!("The parameter `{literal}` is in the URI of `{}` already", operation.id);
                report.error("HttpQueryTrait", structure, message);
            }
        }
    }
}

fn operations_with_input<'m>(context: &Context<'m>, structure: &Shape) -> Vec<(&'m Shape, UriPattern)> {
    let uses = context.index(&structure.id).map_or(&[][..], |at| context.relations.reverse(at));
    uses.iter()
        .filter(|(relation, _)| *relation == Relation::Input)
        .filter_map(|(_, at)| context.relations.item(*at)?.as_shape())
        .filter_map(|operation| {
            let pattern = operation.traits.http().and_then(|http| UriPattern::parse(http.uri).ok())?;
            Some((operation, pattern))
        })
        .collect()
}
