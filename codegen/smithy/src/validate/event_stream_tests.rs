//! `EventStreamTestsTrait`: the test cases of event streams.

use super::context::{Context, Report};
use super::test_cases::{Case, FORMATS, cases, check_body, check_value, shape_of};
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

const ID: &str = "EventStreamTestsTrait";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for case in cases(context, "smithy.test#eventStreamTests") {
        check_case(context, report, &case);
    }
}

/// The union that a structure streams.
fn stream<'m>(context: &Context<'m>, structure: &'m Shape) -> Option<&'m Shape> {
    let targets = structure.members.iter().filter_map(|member| context.model().target(member));
    targets.into_iter().find(|target| target.shape_type == ShapeType::Union && target.traits.is_streaming())
}

fn check_case(context: &Context<'_>, report: &mut Report, case: &Case<'_>) {
    let Case { shape: operation, applied, at, node: case } = *case;
    let Some(details) = operation.as_operation() else { return };
    let (input, output) = (context.input(details), context.output(details));
    let nothing = Node::empty_object();
    let parts = [
        ("initialRequestParams", case.get("initialRequestParams").and(input)),
        ("initialRequest", shape_of(context, case, "initialRequestShape")),
        ("initialResponseParams", case.get("initialResponseParams").and(output)),
        ("initialResponse", shape_of(context, case, "initialResponseShape")),
        ("vendorParams", shape_of(context, case, "vendorParamsShape")),
    ];
    for (key, shape) in parts {
        if let Some(shape) = shape {
            let value = case.get(key).unwrap_or(&nothing);
            check_value(context, report, ID, applied, &format!("case {at}, {key}"), (shape, value), FORMATS);
        }
    }
    let events = case.get("events").and_then(Node::as_array).unwrap_or_default();
    for (position, event) in events.iter().enumerate() {
        let place = format!("case {at}, event {position}");
        if let Some(params) = event.get("params") {
            let kind = event.get("type").and_then(Node::as_str).unwrap_or_default();
            let (structure, id) = match kind {
                "request" => (input, ID.to_owned()),
                "response" => (output, format!("{ID}.{at}.events.{position}")),
                _ => (None, ID.to_owned()),
            };
            match structure.and_then(|structure| stream(context, structure)) {
                Some(union) => {
                    check_value(context, report, ID, applied, &format!("{place}, params"), (union, params), FORMATS);
                }
                None => {
                    let message = format!("{place}: `{}` streams no {kind} events", operation.id);
                    report.trait_error(id, applied, message);
                }
            }
        }
        check_body(report, ID, applied, &place, event);
        if let Some(shape) = shape_of(context, event, "vendorParamsShape") {
            let params = event.get("vendorParams").unwrap_or(&nothing);
            check_value(context, report, ID, applied, &format!("{place}, vendorParams"), (shape, params), FORMATS);
        }
    }
    let initial = ["initialRequestParams", "initialRequest", "initialResponseParams", "initialResponse"];
    if events.is_empty() && initial.iter().all(|key| case.get(key).is_none()) {
        let message = format!("case {at}: expected an event, an initial request or an initial response");
        report.add_at(Severity::Error, format!("{ID}.{at}"), applied.item, applied.value.span, message);
    }
}
