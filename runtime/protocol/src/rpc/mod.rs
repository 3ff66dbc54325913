//! Protocols with one document per message: AWS JSON and RPC v2.

mod aws_json;
mod v2;

use std::borrow::Cow;
use std::marker::PhantomData;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use whitesmith_codec::{Codec, ReadError, ReadOptions, Seed, WriteOptions};
use whitesmith_schema::{
    Closure, ErrorTrait, Fault, Operation, ProtocolId, Schema, SerializeMembers, Service, Structure, Value,
};

use crate::summary::{
    UNMODELED, error_status, fault_of, mark_query_mode, query_error_header, summarize, summary_fields,
};
use crate::{
    Body, ErrorSummary, Protocol, ReceivedRequest, ReceivedResponse, Request, Response, RouteError, WriteError,
};

pub use aws_json::{AwsJson1_0, AwsJson1_1};
pub use v2::{RpcV2Cbor, RpcV2Json};

/// A protocol that sends each input, output or error as one document, with the operation in the request's head.
#[derive(Debug)]
pub struct Rpc<D>(PhantomData<fn() -> D>);

/// What one [`Rpc`] protocol does differently from another.
pub trait Dialect: 'static {
    /// The format of documents.
    type Codec: Codec;

    /// The protocol's name.
    const ID: ProtocolId;

    /// The documents' media type.
    const MEDIA_TYPE: &'static str;

    /// The media type of a request whose body is a stream of events.
    const EVENT_STREAM_MEDIA_TYPE: &'static str = EVENT_STREAM;

    /// The media type of the documents in events.
    const EVENT_MEDIA_TYPE: &'static str = Self::MEDIA_TYPE;

    /// Whether a request without an input still carries an empty document.
    const ALWAYS_SENDS_DOCUMENT: bool;

    /// Whether a response without a body still carries the media type.
    const ALWAYS_SENDS_MEDIA_TYPE: bool;

    /// Names the operation in the request's head; returns the path.
    ///
    /// # Errors
    /// If a name cannot stand in a header.
    fn name_operation(
        service: &'static Service,
        operation: &'static Operation,
        headers: &mut HeaderMap,
    ) -> Result<Cow<'static, str>, WriteError>;

    /// Adds the headers of every response.
    fn mark_response(headers: &mut HeaderMap);

    /// The name by which an error's document says its shape.
    fn error_type(schema: &'static Schema) -> &'static str;

    /// Finds the operation that a request of the right method is for.
    ///
    /// # Errors
    /// If no operation takes the request.
    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError>;
}

/// The media type of a stream of events.
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// The room that a request's headers take, those that client and signature add included.
const REQUEST_HEADERS: usize = 12;

impl<D: Dialect> Rpc<D> {
    fn response(status: StatusCode, body: Vec<u8>) -> Response {
        let has_media_type = D::ALWAYS_SENDS_MEDIA_TYPE || !body.is_empty();
        let mut response = Response::new(Body::Bytes(body));
        *response.status_mut() = status;
        D::mark_response(response.headers_mut());
        if has_media_type {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(D::MEDIA_TYPE));
        }
        response
    }

    fn error_response<E: SerializeMembers>(
        service: &'static Service,
        status: StatusCode,
        kind: &str,
        query_error: Option<(&str, Fault)>,
        error: &E,
    ) -> Result<Response, WriteError> {
        let mut response = Self::response(status, D::Codec::write_error(kind, error)?);
        if let Some((name, value)) = query_error_header(service, query_error)? {
            response.headers_mut().insert(name, value);
        }
        Ok(response)
    }
}

impl<D: Dialect> Protocol for Rpc<D> {
    const ID: ProtocolId = D::ID;

    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        let mut headers = HeaderMap::with_capacity(REQUEST_HEADERS);
        let path = D::name_operation(service, operation, &mut headers)?;
        let mut body = Body::default();
        if operation.input_events().is_some() {
            // The members beside the stream are its first event.
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(D::EVENT_STREAM_MEDIA_TYPE));
            body = Body::Stream;
        } else if operation.has_input || D::ALWAYS_SENDS_DOCUMENT {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(D::MEDIA_TYPE));
            body = Body::Bytes(D::Codec::write(input, options)?);
        }
        mark_query_mode(service, &mut headers);
        Ok(Request { method: Method::POST, path, headers, body })
    }

    fn read_output<S: Seed>(
        _: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        D::Codec::read(response.body.bytes(), options, seed)
    }

    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        let fields = summary_fields::<D::Codec>(response, options);
        summarize(service, operation, response, fields)
    }

    fn read_error<S: Seed>(
        _: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        D::Codec::read(response.body.bytes(), options, seed)
    }

    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        if request.method != Method::POST {
            return Err(RouteError::MethodNotAllowed(request.method.clone()));
        }
        D::route(closure, request)
    }

    fn read_input<S: Seed>(
        _: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        D::Codec::read(request.body.bytes(), options, seed)
    }

    fn write_output<O: SerializeMembers>(
        _: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError> {
        if operation.output_events().is_some() {
            let mut response = Self::response(StatusCode::OK, Vec::new());
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM));
            *response.body_mut() = Body::Stream;
            return Ok(response);
        }
        let body = match operation.has_output {
            true => D::Codec::write(output, &WriteOptions::default())?,
            false => Vec::new(),
        };
        Ok(Self::response(StatusCode::OK, body))
    }

    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError> {
        let schema = error.schema();
        let code = |error: &ErrorTrait| error.query_code.map(|code| (code, error.fault));
        let query_error = schema.error.and_then(code);
        Self::error_response(service, error_status(schema), D::error_type(schema), query_error, error)
    }

    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        let members = [("message", Value::from(message))].into_iter().collect();
        let error = Structure { schema: &UNMODELED, members: &members };
        Self::error_response(service, status, code, Some((code, fault_of(status))), &error)
    }
}

/// Checks a request's media type, ignoring its parameters: the documents' or that of events.
fn check_media_type(request: ReceivedRequest<'_>, expected: &str) -> Result<(), RouteError> {
    let given = request.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let media_type = given.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    if [expected, EVENT_STREAM].iter().any(|expected| media_type.eq_ignore_ascii_case(expected.as_bytes())) {
        return Ok(());
    }
    Err(RouteError::UnsupportedMediaType(String::from_utf8_lossy(given).into_owned()))
}
