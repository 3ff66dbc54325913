//! AWS JSON 1.0 and 1.1 (`aws.protocols#awsJson1_0`, `aws.protocols#awsJson1_1`).
//!
//! Every request is `POST /`, with the operation in `X-Amz-Target` and a JSON object as its body.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue};
use whitesmith_codec::Json;
use whitesmith_schema::{Closure, Operation, ProtocolId, Schema, Service};

use super::{Dialect, Rpc, check_media_type};
use crate::{ReceivedRequest, RouteError, WriteError};

/// `aws.protocols#awsJson1_0`.
pub type AwsJson1_0 = Rpc<AwsJson<0>>;

/// `aws.protocols#awsJson1_1`.
pub type AwsJson1_1 = Rpc<AwsJson<1>>;

/// AWS JSON, `MINOR` being what follows `1.` in the version.
#[derive(Debug)]
pub struct AwsJson<const MINOR: u8>;

const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// The value of `X-Amz-Target` that names an operation.
fn target(service: &'static Service, operation: &'static Operation) -> String {
    let length = service.name.len().saturating_add(operation.name.len()).saturating_add(1);
    let mut target = String::with_capacity(length);
    target.push_str(service.name);
    target.push('.');
    target.push_str(operation.name);
    target
}

impl<const MINOR: u8> Dialect for AwsJson<MINOR> {
    type Codec = Json;

    const ID: ProtocolId = if MINOR == 0 { ProtocolId::AwsJson1_0 } else { ProtocolId::AwsJson1_1 };
    const MEDIA_TYPE: &'static str =
        if MINOR == 0 { "application/x-amz-json-1.0" } else { "application/x-amz-json-1.1" };
    const EVENT_STREAM_MEDIA_TYPE: &'static str = Self::MEDIA_TYPE;
    const EVENT_MEDIA_TYPE: &'static str = "application/json";
    const ALWAYS_SENDS_DOCUMENT: bool = true;
    const ALWAYS_SENDS_MEDIA_TYPE: bool = true;

    fn name_operation(
        service: &'static Service,
        operation: &'static Operation,
        headers: &mut HeaderMap,
    ) -> Result<Cow<'static, str>, WriteError> {
        let value = HeaderValue::try_from(target(service, operation))
            .map_err(|_| WriteError::Header(target(service, operation)))?;
        headers.insert(X_AMZ_TARGET, value);
        Ok(Cow::Borrowed("/"))
    }

    fn mark_response(_: &mut HeaderMap) {}

    /// The absolute shape id in 1.0, the name in 1.1 (Smithy 2.0, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol").
    fn error_type(schema: &'static Schema) -> &'static str {
        if MINOR == 0 { schema.id } else { schema.name() }
    }

    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        check_media_type(request, Self::MEDIA_TYPE)?;
        let target = request.headers.get(X_AMZ_TARGET).map(HeaderValue::as_bytes).unwrap_or_default();
        target
            .strip_prefix(closure.service.name.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"."))
            .and_then(|name| closure.operation(str::from_utf8(name).ok()?))
            .ok_or_else(|| RouteError::UnknownOperation(String::from_utf8_lossy(target).into_owned()))
    }
}
