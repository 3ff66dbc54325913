//! The cases of streams of events: `smithy.test#eventStreamTests`.

use super::message_cases;
use super::protocol_case::{CaseMessage, EventCasePlan, ProtocolCasePlan};
use whitesmith_docs::Json;
use whitesmith_smithy::model::ShapeId;
use whitesmith_smithy::source::Node;

/// Reads a case.
pub(super) fn read(case: &Node, operation: &ShapeId) -> ProtocolCasePlan {
    let initial = |message: &str, params: &str, is_request: bool| {
        case.get(message).map(|message| {
            let mut plan = message_cases::read(message, is_request, operation, None);
            plan.params = case.get(params).map(Json::from);
            Box::new(plan)
        })
    };
    let events = case.get("events").and_then(Node::as_array).unwrap_or_default();
    let failure = case.get("expectation").and_then(|expectation| expectation.get("failure"));
    ProtocolCasePlan {
        message: CaseMessage::Events {
            initial_request: initial("initialRequest", "initialRequestParams", true),
            initial_response: initial("initialResponse", "initialResponseParams", false),
            events: events.iter().map(event).collect(),
            failure: failure.map(|failure| failure.get("errorId").and_then(Node::as_str).map(str::to_owned)),
        },
        ..message_cases::read(case, false, operation, None)
    }
}

fn event(event: &Node) -> EventCasePlan {
    let text = |key: &str| event.get(key).and_then(Node::as_str).map(str::to_owned);
    EventCasePlan {
        is_request: text("type").as_deref() == Some("request"),
        params: event.get("params").map(Json::from),
        headers: event.get("headers").map(Json::from),
        body: text("body"),
        body_media_type: text("bodyMediaType"),
        bytes: text("bytes"),
    }
}
