//! What a service's error says: its code, message and members.
//!
//! As observed of the AWS CLI, the code comes from `__type` or the `x-amzn-query-error` header and from nowhere else, and
//! `message` goes before `Message`.

use http::{HeaderMap, StatusCode};
use whitesmith_schema::{Operation, Value, ValueMap};

use super::response::{TimestampStyle, project};
use crate::failure::Failure;
use crate::json;

/// What of an answer tells of an error.
pub struct Answer<'a> {
    pub status: StatusCode,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// How often the call was repeated, where it was given up at last.
    pub retries: Option<u32>,
}

/// The failure that an error response of a JSON protocol comes to.
pub fn failure(operation: &'static Operation, answer: &Answer<'_>, style: TimestampStyle) -> Failure {
    match read(operation, answer, style) {
        Ok((code, text, members)) => {
            let retries = match answer.retries {
                Some(retries) => format!(" (reached max retries: {retries})"),
                None => String::new(),
            };
            let name = operation.name;
            let message = format!("An error occurred ({code}) when calling the {name} operation{retries}: {text}");
            let mut shown = ValueMap::new();
            shown.insert("Message", Value::from(text));
            shown.insert("Code", Value::from(code.as_str()));
            for (key, value) in members {
                if !key.eq_ignore_ascii_case("message") && !key.eq_ignore_ascii_case("code") {
                    shown.insert(key, value);
                }
            }
            Failure::service(code, message, shown)
        }
        Err(problem) => {
            Failure::general(format!("The answer with status {} cannot be read: {problem}", answer.status.as_u16()))
        }
    }
}

fn read(
    operation: &'static Operation,
    answer: &Answer<'_>,
    style: TimestampStyle,
) -> Result<(String, String, ValueMap), String> {
    let status = answer.status.as_u16().to_string();
    let trimmed = answer.body.trim_ascii();
    if answer.status.is_server_error() && (trimmed.is_empty() || trimmed.starts_with(b"<html>")) {
        let reason = answer.status.canonical_reason().unwrap_or_default();
        return Ok((status, reason.to_owned(), ValueMap::new()));
    }
    let text = std::str::from_utf8(answer.body).map_err(|_| "it is not UTF-8".to_owned())?;
    let body = match json::read(text) {
        _ if text.is_empty() => ValueMap::new(),
        Ok(Value::Map(body)) => body,
        Ok(other) => return Err(format!("its body is JSON, and no object but a {}", other.kind())),
        // What is no JSON may be a message all the same: of a proxy, for example.
        Err(_) => [("message", Value::from(text))].into_iter().collect(),
    };
    let message = match body.get("message").or_else(|| body.get("Message")) {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => json::to_scalar(other),
    };
    let code = match query_error(answer.headers) {
        Some(code) => code,
        None => match body.get("__type") {
            None => status,
            Some(Value::String(code)) => code.clone(),
            Some(other) => return Err(format!("its __type is a {}", other.kind())),
        },
    };
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().to_owned();
    let schema = operation.errors.iter().find(|schema| {
        schema.name() == code || schema.traits.error.and_then(|error| error.query_code) == Some(code.as_str())
    });
    let members = match schema.map(|schema| project(Value::Map(body), schema, style)) {
        Some(Ok(Value::Map(members))) => members,
        Some(Err(error)) => return Err(error.to_string()),
        _ => ValueMap::new(),
    };
    Ok((code, message, members))
}

fn query_error(headers: &HeaderMap) -> Option<String> {
    let (code, fault) = headers.get("x-amzn-query-error")?.to_str().ok()?.split_once(';')?;
    (!code.is_empty() && !fault.contains(';')).then(|| code.to_owned())
}
