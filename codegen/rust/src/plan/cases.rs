//! The protocol test cases of a model: `smithy.test#httpRequestTests`, `#httpResponseTests`,
//! `#httpMalformedRequestTests` and `#eventStreamTests`.

use super::protocol_case::{CaseMessage, ProtocolCasePlan, Side};
use super::{OperationPlan, ShapePlan, event_cases, malformed};
use whitesmith_docs::Json;
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::Node;

const REQUEST_TESTS: &str = "smithy.test#httpRequestTests";
const RESPONSE_TESTS: &str = "smithy.test#httpResponseTests";
const EVENT_TESTS: &str = "smithy.test#eventStreamTests";
const MALFORMED_TESTS: &str = "smithy.test#httpMalformedRequestTests";

/// The cases of operations and then those of errors, of one protocol.
pub(super) fn plan(
    model: &Model,
    protocol: &str,
    operations: &[OperationPlan],
    shapes: &[ShapePlan],
) -> Vec<ProtocolCasePlan> {
    let mut cases = Vec::new();
    for operation in operations.iter().filter(|operation| operation.callable) {
        for trait_id in [REQUEST_TESTS, RESPONSE_TESTS] {
            let found = of_trait(model, &operation.id, trait_id, protocol);
            cases.extend(found.map(|case| read(case, trait_id == REQUEST_TESTS, &operation.id, None)));
        }
        let events = of_trait(model, &operation.id, EVENT_TESTS, protocol);
        cases.extend(events.map(|case| event_cases::read(case, &operation.id)));
        let malformed = of_trait(model, &operation.id, MALFORMED_TESTS, protocol);
        cases.extend(malformed.flat_map(|case| malformed::read(case, &operation.id)));
    }
    // An error is tested through an operation that may return it.
    for shape in shapes.iter().filter(|shape| shape.error.is_some()) {
        let returns = |operation: &&OperationPlan| operation.errors.iter().any(|error| error.id == shape.id);
        let Some(operation) = operations.iter().find(returns) else { continue };
        let found = of_trait(model, &shape.id, RESPONSE_TESTS, protocol);
        cases.extend(found.map(|case| read(case, false, &operation.id, Some(&shape.id))));
    }
    cases
}

fn of_trait<'m>(
    model: &'m Model,
    id: &ShapeId,
    trait_id: &str,
    protocol: &str,
) -> impl Iterator<Item = &'m Node> + use<'m> {
    let cases = model.shape(id).and_then(|shape| shape.traits.get(trait_id)).and_then(Node::as_array);
    let protocol = protocol.to_owned();
    let is_of_protocol = move |case: &&Node| case.get("protocol").and_then(Node::as_str) == Some(protocol.as_str());
    cases.unwrap_or_default().iter().filter(is_of_protocol)
}

/// Reads a case of a request or a response.
pub(super) fn read(case: &Node, is_request: bool, operation: &ShapeId, error: Option<&ShapeId>) -> ProtocolCasePlan {
    let text = |key: &str| case.get(key).and_then(Node::as_str).map(str::to_owned);
    let texts = |key: &str| case.get(key).map(|list| list.strings().map(str::to_owned).collect()).unwrap_or_default();
    let message = if is_request {
        CaseMessage::Request {
            method: text("method").unwrap_or_default(),
            uri: text("uri").unwrap_or_default(),
            query: texts("queryParams"),
            require_query: texts("requireQueryParams"),
            forbid_query: texts("forbidQueryParams"),
            host: text("host"),
            resolved_host: text("resolvedHost"),
            vendor_params: case.get("vendorParams").map(Json::from),
        }
    } else {
        CaseMessage::Response { code: case.get("code").and_then(Node::as_i64).unwrap_or(200) }
    };
    let headers = case.get("headers").and_then(Node::as_object).into_iter().flatten();
    ProtocolCasePlan {
        id: text("id").unwrap_or_default().into(),
        operation: operation.clone(),
        error: error.cloned(),
        sides: match case.get("appliesTo").and_then(Node::as_str) {
            Some("client") => vec![Side::Client],
            Some("server") => vec![Side::Server],
            _ => vec![Side::Client, Side::Server],
        },
        message,
        headers: headers
            .map(|entry| (entry.key.to_string(), entry.value.as_str().unwrap_or_default().to_owned()))
            .collect(),
        require_headers: texts("requireHeaders"),
        forbid_headers: texts("forbidHeaders"),
        body: text("body"),
        body_media_type: text("bodyMediaType"),
        params: case.get("params").map(Json::from),
    }
}
