//! The cases of requests and responses: `smithy.test#httpRequestTests` and `#httpResponseTests`.

use super::protocol_case::{CaseMessage, ProtocolCasePlan, Side};
use whitesmith_docs::Json;
use whitesmith_smithy::model::ShapeId;
use whitesmith_smithy::source::Node;

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
