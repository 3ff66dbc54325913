//! The service's wire protocol as the mock uses it.

use std::fmt;
use std::marker::PhantomData;

use http::StatusCode;
use whitesmith_protocol::{Body, Protocol, ReadError, ReadOptions, ReceivedRequest, RouteError, WriteError};
use whitesmith_schema::{
    Closure, Operation, ProtocolId, Schema, Service, ShapeType, Structure, Value, ValueMap, to_value,
};

#[cfg(feature = "event-stream")]
use crate::events::WithEvents;
use crate::events::{BoxError, EventSupport, Exchange, WithoutEvents, without_events};
use crate::input::{CheckedInput, CheckingSeed};
use crate::task::TaskOutput;

/// A response whose whole body is in memory.
pub type Response = http::Response<Vec<u8>>;

/// The server's half of a wire protocol. [`protocol`] makes it of any [`Protocol`].
///
/// A generated crate hands over the one of its service, so that a program links that protocol and no other.
#[derive(Clone, Copy, Debug)]
pub struct WireProtocol(&'static dyn ServerHalf);

/// The server's half of a protocol, for [`Definition::protocol`](crate::Definition::protocol).
#[must_use]
pub const fn protocol<P: Protocol>() -> WireProtocol {
    WireProtocol(&Half::<P, WithoutEvents>(PhantomData))
}

/// The server's half of a protocol of a service with streams of events.
#[cfg(feature = "event-stream")]
#[must_use]
pub const fn event_protocol<P: whitesmith_protocol::event_stream::EventProtocol>() -> WireProtocol {
    WireProtocol(&Half::<P, WithEvents>(PhantomData))
}

/// What the mock reads and writes. Each method is compiled for its protocol: reading an input while it is checked, and
/// writing a task, are most of a request's work.
pub(crate) trait ServerHalf: Send + Sync + fmt::Debug {
    fn id(&self) -> ProtocolId;
    fn route(&self, closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError>;
    fn read_checked(
        &self,
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        seed: CheckingSeed<'_>,
    ) -> Result<Option<CheckedInput>, ReadError>;
    fn read_value(&self, operation: &'static Operation, request: ReceivedRequest<'_>) -> Result<Value, BoxError>;
    fn exchange(&self, operation: &'static Operation) -> Option<Box<dyn Exchange>>;
    fn write_task(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &TaskOutput<'_>,
    ) -> Result<Response, WriteError>;
    fn write_output(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &ValueMap,
    ) -> Result<Response, WriteError>;
    fn write_error(
        &self,
        service: &'static Service,
        schema: &'static Schema,
        members: &ValueMap,
    ) -> Result<Response, WriteError>;
    fn write_unmodeled(
        &self,
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError>;
}

struct Half<P, E>(PhantomData<fn() -> (P, E)>);

impl<P: Protocol, E> fmt::Debug for Half<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        P::ID.fmt(f)
    }
}

impl<P: Protocol, E: EventSupport<P>> ServerHalf for Half<P, E> {
    fn id(&self) -> ProtocolId {
        P::ID
    }

    fn route(&self, closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        P::route(closure, request)
    }

    fn read_checked(
        &self,
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        seed: CheckingSeed<'_>,
    ) -> Result<Option<CheckedInput>, ReadError> {
        // Events are checked one by one.
        if operation.input_events().is_some() {
            return Ok(None);
        }
        P::read_input(operation, request, ReadOptions::SERVER, seed)
    }

    fn read_value(&self, operation: &'static Operation, request: ReceivedRequest<'_>) -> Result<Value, BoxError> {
        E::read_input(operation, request)
    }

    fn exchange(&self, operation: &'static Operation) -> Option<Box<dyn Exchange>> {
        E::exchange(operation)
    }

    fn write_task(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &TaskOutput<'_>,
    ) -> Result<Response, WriteError> {
        let response = P::write_output(service, operation, output)?;
        Ok(in_memory(response, || match to_value(output) {
            Value::Map(members) => stream(operation.output, &members),
            _ => Vec::new(),
        }))
    }

    fn write_output(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &ValueMap,
    ) -> Result<Response, WriteError> {
        if operation.output_events().is_some() {
            let members = &without_events(operation.output, output);
            let response = P::write_output(service, operation, &Structure { schema: operation.output, members })?;
            let events = E::write_events(operation, output)?;
            return Ok(in_memory(response, || events));
        }
        let response = P::write_output(service, operation, &Structure { schema: operation.output, members: output })?;
        Ok(in_memory(response, || stream(operation.output, output)))
    }

    fn write_error(
        &self,
        service: &'static Service,
        schema: &'static Schema,
        members: &ValueMap,
    ) -> Result<Response, WriteError> {
        P::write_error(service, &Structure { schema, members }).map(|response| in_memory(response, Vec::new))
    }

    fn write_unmodeled(
        &self,
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        P::write_unmodeled_error(service, status, code, message).map(|response| in_memory(response, Vec::new))
    }
}

/// Puts a body into memory; `stream` supplies that of a streaming member.
fn in_memory(response: whitesmith_protocol::Response, stream: impl FnOnce() -> Vec<u8>) -> Response {
    response.map(|body| match body {
        Body::Bytes(bytes) => bytes,
        Body::Stream => stream(),
    })
}

/// The bytes of a structure's streaming member.
fn stream(schema: &'static Schema, members: &ValueMap) -> Vec<u8> {
    let streaming = schema.members.iter().find(|member| member.target.traits.streaming);
    let blob = streaming.filter(|member| member.target.shape_type == ShapeType::Blob);
    match blob.and_then(|member| members.get(member.name)) {
        Some(Value::Blob(bytes)) => bytes.to_vec(),
        _ => Vec::new(),
    }
}

impl WireProtocol {
    /// Returns its name.
    #[must_use]
    pub fn id(self) -> ProtocolId {
        self.0.id()
    }

    pub(crate) fn half(self) -> &'static dyn ServerHalf {
        self.0
    }
}
