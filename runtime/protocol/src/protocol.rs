//! What a wire protocol does, as a client and as a server.

use http::StatusCode;
use whitesmith_codec::{ReadError, ReadOptions, Seed, WriteOptions};
use whitesmith_schema::{Closure, Operation, ProtocolId, SerializeMembers, Service};

use crate::{ErrorSummary, ReceivedRequest, ReceivedResponse, Request, Response, RouteError, WriteError};

/// A wire protocol, chosen at compile time. [`crate::DynamicProtocol`] is its counterpart for dynamic values.
///
/// Both halves are pure: they turn values into messages and messages into values.
pub trait Protocol: 'static {
    /// Its name.
    const ID: ProtocolId;

    // The client's half.

    /// Writes an operation's input as a request.
    ///
    /// # Errors
    /// If a value cannot be put on the wire.
    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError>;

    /// Whether a response carries the operation's output; any other carries an error.
    fn is_output(service: &'static Service, response: ReceivedResponse<'_>) -> bool {
        let _ = service;
        response.status.is_success()
    }

    /// Reads an operation's output.
    ///
    /// # Errors
    /// If the response is malformed or does not fit the schema.
    fn read_output<S: Seed>(
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    /// Identifies the error that a response carries. This never fails: fields that cannot be determined are `None`.
    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary;

    /// Reads the members of the error that [`Protocol::read_error_summary`] identified.
    ///
    /// # Errors
    /// If the response is malformed or does not fit the schema.
    fn read_error<S: Seed>(
        service: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    // The server's half.

    /// Finds the operation that a request is for, and checks that its headers suit the operation.
    ///
    /// # Errors
    /// If no operation takes the request.
    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError>;

    /// Reads an operation's input.
    ///
    /// # Errors
    /// If the request is malformed or does not fit the schema.
    fn read_input<S: Seed>(
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    /// Writes an operation's output as a response.
    ///
    /// # Errors
    /// If a value cannot be put on the wire.
    fn write_output<O: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError>;

    /// Writes a modelled error as a response, with its status.
    ///
    /// # Errors
    /// If a value cannot be put on the wire.
    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError>;

    /// Writes an error without a shape, such as `UnknownOperationException`, as a response.
    ///
    /// # Errors
    /// If the code cannot stand in a header.
    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError>;
}
