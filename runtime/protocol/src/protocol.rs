//! What each wire protocol does: the client's half and the server's.

use std::borrow::Cow;
use std::marker::PhantomData;

use http::{HeaderMap, Method, StatusCode};
use whitesmith_schema::{DeserializeMembers, Deserializer, Operation, Schema, SerializeMembers, Service, Value};

use crate::{JsonFormat, ReadError, RouteError, WriteError};

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

/// How a request is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions<'a> {
    /// Stands in for the input's idempotency token where the input leaves it out.
    pub idempotency_token: Option<&'a str>,
    /// How JSON bodies look.
    pub json: JsonFormat,
}

/// How a message is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// How deep values may lie in one another; the top counts.
    pub max_depth: u32,
    /// Whether values are taken that the protocol does not allow, but whose meaning is clear: a timestamp in another
    /// format, a null in a list that is not sparse. Clients are tolerant, servers are not.
    pub tolerant: bool,
}

impl ReadOptions {
    /// What a client uses.
    pub const CLIENT: Self = Self { max_depth: 128, tolerant: true };
    /// What a server uses.
    pub const SERVER: Self = Self { max_depth: 128, tolerant: false };
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

/// A value to be read at the top of a message, whose type is known when the program is compiled ([`Typed`]) or from a
/// schema alone ([`Dynamic`]).
pub trait Seed {
    /// What is read.
    type Value;

    /// The shape.
    fn schema(&self) -> &'static Schema;

    /// Reads the members; the format has opened the structure.
    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Self::Value, D::Error>;
}

/// Reads a generated type.
#[derive(Clone, Copy, Debug)]
pub struct Typed<T>(PhantomData<T>);

impl<T> Typed<T> {
    /// The type alone says it all.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Typed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeMembers> Seed for Typed<T> {
    type Value = T;

    fn schema(&self) -> &'static Schema {
        T::SCHEMA
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<T, D::Error> {
        T::deserialize_members(deserializer)
    }
}

/// Reads a [`Value`] of a shape.
#[derive(Clone, Copy, Debug)]
pub struct Dynamic(pub &'static Schema);

impl Seed for Dynamic {
    type Value = Value;

    fn schema(&self) -> &'static Schema {
        self.0
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Value, D::Error> {
        Value::deserialize_members(self.0, deserializer)
    }
}
