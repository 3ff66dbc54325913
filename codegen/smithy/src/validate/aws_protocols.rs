//! `ProtocolHttp`, `ProtocolHttpPayload`, `QueryErrorCode`, `ErrorRename`: the protocols of AWS.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

/// The protocols of `aws.protocols`.
const PROTOCOLS: [&str; 6] = [
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
];

fn protocols(service: &Shape) -> impl Iterator<Item = (&'static str, &Node)> {
    PROTOCOLS.into_iter().filter_map(|id| service.traits.get(id).map(|value| (id, value)))
}

/// Versions of HTTP for event streams are among those of the protocol.
pub(super) fn check_http_versions(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        for (id, value) in protocols(service) {
            let http: BTreeSet<&str> = value.get("http").into_iter().flat_map(Node::strings).collect();
            let streams = value.get("eventStreamHttp").into_iter().flat_map(Node::strings);
            let invalid: Vec<&str> = streams.filter(|version| !http.contains(version)).collect();
            if !invalid.is_empty() {
                let message = format!(
                    "The following values of the `eventStreamHttp` property do not also appear in the `http` property of \
                     the {id} protocol trait: [{}]",
                    invalid.join(", ")
                );
                report.trait_error("ProtocolHttp", Applied { item: service.into(), value }, message);
            }
        }
    }
}

/// Payloads have types that the protocols of AWS can bind.
pub(super) fn check_payloads(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service).filter(|service| protocols(service).next().is_some()) {
        let mut structures = BTreeSet::new();
        for operation in context.operations_of(service) {
            let Some(details) = operation.as_operation() else { continue };
            structures.extend([&details.input.target, &details.output.target]);
            structures.extend(details.errors.iter().map(|error| &error.target));
        }
        for shape in structures.into_iter().filter_map(|id| context.model().shape(id)) {
            let payload = shape.members.iter().find(|member| member.traits.has("smithy.api#httpPayload"));
            let Some(payload) = payload else { continue };
            let is_bindable = context.model().target(payload).is_some_and(|target| {
                matches!(
                    target.shape_type,
                    ShapeType::Structure
                        | ShapeType::Union
                        | ShapeType::Document
                        | ShapeType::Blob
                        | ShapeType::String
                        | ShapeType::Enum
                )
            });
            if !is_bindable {
                let message = "AWS Protocols only support binding the following shape types to the payload: string, blob, \
                               structure, union, and document";
                report.error("ProtocolHttpPayload", Item::Member(shape, payload), message);
            }
        }
    }
}

/// Error codes of the query protocols are unambiguous.
pub(super) fn check_query_error_codes(context: &Context<'_>, report: &mut Report) {
    let uses_codes = ["aws.protocols#awsQuery", "aws.protocols#ec2Query", "aws.protocols#awsQueryCompatible"];
    for service in context.own(ShapeType::Service).filter(|service| uses_codes.iter().any(|id| service.traits.has(id)))
    {
        let mut errors: BTreeSet<&ShapeId> = BTreeSet::new();
        errors.extend(service.as_service().into_iter().flat_map(|service| &service.errors).map(|error| &error.target));
        for operation in context.operations_of(service).filter_map(Shape::as_operation) {
            errors.extend(operation.errors.iter().map(|error| &error.target));
        }
        let mut codes: BTreeMap<&str, Vec<&ShapeId>> = BTreeMap::new();
        for error in errors {
            let custom = context.model().shape(error).and_then(|shape| shape.traits.get("aws.protocols#awsQueryError"));
            let code = custom.and_then(|custom| custom.get("code")).and_then(Node::as_str);
            codes.entry(code.unwrap_or(error.name())).or_default().push(error);
        }
        for (code, shapes) in codes.into_iter().filter(|(_, shapes)| shapes.len() > 1) {
            let message = format!(
                "Multiple error shapes with the error code `{code}` found: [{}]. This error code ambiguity will result in \
                 the wrong error shape being deserialized when running the query protocol.",
                ticked(shapes)
            );
            report.add(Severity::Danger, "QueryErrorCode", service, message);
        }
    }
}

/// Errors keep their names: the protocols of AWS send them.
pub(super) fn check_error_renames(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let used: Vec<&str> = protocols(service).map(|(id, _)| id).collect();
        if used.is_empty() {
            continue;
        }
        for (shape, name) in service.as_service().into_iter().flat_map(|service| &service.rename) {
            let is_error =
                context.model().shape(&shape.target).is_some_and(|shape| shape.traits.has("smithy.api#error"));
            if is_error {
                let message = format!(
                    "Service attempts to rename an error shape from `{}` to \"{name}\"; Service protocols [{}] do not \
                     support error renaming.",
                    shape.target,
                    ticked(&used)
                );
                report.error("ErrorRename", service, message);
            }
        }
    }
}
