//! Protocols in which the model's HTTP traits say where each member goes: restJson1 and restXml.

mod bindings;
mod dialect;
mod list;
mod media_type;
mod parts;
mod read;
mod rest_json;
mod rest_xml;
mod route;
mod text;
mod uri;
mod virtual_host;
mod write;

use std::borrow::Cow;
use std::marker::PhantomData;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};
use whitesmith_codec::{ReadError, ReadOptions, Seed, WriteOptions};
use whitesmith_schema::{Closure, Operation, ProtocolId, SerializeMembers, Service, Structure, Value};

use crate::summary::{error_status, summarize};
use crate::{
    Body, ErrorSummary, Protocol, ReceivedRequest, ReceivedResponse, Request, Response, RouteError, WriteError,
};
use bindings::Side;
use parts::Received;
use virtual_host::full_path;
use write::Parts;

pub use dialect::{Dialect, Wrapping};
pub use rest_json::RestJson1;
pub use rest_xml::RestXml;

/// A protocol over HTTP bindings.
#[derive(Debug)]
pub struct HttpBinding<D>(PhantomData<fn() -> D>);

impl<D: Dialect> HttpBinding<D> {
    fn error_response<E: SerializeMembers>(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        error: &E,
    ) -> Result<Response, WriteError> {
        let mut parts = Parts::<D>::new(Side::Response, service);
        let body = parts.write_error(service, code, status, error)?;
        if let Some(name) = D::ERROR_HEADER {
            let value = HeaderValue::try_from(code).map_err(|_| WriteError::Header(code.to_owned()))?;
            parts.headers.insert(name, value);
        }
        Ok(response(parts, status, body))
    }
}

fn response<D: Dialect>(parts: Parts<D>, status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = parts.status.and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(status);
    *response.headers_mut() = parts.headers;
    response
}

impl<D: Dialect> Protocol for HttpBinding<D> {
    const ID: ProtocolId = D::ID;

    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        let http = operation.traits.http.as_ref().ok_or(WriteError::Unbound(operation.id))?;
        let mut parts = Parts::<D>::new(Side::Request, service);
        for (name, value) in service.traits.headers {
            parts.header(name, value)?;
        }
        parts.constant_query(http.query);
        let has_body = Side::Request.payload(operation.input).is_some() || Side::Request.has_document(operation.input);
        let body = if has_body {
            parts.write(input, options)?
        } else {
            parts.write_without_document(input, options)?;
            Body::default()
        };
        let mut path = uri::write_path(http, &parts.labels, service.traits.label_defaults)?;
        path.push_str(&parts.query.finish());
        let method = Method::from_bytes(http.method.as_bytes());
        let method = method.map_err(|_| WriteError::Header(http.method.to_owned()))?;
        Ok(Request { method, path: Cow::Owned(path), headers: parts.headers, body })
    }

    fn is_output(service: &'static Service, response: ReceivedResponse<'_>) -> bool {
        response.status.is_success()
            && !(service.traits.errors_in_success && D::has_error_in_success(response.body.bytes()))
    }

    fn read_output<S: Seed>(
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        let wrapping = if operation.traits.unwrapped_xml_output { Wrapping::Unwrapped } else { Wrapping::None };
        received(response, wrapping).read::<D, S>(options, seed)
    }

    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        summarize(service, operation, response, D::error_fields(response, options))
    }

    fn read_error<S: Seed>(
        _: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        received(response, Wrapping::Error).read::<D, S>(options, seed)
    }

    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        let operation = route::route(closure, request)?;
        media_type::check::<D>(operation, request)?;
        Ok(operation)
    }

    fn read_input<S: Seed>(
        operation: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        let (path, query) = uri::split(request.path);
        let path = full_path(operation.traits.virtual_host, path, request);
        let http = operation.traits.http.as_ref();
        let received = Received {
            side: Side::Request,
            labels: http.and_then(|http| route::labels(http, &path)).unwrap_or_default(),
            query,
            headers: request.headers,
            status: StatusCode::OK,
            body: request.body,
            wrapping: Wrapping::None,
        };
        received.read::<D, S>(options, seed)
    }

    fn write_output<O: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError> {
        let code = operation.traits.http.as_ref().and_then(|http| StatusCode::from_u16(http.code).ok());
        let mut parts = Parts::<D>::new(Side::Response, service);
        let has_document = D::ALWAYS_SENDS_DOCUMENT || Side::Response.has_document(operation.output);
        let has_body = Side::Response.payload(operation.output).is_some() || has_document;
        let body = if operation.traits.unwrapped_xml_output {
            parts.write_unwrapped(output)?
        } else if operation.has_output && has_body {
            parts.write(output, &WriteOptions::default())?
        } else {
            parts.write_without_document(output, &WriteOptions::default())?;
            if operation.has_output {
                parts.default_header(CONTENT_TYPE, D::MEDIA_TYPE);
            }
            Body::default()
        };
        Ok(response(parts, code.unwrap_or(StatusCode::OK), body))
    }

    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError> {
        let schema = error.schema();
        Self::error_response(service, error_status(schema), D::error_code(schema), error)
    }

    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        let schema = D::unmodeled();
        let members = schema.members.iter().map(|member| (member.name, Value::from(message))).collect();
        Self::error_response(service, status, code, &Structure { schema, members: &members })
    }
}

fn received(response: ReceivedResponse<'_>, wrapping: Wrapping) -> Received<'_> {
    Received {
        side: Side::Response,
        labels: Vec::new(),
        query: "",
        headers: response.headers,
        status: response.status,
        body: response.body,
        wrapping,
    }
}
