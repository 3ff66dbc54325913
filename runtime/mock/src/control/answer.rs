//! Responses of the control API.

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::{Response, StatusCode};
use serde::Serialize;

/// The page's content security policy: its own files and the mock, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn response(status: StatusCode, media_type: &'static str, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Answers with a fixed text.
pub(super) fn text(media_type: &'static str, text: &'static str) -> Response<Bytes> {
    let mut response = response(StatusCode::OK, media_type, Bytes::from_static(text.as_bytes()));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// Answers with a value as JSON.
pub(super) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response<Bytes> {
    match serde_json::to_vec(value) {
        Ok(body) => response(status, "application/json", body.into()),
        Err(error) => failure(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// Answers with success and no content.
pub(super) fn nothing() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// Answers with the reason of a failure.
pub(super) fn failure(status: StatusCode, reason: impl Into<String>) -> Response<Bytes> {
    let body = serde_json::json!({ "error": reason.into() }).to_string();
    response(status, "application/json", body.into())
}

/// Answers that the path does not have the method.
pub(super) fn not_allowed<'a>(methods: impl Iterator<Item = &'a str>) -> Response<Bytes> {
    let allowed = methods.collect::<Vec<_>>().join(", ");
    let mut response = failure(StatusCode::METHOD_NOT_ALLOWED, format!("expected method {allowed}"));
    if let Ok(allowed) = HeaderValue::try_from(allowed) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}
