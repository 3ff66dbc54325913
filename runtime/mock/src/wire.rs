//! The service's wire protocol, chosen by its schema.

use http::{HeaderMap, Method, StatusCode};
use whitesmith_protocol::{
    AwsJson1_0, AwsJson1_1, Body, Protocol as _, ReadError, ReadOptions, ReceivedRequest, Request, RouteError, Seed,
    WriteError, WriteOptions,
};
use whitesmith_schema::{Operation, ProtocolId, SerializeMembers, Service};

/// A response whose whole body is in memory.
pub type Response = http::Response<Vec<u8>>;

/// The parts of a request that carry an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl<'a> From<Received<'a>> for ReceivedRequest<'a> {
    fn from(request: Received<'a>) -> Self {
        Self::new(&Method::POST, "/", request.headers, request.body)
    }
}

/// Calls the protocol of a service.
macro_rules! speak {
    ($service:expr, $function:ident($($argument:expr),*)) => {
        match $service.protocol {
            ProtocolId::AwsJson1_1 => AwsJson1_1::$function($($argument),*),
            _ => AwsJson1_0::$function($($argument),*),
        }
    };
}

/// Whether there is a mock for this protocol.
pub(crate) fn is_supported(protocol: ProtocolId) -> bool {
    matches!(protocol, ProtocolId::AwsJson1_0 | ProtocolId::AwsJson1_1)
}

/// The operation that a request is for.
pub(crate) fn route(
    service: &'static Service,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<&'static Operation, RouteError> {
    speak!(service, route(service, ReceivedRequest::new(method, path, headers, &[])))
}

/// The input of a request.
pub(crate) fn read_input<S: Seed>(
    service: &'static Service,
    operation: &'static Operation,
    request: Received<'_>,
    seed: S,
) -> Result<S::Value, ReadError> {
    speak!(service, read_input(operation, request.into(), ReadOptions::SERVER, seed))
}

/// A structure that a person has written: as an input, but in whatever way is clear.
pub(crate) fn read_tolerant<S: Seed>(
    service: &'static Service,
    operation: &'static Operation,
    text: Received<'_>,
    seed: S,
) -> Result<S::Value, ReadError> {
    speak!(service, read_input(operation, text.into(), ReadOptions::CLIENT, seed))
}

/// A request, as a client writes it.
pub(crate) fn write_request<I: SerializeMembers>(
    service: &'static Service,
    operation: &'static Operation,
    input: &I,
) -> Result<Request, WriteError> {
    speak!(service, write_request(service, operation, input, &WriteOptions::default()))
}

/// A response that carries an output.
pub(crate) fn write_output<O: SerializeMembers>(
    service: &'static Service,
    operation: &'static Operation,
    output: &O,
) -> Result<Response, WriteError> {
    speak!(service, write_output(service, operation, output)).map(in_memory)
}

/// A response that carries a modelled error.
pub(crate) fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError> {
    speak!(service, write_error(service, error)).map(in_memory)
}

/// A response that carries an error of no model, by its code.
pub(crate) fn write_unmodeled(
    service: &'static Service,
    status: StatusCode,
    code: &str,
    message: &str,
) -> Result<Response, WriteError> {
    speak!(service, write_unmodeled_error(service, status, code, message)).map(in_memory)
}

fn in_memory(response: whitesmith_protocol::Response) -> Response {
    response.map(Body::into_bytes)
}
