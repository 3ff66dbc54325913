//! The code, message and members of a service's error.
//!
//! The protocol reads them, except for awsJson: there the AWS CLI takes the code from `__type` or the
//! `x-amzn-query-error` header alone, and `message` precedes `Message` (AWS CLI 2.36.7, observed).

use http::{HeaderMap, StatusCode};
use whitesmith_protocol::{ReadOptions, ReceivedResponse};
use whitesmith_schema::{Format, Operation, ProtocolStyle, Schema, Value, ValueMap};

use super::response::{TimestampStyle, project};
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::json;

/// An error response.
pub struct Answer<'a> {
    pub status: StatusCode,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    /// The number of retries if they are exhausted.
    pub retries: Option<u32>,
}

/// Returns the failure for an error response.
pub fn failure(
    command_line: &'static CommandLine,
    operation: &'static Operation,
    answer: &Answer<'_>,
    style: TimestampStyle,
) -> Failure {
    let error = match proxy_error(answer) {
        Some(error) => Ok(error),
        None if command_line.protocol.id().is_aws_json() => read_json(command_line, operation, answer, style),
        None => read(command_line, operation, answer, style),
    };
    match error {
        Ok((code, text, members)) => service_failure(operation, &code, answer.retries, &text, members),
        Err(problem) => Failure::general(format!("invalid response with status {}: {problem}", answer.status.as_u16())),
    }
}

/// Returns the failure for an error of the service: code and message precede its members.
pub fn service_failure(
    operation: &'static Operation,
    code: &str,
    retries: Option<u32>,
    text: &str,
    members: ValueMap,
) -> Failure {
    let retries = match retries {
        Some(retries) => format!(" (reached max retries: {retries})"),
        None => String::new(),
    };
    let name = operation.name;
    let message = format!("An error occurred ({code}) when calling the {name} operation{retries}: {text}");
    let mut shown = ValueMap::new();
    shown.insert("Message", Value::from(text));
    shown.insert("Code", Value::from(code));
    for (key, value) in members {
        if !key.eq_ignore_ascii_case("message") && !key.eq_ignore_ascii_case("code") {
            shown.insert(key, value);
        }
    }
    Failure::service(code, message, shown)
}

/// The message of an XML error without one.
const UNKNOWN: &str = "Unknown";

fn status_code(answer: &Answer<'_>) -> String {
    answer.status.as_u16().to_string()
}

fn reason(answer: &Answer<'_>) -> String {
    answer.status.canonical_reason().unwrap_or_default().to_owned()
}

/// Returns the error of a server error without a body, or with a page: it does not come from the service itself.
fn proxy_error(answer: &Answer<'_>) -> Option<(String, String, ValueMap)> {
    let body = answer.body.trim_ascii();
    let is_page = body.is_empty() || body.starts_with(b"<html>");
    (answer.status.is_server_error() && is_page).then(|| (status_code(answer), reason(answer), ValueMap::new()))
}

/// Reads an error as its protocol does.
fn read(
    command_line: &'static CommandLine,
    operation: &'static Operation,
    answer: &Answer<'_>,
    style: TimestampStyle,
) -> Result<(String, String, ValueMap), String> {
    let service = command_line.service;
    let response = ReceivedResponse::new(answer.status, answer.headers, answer.body);
    let summary = command_line.protocol.read_error_summary(service, operation, response, ReadOptions::CLIENT);
    let protocol = command_line.protocol.id();
    let (code, message) = match (protocol.style(), protocol.format()) {
        // Observed: these services always answer in XML, and an error has the message `Unknown` by default.
        (ProtocolStyle::Query, _) => match summary.code {
            Some(code) => (code, summary.message.unwrap_or_else(|| UNKNOWN.to_owned())),
            None => return Err(format!("expected XML, found: {}", String::from_utf8_lossy(answer.body))),
        },
        (ProtocolStyle::HttpBinding, Format::Xml) => match summary.code {
            Some(code) => (code, summary.message.unwrap_or_else(|| UNKNOWN.to_owned())),
            None => (status_code(answer), summary.message.unwrap_or_else(|| reason(answer))),
        },
        _ => (summary.code.unwrap_or_else(|| status_code(answer)), summary.message.unwrap_or_default()),
    };
    let schema = summary.index.and_then(|index| operation.errors.get(index).copied());
    let schema = schema.or_else(|| error_shape(command_line, operation, &code));
    let members = match schema {
        // Members that cannot be read do not hide code and message.
        Some(schema) => command_line
            .protocol
            .read_error(service, schema, response, ReadOptions::CLIENT)
            .ok()
            .and_then(|value| project(value, schema, style).ok()),
        None => None,
    };
    match members {
        Some(Value::Map(members)) => Ok((code, message, members)),
        _ => Ok((code, message, ValueMap::new())),
    }
}

/// Returns the shape of an error by its code: the operation's own, or that of another operation of the service.
fn error_shape(
    command_line: &'static CommandLine,
    operation: &'static Operation,
    code: &str,
) -> Option<&'static Schema> {
    let all = command_line.commands.iter().flat_map(|command| command.operation.errors);
    operation
        .errors
        .iter()
        .chain(all)
        .copied()
        .find(|schema| schema.name() == code || schema.error.and_then(|error| error.query_code) == Some(code))
}

fn read_json(
    command_line: &'static CommandLine,
    operation: &'static Operation,
    answer: &Answer<'_>,
    style: TimestampStyle,
) -> Result<(String, String, ValueMap), String> {
    let status = answer.status.as_u16().to_string();
    let text = std::str::from_utf8(answer.body).map_err(|_| "not valid UTF-8".to_owned())?;
    let body = match json::read(text) {
        _ if text.is_empty() => ValueMap::new(),
        Ok(Value::Map(body)) => body,
        Ok(other) => return Err(format!("expected a JSON object, found {}", other.kind())),
        // Anything but JSON may be the message of a proxy.
        Err(_) => [("message", Value::from(text))].into_iter().collect(),
    };
    let message = match body.get("message").or_else(|| body.get("Message")) {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => json::to_compact(other),
    };
    let code = match query_error(answer.headers) {
        Some(code) => code,
        None => match body.get("__type") {
            None => status,
            Some(Value::String(code)) => code.clone(),
            Some(other) => return Err(format!("expected a string as __type, found {}", other.kind())),
        },
    };
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().to_owned();
    let schema = error_shape(command_line, operation, &code);
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
