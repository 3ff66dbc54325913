//! Checks of the media types that a request sends and accepts.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use whitesmith_schema::{Operation, Schema};

use super::Dialect;
use super::bindings::Side;
use super::write::payload_media_type;
use crate::{ReceivedBody, ReceivedRequest, RouteError};

/// The media type of a message's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// There is no body.
    Nothing,
    /// A blob of any type.
    Anything,
    /// This type.
    Type(&'static str),
}

fn expected<D: Dialect>(side: Side, schema: &'static Schema, has_document: bool) -> Expected {
    match side.payload(schema) {
        Some(member) if member.is_event_stream() => Expected::Type("application/vnd.amazon.eventstream"),
        Some(member) => payload_media_type::<D>(member).map_or(Expected::Anything, Expected::Type),
        None if has_document => Expected::Type(D::MEDIA_TYPE),
        None => Expected::Nothing,
    }
}

/// Refuses a body of another type than the operation's input, and a client that does not accept that of its output.
pub(super) fn check<D: Dialect>(operation: &'static Operation, request: ReceivedRequest<'_>) -> Result<(), RouteError> {
    let has_body = !matches!(request.body, ReceivedBody::Bytes([]));
    let given = text(request.headers, &CONTENT_TYPE);
    let has_document = Side::Request.has_document(operation.input);
    let fits = match expected::<D>(Side::Request, operation.input, has_document) {
        _ if !has_body => true,
        Expected::Nothing => given.is_none() || (operation.has_input && operation.input.members.is_empty()),
        Expected::Anything => true,
        Expected::Type(media_type) => match &given {
            Some(given) => essence(given) == media_type,
            None => !D::REQUIRES_MEDIA_TYPE,
        },
    };
    if !fits {
        return Err(RouteError::UnsupportedMediaType(given.unwrap_or_default()));
    }
    let Some(accept) = text(request.headers, &ACCEPT) else { return Ok(()) };
    let accepted = match expected::<D>(Side::Response, operation.output, operation.has_output) {
        Expected::Nothing | Expected::Anything => true,
        Expected::Type(media_type) => accept.split(',').any(|range| accepts(&essence(range), media_type)),
    };
    if accepted { Ok(()) } else { Err(RouteError::NotAcceptable(accept)) }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn accepts(range: &str, media_type: &str) -> bool {
    let of_any_subtype = || {
        let kind = range.strip_suffix("/*")?;
        media_type.split('/').next().map(|media_kind| media_kind == kind)
    };
    range == "*/*" || range == media_type || of_any_subtype() == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_accept_their_types() {
        for range in ["*/*", "application/*", "application/json"] {
            assert!(accepts(range, "application/json"), "{range}");
        }
        for range in ["text/*", "application/hal+json", "*"] {
            assert!(!accepts(range, "application/json"), "{range}");
        }
        assert_eq!(essence(" Application/JSON; charset=utf-8"), "application/json");
    }
}
