//! What each wire protocol does: the client's half and the server's.

use std::borrow::Cow;

use http::{HeaderMap, Method, StatusCode};
use whitesmith_codec::{ReadError, ReadOptions, Seed, WriteOptions};
use whitesmith_schema::{Operation, SerializeMembers, Service};

use crate::{RouteError, WriteError};

/// A wire protocol, chosen when the program is compiled.
///
/// Both halves are pure: they turn values into messages and messages into values.
pub trait Protocol {
    // The client's half.

    /// Writes an operation's input as a request.
    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError>;

    /// Whether a response with this status carries the operation's output; any other carries an error.
    fn is_output(status: StatusCode) -> bool {
        status.is_success()
    }

    /// Reads an operation's output.
    fn read_output<S: Seed>(
        operation: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    /// Finds out which error a response carries. Whatever the server sent, there is an answer: fields that cannot be
    /// made out are `None`.
    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
    ) -> ErrorSummary;

    /// Reads the members of the error that [`Protocol::read_error_summary`] found.
    fn read_error<S: Seed>(response: Received<'_>, options: ReadOptions, seed: S) -> Result<S::Value, ReadError>;

    // The server's half.

    /// Finds the operation that a request is for. `path` is the URI's path with its query.
    fn route(
        service: &'static Service,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<&'static Operation, RouteError>;

    /// Reads an operation's input.
    fn read_input<S: Seed>(
        operation: &'static Operation,
        request: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    /// Writes an operation's output as a response.
    fn write_output<O: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError>;

    /// Writes an error of the model as a response, with its status.
    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError>;

    /// Writes an error that the model does not have, such as `UnknownOperationException`, as a response.
    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError>;
}

/// A request as the protocol writes it. Endpoint, signature and the transport's headers are not its matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, to be appended to the endpoint's URL; begins with `/`.
    pub path: Cow<'static, str>,
    /// The protocol's own headers, in the order in which they are sent.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

/// A response as the protocol writes it.
pub type Response = http::Response<Vec<u8>>;

/// A message that has come in: the parts of a request or a response that carry values.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
}

/// What a response says of the error that it carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorSummary {
    /// The error's code: its shape's name without the namespace, or what `awsQueryCompatible` puts in its place.
    pub code: Option<String>,
    /// The message, of a member `message` or `Message`.
    pub message: Option<String>,
    /// Its position in the operation's errors, when it is one of them.
    pub index: Option<usize>,
}
