//! Cases of streams of events as data.

use whitesmith_schema::{EventUnion, Schema};

use crate::{RequestCase, ResponseCase};

/// A case of `smithy.test#eventStreamTests`.
#[derive(Clone, Copy, Debug)]
pub struct EventCase {
    /// The request, where the case says one; its params are the members of the input beside the stream.
    pub initial_request: Option<RequestCase>,
    /// The response, where the case says one; its params are the members of the output beside the stream.
    pub initial_response: Option<ResponseCase>,
    /// The events of request and response.
    pub events: &'static [EventOfCase],
    /// How the receiver fails, if it does.
    pub failure: Option<ExpectedFailure>,
}

impl EventCase {
    /// A case without events, whose receiver does not fail.
    pub const EMPTY: Self = Self { initial_request: None, initial_response: None, events: &[], failure: None };
}

/// A failure that a case expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedFailure {
    /// Any.
    Any,
    /// The error with that shape id.
    Error(&'static str),
}

/// An event of a case.
#[derive(Clone, Copy, Debug)]
pub struct EventOfCase {
    /// Whether it is part of the request.
    pub is_request: bool,
    /// The event, as JSON.
    pub params: Option<&'static str>,
    /// Its headers, as a JSON object of objects with a type and a value.
    pub headers: Option<&'static str>,
    /// The payload, where the case says one.
    pub body: Option<&'static str>,
    /// The payload's media type, by which it is compared.
    pub body_media_type: Option<&'static str>,
    /// The whole message in base64.
    pub bytes: Option<&'static str>,
}

impl EventOfCase {
    /// An event of a request, of which nothing else is known.
    pub const REQUEST: Self =
        Self { is_request: true, params: None, headers: None, body: None, body_media_type: None, bytes: None };

    /// An event of a response, of which nothing else is known.
    pub const RESPONSE: Self = Self { is_request: false, ..Self::REQUEST };
}

static NO_EVENTS: Schema = Schema::union("smithy.test#NoEvents", &[]).with_streaming();

/// The events of a side without a stream.
#[derive(Clone)]
pub enum NoEvents {
    /// Any event.
    Unknown,
}

whitesmith_schema::union!(NoEvents, NO_EVENTS, {});

impl EventUnion for NoEvents {
    type Error = NoErrors;
}

/// The errors of a side without a stream.
#[derive(Clone, Debug)]
pub enum NoErrors {}

whitesmith_schema::operation_error!(NoErrors, self, {});
