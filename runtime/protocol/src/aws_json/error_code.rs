//! Where an AWS JSON response says which error it carries.

use http::HeaderName;
use whitesmith_codec::{Codec as _, Json};
use whitesmith_schema::{Operation, Service, Structure, Value};

use crate::error_code::{self, UNMODELED, header_text};
use crate::{ErrorSummary, ReadOptions, Received, WriteError};

const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Takes the code from the body's `__type`, else its `code`, else the header `x-amzn-errortype`.
pub(super) fn summarize(
    service: &'static Service,
    operation: &'static Operation,
    response: Received<'_>,
    options: ReadOptions,
) -> ErrorSummary {
    let (mut kind, mut code, mut message, mut capitalized) = (None, None, None, None);
    // What was found before the body turned out to be no JSON still counts.
    let _ = Json::read_strings(response.body, options, |key, text| match key {
        "__type" => kind = Some(text),
        "code" => code = Some(text),
        "message" => message = Some(text),
        "Message" => capitalized = Some(text),
        _ => {}
    });
    let header = || header_text(response.headers, &X_AMZN_ERRORTYPE);
    let shape = kind.or(code).or_else(header);
    error_code::summarize(service, operation, response.headers, shape, message.or(capitalized))
}

/// Writes the body of an error that is not in the model.
pub(super) fn write(code: &str, message: &str) -> Result<Vec<u8>, WriteError> {
    let members = [("message", Value::from(message))].into_iter().collect();
    Ok(Json::write_error(code, &Structure { schema: &UNMODELED, members: &members })?)
}
