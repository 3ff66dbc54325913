//! Traits of the tool's own packages whose values cannot even be read. They are reported with loading, because rules
//! read these traits, and end the validation.

use super::context::{Applied, Context, Report, pattern_problem, trait_name};
use super::uri_pattern::UriPattern;
use super::{endpoint_rules, mqtt};
use crate::model::{Shape, ShapeId, ShapeType, is_identifier};
use crate::select::Selector;
use crate::source::{Node, NodeKind};

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for id in context.applied_traits() {
        let built_in = context.model().shape_named(id).filter(|shape| context.model().is_well_known(shape));
        let Some(shape) = built_in else { continue };
        for applied in context.with_trait(id) {
            let problem = unreadable(context, shape, applied.value).or_else(|| meaningless(id, applied));
            if let Some((problem, node)) = problem {
                let message = format!("The trait `{}` cannot be read: {problem}", trait_name(id));
                report.add_at(crate::model::Severity::Error, "Model", applied.item, node.span, message);
            }
        }
    }
}

type Problem<'m> = Option<(String, &'m Node)>;

/// What kinds of JSON a type is read from.
fn kinds(shape_type: ShapeType) -> &'static [NodeKind] {
    match shape_type {
        ShapeType::Boolean => &[NodeKind::Boolean],
        ShapeType::String | ShapeType::Enum | ShapeType::Blob => &[NodeKind::String],
        ShapeType::List => &[NodeKind::Array],
        ShapeType::Map | ShapeType::Structure | ShapeType::Union => &[NodeKind::Object],
        shape_type if shape_type.is_number() => &[NodeKind::Number],
        _ => &[],
    }
}

/// A value, or the value of one of its members, of another kind of JSON; or a required member that is not there.
fn unreadable<'m>(context: &Context<'m>, shape: &'m Shape, value: &'m Node) -> Problem<'m> {
    let kinds = kinds(shape.shape_type);
    if !kinds.is_empty() && !kinds.contains(&value.kind()) {
        let expected = kinds.first().map_or("", |kind| kind.name());
        return Some((format!("Expected {expected}, but found {}", value.kind().name()), value));
    }
    match shape.shape_type {
        ShapeType::Structure => shape.members.iter().find_map(|member| match value.get(&member.name) {
            None if member.traits.is_required() => Some((format!("Missing expected member `{}`", member.name), value)),
            None => None,
            Some(value) => unreadable(context, context.model().target(member)?, value),
        }),
        ShapeType::List => {
            let element = context.model().target(shape.member("member")?)?;
            value.as_array().unwrap_or_default().iter().find_map(|value| unreadable(context, element, value))
        }
        ShapeType::Map => {
            let element = context.model().target(shape.member("value")?)?;
            value.as_object()?.iter().find_map(|entry| unreadable(context, element, &entry.value))
        }
        _ => None,
    }
}

/// Values of the right form that mean nothing.
fn meaningless<'m>(id: &str, applied: Applied<'m>) -> Problem<'m> {
    let value = applied.value;
    let problem = match id {
        "smithy.api#length" | "smithy.api#range" => {
            let bounded = value.get("min").or_else(|| value.get("max"));
            bounded.is_none().then(|| "it has neither `min` nor `max`".to_owned())
        }
        "smithy.api#pattern" => value.as_str().and_then(pattern_problem),
        "smithy.api#enum" => value.as_array().filter(|values| values.is_empty()).map(|_| "it has no values".to_owned()),
        "smithy.api#error" => value
            .as_str()
            .filter(|fault| !matches!(*fault, "client" | "server"))
            .map(|fault| format!("it is `client` or `server`, not `{fault}`")),
        "smithy.api#httpHeader" | "smithy.api#httpQuery" => {
            value.as_str().filter(|name| name.is_empty()).map(|_| "the name is empty".to_owned())
        }
        "smithy.api#http" => value.get("uri").and_then(Node::as_str).and_then(|uri| UriPattern::parse(uri).err()),
        "smithy.api#endpoint" => {
            value.get("hostPrefix").and_then(Node::as_str).and_then(|host| UriPattern::parse_host(host).err())
        }
        "smithy.api#trait" => {
            let selector = value.get("selector").and_then(Node::as_str);
            let problem = selector.and_then(|selector| Selector::parse(selector).err()).map(|error| error.to_string());
            let mut conflicts = value.get("conflicts").into_iter().flat_map(Node::strings);
            problem.or_else(|| {
                conflicts.find(|id| ShapeId::parse(id).is_err()).map(|id| format!("Invalid shape ID: {id}"))
            })
        }
        "smithy.api#auth" => value.strings().find_map(invalid_id),
        "smithy.mqtt#publish" | "smithy.mqtt#subscribe" => {
            value.as_str().and_then(|topic| mqtt::Topic::parse(topic).err())
        }
        "smithy.rules#endpointBdd" => endpoint_rules::decision_diagram_problem(value),
        "smithy.api#externalDocumentation" => {
            let links = value.as_object().into_iter().flatten().filter_map(|entry| entry.value.as_str());
            links.into_iter().find(|link| !is_url(link)).map(|link| format!("`{link}` is not a URL"))
        }
        _ => None,
    };
    problem.map(|problem| (problem, value))
}

fn invalid_id(text: &str) -> Option<String> {
    let good = if text.contains('#') { ShapeId::parse(text).is_ok() } else { is_identifier(text) };
    (!good).then(|| format!("Invalid shape ID: {text}"))
}

/// A scheme and something after it.
fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
            && scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
    })
}
