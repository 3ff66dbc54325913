//! The protocol test cases of a model: `smithy.test#httpRequestTests`, `#httpResponseTests`,
//! `#httpMalformedRequestTests` and `#eventStreamTests`.

use super::protocol_case::ProtocolCasePlan;
use super::{OperationPlan, ShapePlan, event_cases, malformed, message_cases};
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
            cases.extend(found.map(|case| message_cases::read(case, trait_id == REQUEST_TESTS, &operation.id, None)));
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
        cases.extend(found.map(|case| message_cases::read(case, false, &operation.id, Some(&shape.id))));
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
