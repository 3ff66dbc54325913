//! `StreamingTrait`, `EventPayloadTrait`, `RequestCompressionTrait`: streams and event streams.

use super::context::{Applied, Context, Report, ticked};
use crate::model::relations::{Item, Relation};
use crate::model::{Member, Shape, ShapeType};
use crate::source::Node;

const ID: &str = "StreamingTrait";
const STREAMING: &str = "smithy.api#streaming";
const REQUIRES_LENGTH: &str = "smithy.api#requiresLength";
const PAYLOAD: &str = "smithy.api#httpPayload";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for item in context.own_members() {
        let Item::Member(container, member) = item else { continue };
        let Some(target) = context.model().target(member).filter(|target| target.traits.has(STREAMING)) else {
            continue;
        };
        check_container(context, report, container, target);
        let always_there = member.traits.is_required() || member.traits.has("smithy.api#default");
        if target.shape_type == ShapeType::Blob && !always_there {
            report.error(ID, item, "A member that is a streaming blob has the `required` or the `default` trait");
        }
    }
    for (union, _) in context.shapes_with(STREAMING).filter(|(shape, _)| shape.shape_type == ShapeType::Union) {
        let is_structure = |member: &&Member| {
            context.model().target(member).is_some_and(|target| target.shape_type == ShapeType::Structure)
        };
        let others: Vec<&str> =
            union.members.iter().filter(|member| !is_structure(member)).map(|member| &*member.name).collect();
        if !others.is_empty() {
            report.error(ID, union, format!("The events of a stream are structures, but not {}", ticked(others)));
        }
    }
    for service in context.own(ShapeType::Service).filter(|service| has_payload_protocol(context, service)) {
        check_payloads(context, report, service);
    }
}

/// A structure with a stream is an input, an output or a mixin, and nothing else.
fn check_container(context: &Context<'_>, report: &mut Report, container: &Shape, target: &Shape) {
    let Some(at) = context.index(&container.id) else { return };
    for (relation, from) in context.relations.reverse(at) {
        let Some(user) = context.relations.item(*from) else { continue };
        match relation {
            Relation::Input | Relation::Mixin | Relation::Trait => {}
            Relation::Output => {
                if target.traits.has(REQUIRES_LENGTH) {
                    let message = format!(
                        "A stream that requires a length can be in inputs only, but this is the output of `{}`",
                        user.id()
                    );
                    report.error(ID, container, message);
                }
            }
            Relation::Target => {
                report.error(ID, user, format!("Members cannot target `{}`, which has a stream", container.id));
            }
            _ => {
                let message = format!("`{}` has a stream, so it cannot be the {}", container.id, relation.label());
                report.error(ID, user, message);
            }
        }
    }
}

fn has_payload_protocol(context: &Context<'_>, service: &Shape) -> bool {
    service.traits.iter().any(|(id, _)| {
        let definition = context.model().shape(id).and_then(|shape| shape.traits.get("smithy.api#protocolDefinition"));
        let traits = definition.and_then(|definition| definition.get("traits"));
        traits.is_some_and(|traits| traits.strings().any(|id| id == PAYLOAD))
    })
}

fn check_payloads(context: &Context<'_>, report: &mut Report, service: &Shape) {
    let Some(at) = context.index(&service.id) else { return };
    for item in context.relations.reachable(at).into_iter().filter_map(|at| context.relations.item(at)) {
        let Item::Member(_, member) = item else { continue };
        let streams = context.model().target(member).is_some_and(|target| target.traits.has(STREAMING));
        if streams && !member.traits.has(PAYLOAD) {
            let message =
                format!("A stream is the HTTP payload in the protocol of `{}`: it needs `httpPayload`", service.id);
            report.error(ID, item, message);
        }
    }
}

/// Beside an event's payload, every member is a header.
pub(super) fn check_event_payloads(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#eventPayload") {
        let Item::Member(structure, _) = applied.item else { continue };
        let marked = |member: &&Member| {
            member.traits.has("smithy.api#eventHeader") || member.traits.has("smithy.api#eventPayload")
        };
        let others: Vec<&str> =
            structure.members.iter().filter(|member| !marked(member)).map(|member| &*member.name).collect();
        if !others.is_empty() {
            let message =
                format!("Beside a payload, members of an event are headers: {} need `eventHeader`", ticked(others));
            report.error("EventPayloadTrait", structure, message);
        }
    }
}

/// Compression has something to compress, in a way that is known.
pub(super) fn check_compression(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "RequestCompressionTrait";
    for applied in context.with_trait("smithy.api#requestCompression") {
        let Some(shape) = applied.item.as_shape() else { continue };
        let Some(operation) = shape.as_operation() else { continue };
        if operation.input.target == "smithy.api#Unit" {
            report.error(ID, shape, "An operation without input has nothing to compress");
        }
        for member in context.input(operation).into_iter().flat_map(|input| &input.members) {
            let target = context.model().target(member);
            if target.is_some_and(|target| target.traits.has(STREAMING) && target.traits.has(REQUIRES_LENGTH)) {
                let message = format!("`{}` requires a length, so it cannot be compressed", member.id);
                report.error(ID, shape, message);
            }
        }
        check_encodings(report, applied, ID);
    }
}

fn check_encodings(report: &mut Report, applied: Applied<'_>, id: &str) {
    let Some(encodings) = applied.value.get("encodings") else { return };
    if encodings.as_array().is_some_and(<[Node]>::is_empty) {
        report.trait_error(id, applied, "At least one encoding is needed");
    }
    let unknown: Vec<&str> = encodings.strings().filter(|encoding| !encoding.eq_ignore_ascii_case("gzip")).collect();
    if !unknown.is_empty() {
        report.trait_error(id, applied, format!("These encodings are not known: {}", ticked(unknown)));
    }
}
