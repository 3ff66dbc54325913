//! AWS JSON 1.0 and 1.1 (`aws.protocols#awsJson1_0`, `aws.protocols#awsJson1_1`).
//!
//! Every request is `POST /`, with the operation in `X-Amz-Target` and a JSON object as its body.

mod error_code;

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use whitesmith_codec::{Codec as _, Json};
use whitesmith_schema::{Fault, Operation, SerializeMembers, Service};

use crate::error_code::query_error_header;
use crate::{
    ErrorSummary, Protocol, ReadError, ReadOptions, Received, Request, Response, RouteError, Seed, WriteError,
    WriteOptions,
};

/// AWS JSON, `MINOR` being what stands after `1.` in the version.
#[derive(Clone, Copy, Debug)]
pub struct AwsJson<const MINOR: u8>;

/// `aws.protocols#awsJson1_0`.
pub type AwsJson1_0 = AwsJson<0>;

/// `aws.protocols#awsJson1_1`.
pub type AwsJson1_1 = AwsJson<1>;

const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

impl<const MINOR: u8> AwsJson<MINOR> {
    const MEDIA_TYPE: &'static str =
        if MINOR == 0 { "application/x-amz-json-1.0" } else { "application/x-amz-json-1.1" };

    fn response(status: StatusCode, body: Vec<u8>) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Self::MEDIA_TYPE));
        response
    }

    fn error_response(
        service: &'static Service,
        status: StatusCode,
        query_error: Option<(&str, Fault)>,
        body: Vec<u8>,
    ) -> Result<Response, WriteError> {
        let mut response = Self::response(status, body);
        if let Some((name, value)) = query_error_header(service, query_error)? {
            response.headers_mut().insert(name, value);
        }
        Ok(response)
    }
}

impl<const MINOR: u8> Protocol for AwsJson<MINOR> {
    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        let mut target = String::with_capacity(service.name.len() + operation.name.len() + 1);
        target.push_str(service.name);
        target.push('.');
        target.push_str(operation.name);
        // Room for those that the client and the signature add.
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(X_AMZ_TARGET, HeaderValue::try_from(target.as_str()).map_err(|_| WriteError::Header(target))?);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Self::MEDIA_TYPE));
        if service.query_compatible {
            headers.insert(X_AMZN_QUERY_MODE, HeaderValue::from_static("true"));
        }
        let body = Json::write(input, options)?;
        Ok(Request { method: Method::POST, path: Cow::Borrowed("/"), headers, body })
    }

    fn read_output<S: Seed>(
        _: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        Json::read(response.body, options, seed)
    }

    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: Received<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        error_code::summarize(service, operation, response, options)
    }

    fn read_error<S: Seed>(response: Received<'_>, options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        Json::read(response.body, options, seed)
    }

    fn route(
        service: &'static Service,
        method: &Method,
        _: &str,
        headers: &HeaderMap,
    ) -> Result<&'static Operation, RouteError> {
        if method != Method::POST {
            return Err(RouteError::MethodNotAllowed(method.clone()));
        }
        let header = |name: HeaderName| headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        let content_type = header(CONTENT_TYPE);
        let media_type = content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        if !media_type.eq_ignore_ascii_case(Self::MEDIA_TYPE.as_bytes()) {
            return Err(RouteError::UnsupportedMediaType(String::from_utf8_lossy(content_type).into_owned()));
        }
        let target = header(X_AMZ_TARGET);
        target
            .strip_prefix(service.name.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"."))
            .and_then(|name| service.operation(str::from_utf8(name).ok()?))
            .ok_or_else(|| RouteError::UnknownOperation(String::from_utf8_lossy(target).into_owned()))
    }

    fn read_input<S: Seed>(
        _: &'static Operation,
        request: Received<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        Json::read(request.body, options, seed)
    }

    fn write_output<O: SerializeMembers>(
        _: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError> {
        // An operation without output is answered without a body.
        let body = match operation.has_output {
            true => Json::write(output, &WriteOptions::default())?,
            false => Vec::new(),
        };
        Ok(Self::response(StatusCode::OK, body))
    }

    fn write_error<E: SerializeMembers>(service: &'static Service, error: &E) -> Result<Response, WriteError> {
        let schema = error.schema();
        // The whole shape id in 1.0, its name in 1.1: so the protocols' specifications ask.
        let kind = if MINOR == 0 { schema.id } else { schema.name() };
        let body = Json::write_error(kind, error)?;
        let traits = schema.traits.error;
        let status = traits.and_then(|error| StatusCode::from_u16(error.status).ok());
        let query_error = traits.and_then(|error| error.query_code.map(|code| (code, error.fault)));
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::error_response(service, status, query_error, body)
    }

    fn write_unmodeled_error(
        service: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        let body = error_code::write(code, message)?;
        let fault = if status.is_server_error() { Fault::Server } else { Fault::Client };
        Self::error_response(service, status, Some((code, fault)), body)
    }
}
