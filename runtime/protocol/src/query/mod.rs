//! AWS Query and EC2 Query (`aws.protocols#awsQuery`, `aws.protocols#ec2Query`).
//!
//! Every request is `POST /` with a form as its body, which names the operation; responses are XML.

use std::borrow::Cow;
use std::marker::PhantomData;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use whitesmith_codec::{
    Codec as _, QueryDialect, ReadError, ReadOptions, Seed, WriteOptions, Xml, query_parameter, read_query, write_query,
};
use whitesmith_schema::{Closure, Operation, ProtocolId, Schema, SerializeMembers, Service, Structure, Value};

use crate::summary::{coded, error_status, summarize};
use crate::xml_error::{UNMODELED, error_document, error_fields, write_error};
use crate::{
    Body, ErrorSummary, Protocol, ReceivedRequest, ReceivedResponse, Request, Response, RouteError, WriteError,
};

/// A query protocol.
#[derive(Debug)]
pub struct Query<D>(PhantomData<fn() -> D>);

/// `aws.protocols#awsQuery`.
pub type AwsQuery = Query<Aws>;

/// `aws.protocols#ec2Query`.
pub type Ec2Query = Query<Ec2>;

/// What one [`Query`] protocol does differently from another.
pub trait Dialect: 'static {
    /// The protocol's name.
    const ID: ProtocolId;

    /// The form of parameters.
    const PARAMETERS: QueryDialect;

    /// The media type of responses.
    const MEDIA_TYPE: &'static str;

    /// What an output's element in a response is called, before `Response`'s own; `None` if it is the root element.
    const RESULT_SUFFIX: Option<&'static str>;

    /// The path to an error's members below the root element.
    const ERROR_PATH: &'static [&'static str];

    /// The elements around an error.
    const ERROR_ELEMENTS: (&'static str, &'static str);

    /// Whether an error says whose fault it is.
    const HAS_FAULT: bool;
}

/// The dialect of [`AwsQuery`].
#[derive(Debug)]
pub struct Aws;

impl Dialect for Aws {
    const ID: ProtocolId = ProtocolId::AwsQuery;
    const PARAMETERS: QueryDialect = QueryDialect::Aws;
    const MEDIA_TYPE: &'static str = "text/xml";
    const RESULT_SUFFIX: Option<&'static str> = Some("Result");
    const ERROR_PATH: &'static [&'static str] = &["Error"];
    const ERROR_ELEMENTS: (&'static str, &'static str) = ("<ErrorResponse>", "</ErrorResponse>");
    const HAS_FAULT: bool = true;
}

/// The dialect of [`Ec2Query`].
#[derive(Debug)]
pub struct Ec2;

impl Dialect for Ec2 {
    const ID: ProtocolId = ProtocolId::Ec2Query;
    const PARAMETERS: QueryDialect = QueryDialect::Ec2;
    const MEDIA_TYPE: &'static str = "text/xml;charset=UTF-8";
    const RESULT_SUFFIX: Option<&'static str> = None;
    const ERROR_PATH: &'static [&'static str] = &["Errors", "Error"];
    const ERROR_ELEMENTS: (&'static str, &'static str) = ("<Response><Errors>", "</Errors></Response>");
    const HAS_FAULT: bool = false;
}

const FORM: &str = "application/x-www-form-urlencoded";

impl<D: Dialect> Query<D> {
    fn response(status: StatusCode, body: Vec<u8>) -> Response {
        let mut response = Response::new(Body::Bytes(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(D::MEDIA_TYPE));
        response
    }

    fn error_response<E: SerializeMembers>(status: StatusCode, code: &str, error: &E) -> Result<Response, WriteError> {
        let (before, after) = D::ERROR_ELEMENTS;
        let fault = D::HAS_FAULT.then_some(status);
        Ok(Self::response(status, write_error(before, fault, code, &error_document(error)?, after)))
    }
}

/// The code of a modelled error: that of `awsQueryError`, otherwise its shape's name.
fn error_code(schema: &'static Schema) -> &'static str {
    schema.error.and_then(|error| error.query_code).unwrap_or_else(|| schema.name())
}

impl<D: Dialect> Protocol for Query<D> {
    const ID: ProtocolId = D::ID;

    fn write_request<I: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        options: &WriteOptions<'_>,
    ) -> Result<Request, WriteError> {
        let token = options.idempotency_token;
        let body = write_query(operation.name, service.version, input, D::PARAMETERS, token)?;
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
        Ok(Request { method: Method::POST, path: Cow::Borrowed("/"), headers, body: Body::Bytes(body.into_bytes()) })
    }

    fn read_output<S: Seed>(
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        let body = response.body.bytes();
        match D::RESULT_SUFFIX {
            Some(suffix) => Xml::read_below(&[&format!("{}{suffix}", operation.name)], body, options, seed),
            None => Xml::read(body, options, seed),
        }
    }

    fn read_error_summary(
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        let mut summary = summarize(service, operation, response, error_fields(response, options));
        let by_code = summary.code.as_deref().and_then(|code| coded(operation, code));
        summary.index = by_code.or(summary.index);
        summary
    }

    fn read_error<S: Seed>(
        _: &'static Service,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        Xml::read_below(D::ERROR_PATH, response.body.bytes(), options, seed)
    }

    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        if request.method != Method::POST {
            return Err(RouteError::MethodNotAllowed(request.method.clone()));
        }
        let given = request.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let media_type = given.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        if !media_type.eq_ignore_ascii_case(FORM.as_bytes()) {
            return Err(RouteError::UnsupportedMediaType(String::from_utf8_lossy(given).into_owned()));
        }
        let parameter = |name| query_parameter(request.body.bytes(), name, ReadOptions::SERVER).ok().flatten();
        let action = parameter("Action").unwrap_or_default();
        let is_version = parameter("Version").is_none_or(|version| version == closure.service.version);
        let operation = closure.operation(&action).filter(|_| is_version);
        operation.ok_or(RouteError::UnknownOperation(action))
    }

    fn read_input<S: Seed>(
        _: &'static Operation,
        request: ReceivedRequest<'_>,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        read_query(request.body.bytes(), D::PARAMETERS, options, seed)
    }

    fn write_output<O: SerializeMembers>(
        service: &'static Service,
        operation: &'static Operation,
        output: &O,
    ) -> Result<Response, WriteError> {
        let name = operation.name;
        let namespace = service.traits.xml_namespace;
        let Some(suffix) = D::RESULT_SUFFIX else {
            let root = format!("{name}Response");
            let options = WriteOptions { xml_root: Some(&root), xml_namespace: namespace, ..WriteOptions::default() };
            return Ok(Self::response(StatusCode::OK, Xml::write(output, &options)?));
        };
        let declared = namespace.map(|namespace| format!(" xmlns=\"{}\"", namespace.uri)).unwrap_or_default();
        let mut body = format!("<{name}Response{declared}>").into_bytes();
        if operation.has_output {
            let root = format!("{name}{suffix}");
            let options = WriteOptions { xml_root: Some(&root), ..WriteOptions::default() };
            body.extend(Xml::write(output, &options)?);
        }
        body.extend_from_slice(format!("</{name}Response>").as_bytes());
        Ok(Self::response(StatusCode::OK, body))
    }

    fn write_error<E: SerializeMembers>(_: &'static Service, error: &E) -> Result<Response, WriteError> {
        let schema = error.schema();
        Self::error_response(error_status(schema), error_code(schema), error)
    }

    fn write_unmodeled_error(
        _: &'static Service,
        status: StatusCode,
        code: &str,
        message: &str,
    ) -> Result<Response, WriteError> {
        let members = [("Message", Value::from(message))].into_iter().collect();
        Self::error_response(status, code, &Structure { schema: &UNMODELED, members: &members })
    }
}
