//! `HttpPayload`, `HttpBindingTraitIgnored`, `HttpBindingsMissing`: where members stand in HTTP messages.

use std::collections::BTreeSet;

use super::context::{Context, Report, ticked, trait_name};
use crate::model::relations::{Item, Relation};
use crate::model::{Member, Severity, Shape, ShapeType};
use crate::source::Node;

/// The traits that put a member of a request somewhere, the payload aside.
const REQUEST: [&str; 5] = [
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
];
/// The same for responses.
const RESPONSE: [&str; 3] = ["smithy.api#httpHeader", "smithy.api#httpPrefixHeaders", "smithy.api#httpResponseCode"];
/// Every trait that binds a member.
const ALL: [&str; 7] = [
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
];
/// Traits that mean something in requests only.
const INPUT_ONLY: [&str; 3] = ["smithy.api#httpLabel", "smithy.api#httpQueryParams", "smithy.api#httpQuery"];
/// Traits that mean something in responses only.
const OUTPUT_ONLY: [&str; 1] = ["smithy.api#httpResponseCode"];
const PAYLOAD: &str = "smithy.api#httpPayload";

/// Which message a structure makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Message {
    Request,
    Response,
}

/// The member that is the payload. A header is a header, whatever else it is said to be.
pub(super) fn payload(structure: &Shape) -> Option<&Member> {
    let is_header = |member: &Member| {
        member.traits.has("smithy.api#httpHeader") || member.traits.has("smithy.api#httpPrefixHeaders")
    };
    structure.members.iter().find(|member| member.traits.has(PAYLOAD) && !is_header(member))
}

/// The members that no trait binds: those of the document, if there is no payload.
pub(super) fn unbound(structure: &Shape, message: Message) -> Vec<&Member> {
    let bound: &[&str] = if message == Message::Request { &REQUEST } else { &RESPONSE };
    let is_bound = |member: &&Member| member.traits.has(PAYLOAD) || bound.iter().any(|id| member.traits.has(id));
    structure.members.iter().filter(|member| !is_bound(member)).collect()
}

/// Where one member is the payload, every other must be bound too.
pub(super) fn check_payloads(context: &Context<'_>, report: &mut Report) {
    let mut check = |structure: &Shape, message: Message| {
        let unbound = unbound(structure, message);
        if payload(structure).is_some() && !unbound.is_empty() {
            let names = ticked(unbound.iter().map(|member| &member.name));
            let message = format!("A member is the HTTP payload, so these must be bound to something else: {names}");
            report.error("HttpPayload", structure, message);
        }
    };
    for (operation, _) in context.shapes_with("smithy.api#http") {
        let Some(operation) = operation.as_operation() else { continue };
        if let Some(input) = context.input(operation) {
            check(input, Message::Request);
        }
        if let Some(output) = context.output(operation) {
            check(output, Message::Response);
        }
    }
    for (error, _) in context.shapes_with("smithy.api#error") {
        check(error, Message::Response);
    }
}

pub(super) fn check_ignored(context: &Context<'_>, report: &mut Report) {
    for (_, item) in context.own_items() {
        let Item::Member(container, member) = item else { continue };
        if container.shape_type != ShapeType::Structure || container.traits.is_mixin() {
            continue;
        }
        let bound = |ids: &[&'static str]| ids.iter().copied().find(|id| member.traits.has(id));
        let Some(any) = bound(&ALL) else { continue };
        let (part, id) = match (bound(&INPUT_ONLY), bound(&OUTPUT_ONLY)) {
            (Some(id), _) => ("Input", id),
            (None, Some(id)) => ("Output", id),
            (None, None) => ("TopLevel", any),
        };
        let means_something = |relation: Relation| match part {
            "Input" => relation == Relation::Input,
            "Output" => relation == Relation::Output,
            _ => matches!(relation, Relation::Input | Relation::Output | Relation::Error),
        };
        let uses = context.index(&container.id).map_or(&[][..], |at| context.relations.reverse(at));
        let ignored: BTreeSet<&str> = uses
            .iter()
            .map(|(relation, _)| *relation)
            .filter(|relation| !means_something(*relation))
            .map(Relation::label)
            .collect();
        if !ignored.is_empty() {
            let message =
                format!("`{}` means nothing where the structure is used as {}", trait_name(id), ticked(ignored));
            let id_with_part = format!("HttpBindingTraitIgnored.{part}");
            report.add_at(Severity::Warning, id_with_part, item, member.traits.span(id), message);
        }
    }
}

/// All operations of a service have `http`, or none.
pub(super) fn check_missing(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let operations: Vec<&Shape> = context.operations_of(service).collect();
        let protocol = service.traits.iter().map(|(id, _)| id).find(|id| {
            let definition =
                context.model().shape(id).and_then(|shape| shape.traits.get("smithy.api#protocolDefinition"));
            let traits = definition.and_then(|definition| definition.get("traits"));
            traits.is_some_and(|traits| traits.strings().any(|id| matches!(id, "smithy.api#http" | "http")))
        });
        let has_http = |operation: &&Shape| operation.traits.has("smithy.api#http");
        if !operations.iter().any(has_http) && (protocol.is_none() || !anything_has_http(context)) {
            continue;
        }
        let severity = if protocol.is_some() { Severity::Error } else { Severity::Warning };
        for operation in operations.iter().filter(|operation| !has_http(operation)) {
            let message = match protocol {
                Some(protocol) => {
                    format!("The protocol `{protocol}` of `{}` needs `http` on every operation", service.id)
                }
                None => format!("Other operations of `{}` have the `http` trait, this one has not", service.id),
            };
            report.add(severity, "HttpBindingsMissing", *operation, message);
        }
    }
}

fn anything_has_http(context: &Context<'_>) -> bool {
    !context.with_trait("smithy.api#http").is_empty()
}

/// The method, URI and code of an operation with `http`.
pub(super) fn method(value: &Node) -> &str {
    value.get("method").and_then(Node::as_str).unwrap_or("")
}
