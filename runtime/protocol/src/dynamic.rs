//! Protocols for programs that work on dynamic values.

use std::marker::PhantomData;

use http::StatusCode;
use whitesmith_codec::{Dynamic, ReadError, ReadOptions, WriteOptions};
use whitesmith_schema::{Closure, Operation, ProtocolId, Schema, Service, Structure, Value, ValueMap};

use crate::object::{JudgeResponse, ProtocolObject};
use crate::{Protocol, ReceivedRequest, ReceivedResponse, Request, Response, RouteError, WriteError};

/// A [`Protocol`] behind a reference, for values that are known from their schemas alone.
///
/// A program that is handed one links that protocol and no other. [`dynamic`] makes one of any [`Protocol`].
#[allow(missing_docs, reason = "the methods are those of `Protocol`")]
#[allow(clippy::missing_errors_doc, reason = "the methods are those of `Protocol`")]
pub trait DynamicProtocol: JudgeResponse {
    fn id(&self) -> ProtocolId;

    fn write_request(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError>;

    fn read_output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError>;

    fn read_error(
        &self,
        service: &'static Service,
        error: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError>;

    fn route(&self, closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError>;

    fn read_input(
        &self,
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError>;

    fn write_output(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &ValueMap,
    ) -> Result<Response, WriteError>;

    fn write_error(
        &self,
        service: &'static Service,
        error: &'static Schema,
        members: &ValueMap,
    ) -> Result<Response, WriteError>;

    fn write_unmodeled_error(
        &self,
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError>;
}

/// The dynamic counterpart of a protocol.
///
/// ```
/// use whitesmith_protocol::{AwsJson1_0, DynamicProtocol, dynamic};
/// use whitesmith_schema::ProtocolId;
///
/// static PROTOCOL: &dyn DynamicProtocol = dynamic::<AwsJson1_0>();
/// assert_eq!(PROTOCOL.id(), ProtocolId::AwsJson1_0);
/// ```
#[must_use]
pub const fn dynamic<P: Protocol>() -> &'static dyn DynamicProtocol {
    &ProtocolObject::<P>(PhantomData)
}

impl<P: Protocol> DynamicProtocol for ProtocolObject<P> {
    fn id(&self) -> ProtocolId {
        P::ID
    }

    fn write_request(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        P::write_request(service, operation, &Structure { schema: operation.input, members: input }, options)
    }

    fn read_output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError> {
        P::read_output(operation, response, options, Dynamic(operation.output))
    }

    fn read_error(
        &self,
        service: &'static Service,
        error: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError> {
        P::read_error(service, response, options, Dynamic(error))
    }

    fn route(&self, closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        P::route(closure, request)
    }

    fn read_input(
        &self,
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
    ) -> Result<Value, ReadError> {
        P::read_input(operation, request, options, Dynamic(operation.input))
    }

    fn write_output(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        output: &ValueMap,
    ) -> Result<Response, WriteError> {
        P::write_output(service, operation, &Structure { schema: operation.output, members: output })
    }

    fn write_error(
        &self,
        service: &'static Service,
        error: &'static Schema,
        members: &ValueMap,
    ) -> Result<Response, WriteError> {
        P::write_error(service, &Structure { schema: error, members })
    }

    fn write_unmodeled_error(
        &self,
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        P::write_unmodeled_error(service, status, code, message)
    }
}
