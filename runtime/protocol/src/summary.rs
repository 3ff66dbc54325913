//! Which error a response carries: its code, message and request id, and the shape that they mean.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use whitesmith_codec::{Codec, ReadOptions};
use whitesmith_schema::{Fault, Member, Operation, Schema, Service, prelude};

use crate::{ReceivedResponse, WriteError};

const X_AMZN_QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
pub(crate) const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// The longest message taken from a body that is not in the protocol's format, in characters.
const MAX_TEXT: usize = 200;

/// The shape of errors that are in no model.
pub(crate) static UNMODELED: Schema =
    Schema::structure("smithy.api#Unmodeled", &[Member::new("message", &prelude::STRING)]);

/// What a response says about the error that it carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorSummary {
    /// The error's code: its shape's name without the namespace, or the code that `awsQueryCompatible` or a query
    /// protocol uses instead.
    pub code: Option<String>,
    /// The message; the first line of a body that is not in the protocol's format, such as a proxy's page.
    pub message: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// The error's position in [`Operation::errors`], if the model knows it.
    pub index: Option<usize>,
}

/// The fields that all errors of a protocol share, as the response has them.
#[derive(Debug, Default)]
pub struct ErrorFields {
    /// The shape's id or name, or the code, perhaps with a URI behind it.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
}

/// Reads the fields of a JSON or CBOR error: the code from `__type`, otherwise `code`, otherwise `x-amzn-errortype`.
pub(crate) fn summary_fields<C: Codec>(response: ReceivedResponse<'_>, options: ReadOptions) -> ErrorFields {
    let (mut kind, mut code, mut message, mut capitalized) = (None, None, None, None);
    let body = response.body.bytes();
    // What was found before the body turned out to be malformed still counts.
    let read = C::read_strings(body, options, |key, text| match key {
        "__type" => kind = Some(text),
        "code" => code = Some(text),
        "message" => message = Some(text),
        "Message" => capitalized = Some(text),
        _ => {}
    });
    let code = kind.or(code).or_else(|| header_text(response.headers, &X_AMZN_ERRORTYPE));
    let mut message = message.or(capitalized);
    if read.is_err() && code.is_none() && message.is_none() {
        message = first_line(body);
    }
    ErrorFields { code, message, request_id: None }
}

/// Finds the error's shape by its name, otherwise by the code that `awsQueryError` gives it. The code of a service with
/// `awsQueryCompatible` takes the place of the shape's name.
pub(crate) fn summarize(
    service: &'static Service,
    operation: &'static Operation,
    response: ReceivedResponse<'_>,
    fields: ErrorFields,
) -> ErrorSummary {
    let shape = fields.code.map(|text| sanitize(&text).to_owned()).filter(|text| !text.is_empty());
    let query_code = header_text(response.headers, &X_AMZN_QUERY_ERROR)
        .filter(|_| service.query_compatible)
        .and_then(|text| text.split(';').next().map(str::to_owned))
        .filter(|code| !code.is_empty());
    let named = |name: &str| operation.error(name).map(|(index, _)| index);
    let index =
        shape.as_deref().and_then(named).or_else(|| query_code.as_deref().and_then(|code| coded(operation, code)));
    let header = || REQUEST_IDS.iter().find_map(|name| header_text(response.headers, name));
    ErrorSummary {
        code: query_code.or(shape),
        message: fields.message,
        request_id: fields.request_id.or_else(header),
        index,
    }
}

/// The position of the error with that `awsQueryError` code.
pub(crate) fn coded(operation: &'static Operation, code: &str) -> Option<usize> {
    operation.errors.iter().position(|error| error.error.is_some_and(|error| error.query_code == Some(code)))
}

/// Says that the client understands the codes of a service with `awsQueryCompatible`.
pub(crate) fn mark_query_mode(service: &'static Service, headers: &mut HeaderMap) {
    if service.query_compatible {
        headers.insert(X_AMZN_QUERY_MODE, HeaderValue::from_static("true"));
    }
}

/// The header by which a service with `awsQueryCompatible` says an error's query code.
pub(crate) fn query_error_header(
    service: &'static Service,
    error: Option<(&str, Fault)>,
) -> Result<Option<(HeaderName, HeaderValue)>, WriteError> {
    let Some((code, fault)) = error.filter(|_| service.query_compatible) else { return Ok(None) };
    let text = format!("{code};{}", fault_name(fault));
    let value = HeaderValue::try_from(text.as_str()).map_err(|_| WriteError::Header(text))?;
    Ok(Some((X_AMZN_QUERY_ERROR, value)))
}

/// The name of a fault in query protocols.
pub(crate) fn fault_name(fault: Fault) -> &'static str {
    match fault {
        Fault::Client => "Sender",
        Fault::Server => "Receiver",
    }
}

/// The fault that a status stands for.
pub(crate) fn fault_of(status: StatusCode) -> Fault {
    if status.is_server_error() { Fault::Server } else { Fault::Client }
}

/// The status of a modelled error.
pub(crate) fn error_status(schema: &'static Schema) -> StatusCode {
    let status = schema.error.and_then(|error| StatusCode::from_u16(error.status).ok());
    status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Cuts a code's namespace and everything after a colon: `a.b#FooError:http://…` is `FooError`.
#[must_use]
pub fn sanitize(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The first line with text of a body that is not in the protocol's format, without markup, cut to a bounded length.
pub(crate) fn first_line(body: &[u8]) -> Option<String> {
    let start = body.get(..body.len().min(4096)).unwrap_or_default();
    let text = String::from_utf8_lossy(start);
    let text = if text.trim_start().starts_with('<') { without_tags(&text) } else { text.into_owned() };
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect())
}

/// The text of a page, a line for each piece. Style sheets and scripts do not count.
fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push('\n');
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        let is_code = ["style", "script"].iter().any(|code| name.eq_ignore_ascii_case(code));
        rest = if is_code { after.find("</").and_then(|end| after.get(end..)).unwrap_or_default() } else { after };
    }
    text.push_str(rest);
    text
}

pub(crate) fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lose_namespace_and_uri() {
        for code in ["FooError", "a.b#FooError", "FooError:http://x/y", "a.b#FooError:http://x#y"] {
            assert_eq!(sanitize(code), "FooError", "{code}");
        }
    }

    #[test]
    fn a_page_of_a_proxy_gives_its_first_line() {
        let page = b"\r\n  <html><head><style>\na > b {}</style><title>502 Bad\x07 Gateway</title></head>\n<body>";
        assert_eq!(first_line(page).as_deref(), Some("502 Bad Gateway"));
        assert_eq!(first_line(b"\nupstream <timeout>\nlater").as_deref(), Some("upstream <timeout>"));
        assert_eq!(first_line(&[b'x'; 9000]).map(|line| line.len()), Some(MAX_TEXT));
        for empty in ["\n \n", "<html>", "<html", "<style>x", ""] {
            assert_eq!(first_line(empty.as_bytes()), None, "{empty}");
        }
    }
}
