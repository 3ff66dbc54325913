//! Which of an operation's errors a response means.

use http::{HeaderMap, HeaderName, HeaderValue};
use whitesmith_schema::{Fault, Member, Operation, Schema, Service, prelude};

use crate::{ErrorSummary, WriteError};

const X_AMZN_QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// The shape of errors that are in no model.
pub(crate) static UNMODELED: Schema =
    Schema::structure("smithy.api#Unmodeled", &[Member::new("message", &prelude::STRING)]);

/// Finds the error by its shape's name, else by the code that `awsQueryCompatible` gives; that code is also what is shown.
pub(crate) fn summarize(
    service: &'static Service,
    operation: &'static Operation,
    headers: &HeaderMap,
    shape: Option<String>,
    message: Option<String>,
) -> ErrorSummary {
    let shape = shape.map(|text| sanitize(&text).to_owned()).filter(|text| !text.is_empty());
    let query_code = header_text(headers, &X_AMZN_QUERY_ERROR)
        .filter(|_| service.query_compatible)
        .and_then(|text| text.split(';').next().map(str::to_owned))
        .filter(|code| !code.is_empty());
    let named = |name: &str| operation.errors.iter().position(|error| error.name() == name);
    let coded = |code: &str| {
        operation.errors.iter().position(|error| error.traits.error.is_some_and(|error| error.query_code == Some(code)))
    };
    let index = shape.as_deref().and_then(named).or_else(|| query_code.as_deref().and_then(coded));
    ErrorSummary { code: query_code.or(shape), message, index }
}

/// The header by which a service with `awsQueryCompatible` says an error's old code, where it has one.
pub(crate) fn query_error_header(
    service: &'static Service,
    error: Option<(&str, Fault)>,
) -> Result<Option<(HeaderName, HeaderValue)>, WriteError> {
    let Some((code, fault)) = error.filter(|_| service.query_compatible) else { return Ok(None) };
    let fault = match fault {
        Fault::Client => "Sender",
        Fault::Server => "Receiver",
    };
    let text = format!("{code};{fault}");
    let value = HeaderValue::try_from(text.as_str()).map_err(|_| WriteError::Header(text))?;
    Ok(Some((X_AMZN_QUERY_ERROR, value)))
}

/// Cuts a namespace and what stands after a colon: `a.b#FooError:http://…` is `FooError`.
fn sanitize(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

pub(crate) fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
