//! A case of a protocol test suite, as a plan has it.

use whitesmith_docs::{Json, ModelText};
use whitesmith_smithy::model::ShapeId;

/// A case of a protocol test suite.
#[derive(Clone, Debug, PartialEq)]
pub struct ProtocolCasePlan {
    /// The case's name in the model.
    pub id: ModelText,
    /// The operation that is called.
    pub operation: ShapeId,
    /// The error that the response carries.
    pub error: Option<ShapeId>,
    /// The sides that the case applies to.
    pub sides: Vec<Side>,
    /// The part that is specific to requests or responses.
    pub message: CaseMessage,
    /// Headers that are present, with their values.
    pub headers: Vec<(String, String)>,
    /// Headers that are present, whatever their values.
    pub require_headers: Vec<String>,
    /// Headers that are absent.
    pub forbid_headers: Vec<String>,
    /// The body; `None` where it does not matter.
    pub body: Option<String>,
    /// The media type of the body, which says how to compare it.
    pub body_media_type: Option<String>,
    /// The value that the message stands for.
    pub params: Option<Json>,
}

/// The part of a case that requests and responses do not share.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseMessage {
    /// A request.
    Request {
        /// The HTTP method.
        method: String,
        /// The path.
        uri: String,
        /// Query parameters that are present, as they are written.
        query: Vec<String>,
        /// Query parameters that are present, whatever their values.
        require_query: Vec<String>,
        /// Query parameters that are absent.
        forbid_query: Vec<String>,
        /// The host that the client is configured with.
        host: Option<String>,
        /// The host that the request goes to.
        resolved_host: Option<String>,
        /// Settings of the client, as the vendor's shape describes them.
        vendor_params: Option<Json>,
    },
    /// A request that a server refuses, and its response.
    Malformed {
        /// The HTTP method.
        method: String,
        /// The path.
        uri: String,
        /// Query parameters, as they are written.
        query: Vec<String>,
        /// The HTTP status of the response.
        code: i64,
        /// Headers of the response.
        response_headers: Vec<(String, String)>,
        /// The contents of the response, which are compared as its media type says.
        contents: Option<(String, Option<String>)>,
    },
    /// A response.
    Response {
        /// The HTTP status.
        code: i64,
    },
    /// A request and a response with events.
    Events {
        /// The request, where it matters.
        initial_request: Option<Box<ProtocolCasePlan>>,
        /// The response, where it matters.
        initial_response: Option<Box<ProtocolCasePlan>>,
        /// The events of both.
        events: Vec<EventCasePlan>,
        /// Present if the receiver fails: the id of the error, where it matters.
        failure: Option<Option<String>>,
    },
}

/// An event of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct EventCasePlan {
    /// Whether it is part of the request.
    pub is_request: bool,
    /// The value that it stands for.
    pub params: Option<Json>,
    /// Its headers: objects with a type and a value, by name.
    pub headers: Option<Json>,
    /// Its payload; `None` where it does not matter.
    pub body: Option<String>,
    /// The media type of the payload, which says how to compare it.
    pub body_media_type: Option<String>,
    /// The whole event in base64.
    pub bytes: Option<String>,
}

/// A side of a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Side {
    Client,
    Server,
}
