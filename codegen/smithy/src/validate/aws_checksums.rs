//! `HttpChecksumTrait`: members that choose checksums, and headers that are in their way.

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::Item;
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

const NAME: &str = "HttpChecksumTrait";
const PREFIX: &str = "x-amz-checksum-";
const ALGORITHMS: [&str; 10] =
    ["CRC64NVME", "CRC32C", "CRC32", "SHA1", "SHA256", "SHA512", "XXHASH64", "XXHASH3", "XXHASH128", "MD5"];

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (operation, value) in context.shapes_with("aws.protocols#httpChecksum") {
        check_operation(context, report, operation, value);
    }
}

fn check_operation(context: &Context<'_>, report: &mut Report, operation: &Shape, value: &Node) {
    let Some(details) = operation.as_operation() else { return };
    let applied = Applied { item: operation.into(), value };
    let is_required = value.get("requestChecksumRequired").and_then(Node::as_bool) == Some(true);
    let algorithm_member = value.get("requestAlgorithmMember").and_then(Node::as_str);
    let mode_member = value.get("requestValidationModeMember").and_then(Node::as_str);
    let has_responses = value.get("responseAlgorithms").is_some_and(|list| list.strings().next().is_some());
    let of_request = is_required || algorithm_member.is_some();
    let of_response = has_responses || mode_member.is_some();
    if !of_request && !of_response {
        let message =
            "The `httpChecksum` trait must define at least one of the `request` or `response` checksum behaviors.";
        return report.trait_error(NAME, applied, message);
    }
    let Some(input) = context.input(details) else { return };
    if of_request {
        if let Some(member) = algorithm_member {
            check_enum(context, report, applied, input, ("requestAlgorithmMember", member), &ALGORITHMS);
        }
        check_headers(report, operation, input);
    }
    if of_response {
        match mode_member {
            None => report.trait_error(
                NAME,
                applied,
                "The `httpChecksum` trait must model the `requestValidationModeMember` property to support response \
                 checksum behavior.",
            ),
            Some(member) => {
                check_enum(context, report, applied, input, ("requestValidationModeMember", member), &["ENABLED"]);
            }
        }
        if !has_responses {
            let message = "The `httpChecksum` trait must model the `responseAlgorithms` property to support response \
                           checksum behavior.";
            report.trait_error(NAME, applied, message);
        }
        let errors = details.errors.iter().filter_map(|error| context.model().shape(&error.target));
        for shape in context.output(details).into_iter().chain(errors) {
            check_headers(report, operation, shape);
        }
    }
}

fn check_enum(
    context: &Context<'_>,
    report: &mut Report,
    applied: Applied<'_>,
    input: &Shape,
    (property, name): (&str, &str),
    supported: &[&str],
) {
    let Some(member) = input.member(name) else {
        let message =
            format!("The `{property}` property of the `httpChecksum` trait targets a member that does not exist.");
        return report.trait_error(NAME, applied, message);
    };
    let Some(target) = context.model().target(member) else { return };
    let values: Vec<&str> = match target.shape_type {
        ShapeType::Enum => target.enum_values().filter_map(|(_, value)| value.as_str()).collect(),
        _ => match context.model().effective_trait(member, "smithy.api#enum").and_then(Node::as_array) {
            Some(values) => values.iter().filter_map(|value| value.get("value")).filter_map(Node::as_str).collect(),
            None => {
                let message = format!(
                    "The `{property}` property of the `httpChecksum` trait targets a member that does not resolve an \
                     `enum` trait."
                );
                return report.trait_error(NAME, applied, message);
            }
        },
    };
    let unsupported: Vec<&str> = values.into_iter().filter(|value| !supported.contains(value)).collect();
    if !unsupported.is_empty() {
        let message = format!(
            "The `{property}` property of the `httpChecksum` trait targets a member with an `enum` trait that contains \
             unsupported values: {}",
            ticked(unsupported)
        );
        report.trait_error(NAME, applied, message);
    }
}

/// Headers of members that begin as those of checksums do. The member in an event's ID is the structure's name, as in the
/// reference.
fn check_headers(report: &mut Report, operation: &Shape, shape: &Shape) {
    for member in &shape.members {
        let name = shape.id.name();
        let text = |id: &str| member.traits.get(id).and_then(Node::as_str);
        if let Some(prefix) = text("smithy.api#httpPrefixHeaders").filter(|prefix| PREFIX.starts_with(prefix)) {
            let prefix = prefix.to_lowercase();
            let message = format!(
                "The `httpPrefixHeaders` binding of `{name}` uses the prefix `{prefix}` that conflicts with the prefix \
                 `{PREFIX}` used by the `httpChecksum` trait."
            );
            let id = format!("{NAME}.HttpPrefixHeaders.{name}.{prefix}");
            report.add(Severity::Danger, id, Item::Shape(operation), message);
        }
        if let Some(header) = text("smithy.api#httpHeader").filter(|header| header.starts_with(PREFIX)) {
            let header = header.to_lowercase();
            let message = format!(
                "The `httpHeader` binding of `{header}` on `{name}` starts with the prefix `{PREFIX}` used by the \
                 `httpChecksum` trait."
            );
            let id = format!("{NAME}.HttpHeader.{name}.{header}");
            report.add(Severity::Warning, id, Item::Shape(operation), message);
        }
    }
}
