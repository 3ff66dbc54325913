//! RPC v2 with CBOR (`smithy.protocols#rpcv2Cbor`).
//!
//! Every request is `POST /service/{service}/operation/{operation}`, with a CBOR map as its body.

use std::borrow::Cow;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use whitesmith_codec::{Cbor, Codec as _};
use whitesmith_schema::{Fault, Operation, SerializeMembers, Service, Structure, Value};

use crate::error_code::{self, UNMODELED, query_error_header};
use crate::{
    ErrorSummary, Protocol, ReadError, ReadOptions, Received, Request, Response, RouteError, Seed, WriteError,
    WriteOptions,
};

/// `smithy.protocols#rpcv2Cbor`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Cbor;

const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const PROTOCOL: HeaderValue = HeaderValue::from_static("rpc-v2-cbor");
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/cbor");

fn response(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(SMITHY_PROTOCOL, PROTOCOL);
    if !response.body().is_empty() {
        response.headers_mut().insert(CONTENT_TYPE, MEDIA_TYPE);
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
    let mut response = response(status, Cbor::write_error(kind, error)?);
    if let Some((name, value)) = query_error_header(service, query_error)? {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// The names of service and operation in a path, which may have a prefix.
fn named(path: &str) -> Option<(&str, &str)> {
    let path = path.split('?').next()?;
    let mut segments = path.rsplit('/');
    let operation = segments.next()?;
    let ("operation", service, "service") = (segments.next()?, segments.next()?, segments.next()?) else {
        return None;
    };
    Some((service, operation))
}

impl Protocol for RpcV2Cbor {
    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(SMITHY_PROTOCOL, PROTOCOL);
        headers.insert(ACCEPT, MEDIA_TYPE);
        if service.query_compatible {
            headers.insert(X_AMZN_QUERY_MODE, HeaderValue::from_static("true"));
        }
        let mut body = Vec::new();
        // An operation without input is called without a body.
        if operation.has_input {
            headers.insert(CONTENT_TYPE, MEDIA_TYPE);
            body = Cbor::write(input, options)?;
        }
        let path = Cow::Owned(format!("/service/{}/operation/{}", service.name, operation.name));
        Ok(Request { method: Method::POST, path, headers, body })
    }

    fn read_output<S: Seed>(
        _: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        Cbor::read(response.body, options, seed)
    }

    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        let (mut kind, mut message, mut capitalized) = (None, None, None);
        // What was found before the body turned out to be no CBOR still counts.
        let _ = Cbor::read_strings(response.body, options, |key, text| match key {
            "__type" => kind = Some(text),
            "message" => message = Some(text),
            "Message" => capitalized = Some(text),
            _ => {}
        });
        error_code::summarize(service, operation, response.headers, kind, message.or(capitalized))
    }

    fn read_error<S: Seed>(response: Received<'_>, options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        Cbor::read(response.body, options, seed)
    }

    fn route(
        service: &'static Service,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<&'static Operation, RouteError> {
        if method != Method::POST {
            return Err(RouteError::MethodNotAllowed(method.clone()));
        }
        let other_type = headers.get(CONTENT_TYPE).filter(|value| **value != MEDIA_TYPE);
        if let Some(other) = other_type {
            return Err(RouteError::UnsupportedMediaType(String::from_utf8_lossy(other.as_bytes()).into_owned()));
        }
        let unknown = || RouteError::UnknownOperation(path.to_owned());
        if headers.get(SMITHY_PROTOCOL) != Some(&PROTOCOL) {
            return Err(unknown());
        }
        let (_, operation) = named(path).filter(|(name, _)| *name == service.name).ok_or_else(unknown)?;
        service.operation(operation).ok_or_else(unknown)
    }

    fn read_input<S: Seed>(
        _: &'static Operation,
        request: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        Cbor::read(request.body, options, seed)
    }

    fn write_output<O: SerializeMembers>(
        _: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError> {
        // An operation without output is answered without a body.
        let body = match operation.has_output {
            true => Cbor::write(output, &WriteOptions::default())?,
            false => Vec::new(),
        };
        Ok(response(StatusCode::OK, body))
    }

    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError> {
        let schema = error.schema();
        let traits = schema.traits.error;
        let status = traits.and_then(|error| StatusCode::from_u16(error.status).ok());
        let query_error = traits.and_then(|error| error.query_code.map(|code| (code, error.fault)));
        error_response(service, status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), schema.id, query_error, error)
    }

    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        let members = [("message", Value::from(message))].into_iter().collect();
        let fault = if status.is_server_error() { Fault::Server } else { Fault::Client };
        let error = Structure { schema: &UNMODELED, members: &members };
        error_response(service, status, code, Some((code, fault)), &error)
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn service_and_operation_stand_at_the_end_of_the_path() {
        assert_eq!(named("/service/S/operation/O"), Some(("S", "O")));
        assert_eq!(named("/v1/service/S/operation/O?x"), Some(("S", "O")));
        for other in ["/", "/operation/O", "/service/S/operations/O", "/service/S/operation"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
