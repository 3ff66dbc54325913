//! `HttpRequestTestsInput`, `HttpResponseTestsOutput`, `HttpResponseTestsError`, `HttpMalformedRequestTests`,
//! `UniqueProtocolTestCaseId`: the test cases of protocols.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use super::test_cases::{Case, SECONDS, cases, check_body, check_value, shape_of};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::{Node, Object};

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";
const MALFORMED_REQUESTS: &str = "smithy.test#httpMalformedRequestTests";
const EVENT_STREAMS: &str = "smithy.test#eventStreamTests";

/// What the values of a kind of test are values of.
struct Tested {
    id: &'static str,
    trait_id: &'static str,
    /// The type of shapes whose tests are checked whole.
    shape_type: ShapeType,
    structure: for<'m> fn(&Context<'m>, &'m Shape) -> Option<&'m Shape>,
}

const REQUEST_INPUTS: Tested = Tested {
    id: "HttpRequestTestsInput",
    trait_id: REQUESTS,
    shape_type: ShapeType::Operation,
    structure: |context, shape| context.input(shape.as_operation()?),
};
const RESPONSE_OUTPUTS: Tested = Tested {
    id: "HttpResponseTestsOutput",
    trait_id: RESPONSES,
    shape_type: ShapeType::Operation,
    structure: |context, shape| context.output(shape.as_operation()?),
};
const RESPONSE_ERRORS: Tested = Tested {
    id: "HttpResponseTestsError",
    trait_id: RESPONSES,
    shape_type: ShapeType::Structure,
    structure: |_, shape| Some(shape).filter(|shape| shape.shape_type == ShapeType::Structure),
};

pub(super) fn check_requests(context: &Context<'_>, report: &mut Report) {
    check(context, report, &REQUEST_INPUTS);
}

pub(super) fn check_responses(context: &Context<'_>, report: &mut Report) {
    check(context, report, &RESPONSE_OUTPUTS);
}

pub(super) fn check_errors(context: &Context<'_>, report: &mut Report) {
    check(context, report, &RESPONSE_ERRORS);
}

fn check(context: &Context<'_>, report: &mut Report, tested: &Tested) {
    for case in cases(context, tested.trait_id) {
        check_case(context, report, tested, &case);
    }
}

fn check_case(context: &Context<'_>, report: &mut Report, tested: &Tested, case: &Case<'_>) {
    let Case { shape, applied, at, node: case } = *case;
    let id = tested.id;
    check_body(report, id, applied, &format!("case {at}"), case);
    let is_whole = shape.shape_type == tested.shape_type;
    if let Some(vendor_shape) = shape_of(context, case, "vendorParamsShape").filter(|_| is_whole) {
        match case.get("vendorParams").filter(|params| params.as_object().is_none_or(|params| !params.is_empty())) {
            Some(params) => {
                let part = format!("case {at}, vendorParams");
                check_value(context, report, id, applied, &part, (vendor_shape, params), SECONDS);
            }
            None => {
                let message = format!("case {at}: `vendorParamsShape` without `vendorParams`");
                report.add_at(Severity::Warning, id, applied.item, applied.value.span, message);
            }
        }
    }
    if let Some(structure) = (tested.structure)(context, shape) {
        let nothing = Node::empty_object();
        let params = case.get("params").unwrap_or(&nothing);
        check_value(context, report, id, applied, &format!("case {at}, params"), (structure, params), SECONDS);
    }
}

/// The lists of parameters have the same length.
pub(super) fn check_malformed(context: &Context<'_>, report: &mut Report) {
    for case in cases(context, MALFORMED_REQUESTS) {
        let lengths: BTreeSet<usize> = parameters(case.node).collect();
        if lengths.len() > 1 {
            let message = "the lists of `testParameters` must have the same length";
            report.trait_error("HttpMalformedRequestTests", case.applied, message);
        }
    }
}

/// The lengths of a case's lists of parameters.
fn parameters(case: &Node) -> impl Iterator<Item = usize> {
    let parameters = case.get("testParameters").and_then(Node::as_object).map(Object::iter);
    parameters.into_iter().flatten().filter_map(|entry| entry.value.as_array().map(<[Node]>::len))
}

/// The IDs of the cases of one kind differ.
pub(super) fn check_ids(context: &Context<'_>, report: &mut Report) {
    // As in the reference, malformed requests share the IDs of responses.
    for kinds in [&[REQUESTS][..], &[RESPONSES, MALFORMED_REQUESTS], &[EVENT_STREAMS]] {
        let mut users: BTreeMap<String, Vec<&Shape>> = BTreeMap::new();
        for Case { shape, node: case, .. } in kinds.iter().flat_map(|kind| cases(context, kind)) {
            let Some(id) = case.get("id").and_then(Node::as_str) else { continue };
            match parameters(case).next() {
                // Each set of parameters is a case of its own.
                Some(count) => {
                    for at in 0..count {
                        users.entry(format!("{id}_case{at}")).or_default().push(shape);
                    }
                }
                None => users.entry(id.to_owned()).or_default().push(shape),
            }
        }
        for (id, shapes) in users.iter().filter(|(_, shapes)| shapes.len() > 1) {
            let ids: BTreeSet<&ShapeId> = shapes.iter().map(|shape| &shape.id).collect();
            for shape in shapes {
                let message = format!("several test cases have the ID `{id}`: {}", ticked(&ids));
                report.error("UniqueProtocolTestCaseId", *shape, message);
            }
        }
    }
}
