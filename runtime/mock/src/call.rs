//! A request whose operation and input are known.

use std::sync::Arc;

use http::{HeaderMap, Method};
use whitesmith_protocol::ReceivedRequest;
use whitesmith_schema::{Operation, TypedOperation, Value, ValueMap, from_value};

use crate::auth::signed_region;
use crate::input::CheckedInput;
use crate::responder::Responder;
use crate::wire::Response;

/// Answers a call; `None` leaves it to the mock.
pub(crate) type Handler = Arc<dyn Fn(&Call<'_>) -> Option<Response> + Send + Sync>;

/// A valid request.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub(crate) responder: Responder,
    /// The operation's index in the service.
    pub(crate) index: usize,
    /// The operation.
    pub operation: &'static Operation,
    pub(crate) checked_input: &'a CheckedInput,
    /// The request's method.
    pub method: &'a Method,
    /// The request's path and query.
    pub path: &'a str,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// The request's body, decompressed.
    pub body: &'a [u8],
}

impl<'a> Call<'a> {
    /// Returns the input as its generated type; `None` if the call is for another operation.
    pub fn input<O: TypedOperation>(&self) -> Option<O::Input> {
        if self.operation.id == O::OPERATION.id { from_value(self.value()?).ok() } else { None }
    }

    /// Returns the input as a [`Value::Map`].
    pub fn value(&self) -> Option<Value> {
        let request = ReceivedRequest::new(self.method, self.path, self.headers, self.body);
        self.responder.protocol.half().read_value(self.operation, request).ok()
    }

    /// Returns the region that the request is signed for; `None` if it is not signed.
    pub fn region(&self) -> Option<&'a str> {
        signed_region(self.headers)
    }

    /// Returns the string at a member of the input.
    pub(crate) fn text(&self, member: &str) -> Option<&'a str> {
        self.checked_input.text(member)
    }

    /// Returns the members of the input.
    pub(crate) fn members(&self) -> Option<ValueMap> {
        match self.value()? {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }
}
