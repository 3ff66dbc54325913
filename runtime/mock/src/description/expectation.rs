//! An expectation's description.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value as Json};
use whitesmith_schema::{Operation, Schema, Value};

use super::fields::{Fields, alternative};
use super::parts::{milliseconds, operation, size};
use super::{exchange, task};
use crate::engine::Engine;
use crate::json::read_members;
use crate::place::{At, DescriptionError};
use crate::rule::{Matcher, Reply, Rule};
use crate::wire::Response;

/// Headers that follow from the body.
const FRAMING: [HeaderName; 3] =
    [http::header::CONTENT_LENGTH, http::header::TRANSFER_ENCODING, http::header::CONNECTION];

/// Reads an expectation.
pub(super) fn read(engine: &Engine, json: &Json) -> Result<Rule, DescriptionError> {
    const KNOWN: &[&str] = &["name", "operation", "when", "times", "after_ms", "respond"];
    let fields = Fields::open(json, At::TOP, KNOWN)?;
    let operation = operation(engine, &fields)?;
    let shape = operation.map(|(_, operation)| operation);
    let matcher = match fields.object("when")? {
        None => Matcher::All,
        Some(members) => {
            let operation = shape.ok_or_else(|| fields.at("when").invalid("`when` needs an `operation`"))?;
            Matcher::Members(read_members(operation.input, members, &fields.at("when"))?)
        }
    };
    let at = fields.at("respond");
    let reply = |json: &Json, at: &At<'_>| reply(engine, shape, json, at);
    let replies = match fields.get("respond") {
        None => vec![Reply::Default],
        Some(Json::Array(list)) if list.is_empty() => return Err(at.invalid("expected at least one answer")),
        Some(Json::Array(list)) => {
            list.iter().enumerate().map(|(index, json)| reply(json, &at.index(index))).collect::<Result<_, _>>()?
        }
        Some(json) => vec![reply(json, &at)?],
    };
    Ok(Rule {
        name: fields.text("name")?,
        matcher,
        times: fields.integer("times", 1..=u64::MAX)?,
        delay: milliseconds(&fields, "after_ms")?.unwrap_or_default(),
        replies,
        size: size(json),
        ..Rule::new(operation.map(|(index, _)| index), Reply::Default)
    })
}

fn reply(
    engine: &Engine,
    operation: Option<&'static Operation>,
    json: &Json,
    at: &At<'_>,
) -> Result<Reply, DescriptionError> {
    let (name, content) = alternative(json, at, "answer", &["default", "output", "exchange", "error", "task", "http"])?;
    let needed = || operation.ok_or_else(|| at.invalid(format!("`{name}` needs an `operation`")));
    let inner = at.member(name);
    match name {
        "output" => {
            let members = content.as_object().ok_or_else(|| inner.invalid("expected an object"))?;
            Ok(Reply::Output(read_members(needed()?.output, members, &inner)?))
        }
        "exchange" => exchange::reply(needed()?, content, inner),
        "error" => error(engine, operation, content, inner),
        "task" => task::reply(engine, needed()?, content, inner),
        "http" => http_response(content, inner),
        _ => Ok(Reply::Default),
    }
}

fn error(
    engine: &Engine,
    operation: Option<&'static Operation>,
    json: &Json,
    at: At<'_>,
) -> Result<Reply, DescriptionError> {
    let fields = Fields::open(json, at, &["name", "message", "members", "status"])?;
    let name = fields.text("name")?.ok_or_else(|| fields.missing("name"))?;
    let message = fields.text("message")?;
    let status = error_status(&fields)?;
    let members = fields.object("members")?;
    let all = engine.definition.closure.operations.iter().copied();
    let asked = operation.into_iter().chain(all.filter(|_| operation.is_none()));
    let errors = || asked.clone().flat_map(|operation| operation.errors.iter().copied());
    let Some(schema) = errors().find(|error| error.name() == name) else {
        // A name that is not in the model may be meant, or mistyped: a status says which.
        let status =
            status.ok_or_else(|| fields.at("name").unknown("error", &name, errors().map(|error| error.name())));
        if members.is_some() {
            return Err(fields.at("members").invalid("an error that is not in the model has no members"));
        }
        return Ok(Reply::Unmodeled { status: status?, code: name, message: message.unwrap_or_default() });
    };
    let mut members = read_members(schema, members.unwrap_or(&Map::new()), &fields.at("members"))?;
    match (schema.message_member(), message) {
        (Some(member), Some(text)) => members.insert(member.name, Value::from(text)),
        // The model leaves the message to the protocol, which has one beside the code alone.
        (None, Some(message)) if members.is_empty() => {
            let (status, code) = identity(schema, status);
            return Ok(Reply::Unmodeled { status, code, message });
        }
        (None, Some(_)) => {
            return Err(fields.at("message").invalid(format!("the error {name} has no message beside its members")));
        }
        (_, None) => {}
    }
    Ok(Reply::Error { schema, members, status })
}

/// The status and code by which responses name an error of the model.
fn identity(schema: &'static Schema, status: Option<StatusCode>) -> (StatusCode, String) {
    let error = schema.error;
    let of_model = error.and_then(|error| StatusCode::from_u16(error.status).ok());
    let code = error.and_then(|error| error.query_code).unwrap_or(schema.name());
    (status.or(of_model).unwrap_or(StatusCode::BAD_REQUEST), code.to_owned())
}

/// Reads the status of an error.
pub(super) fn error_status(fields: &Fields<'_>) -> Result<Option<StatusCode>, DescriptionError> {
    let status = fields.integer("status", 400..=599)?;
    Ok(status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok()))
}

fn http_response(json: &Json, at: At<'_>) -> Result<Reply, DescriptionError> {
    let fields = Fields::open(json, at, &["status", "headers", "body"])?;
    let status = fields.integer("status", 200..=599)?.ok_or_else(|| fields.missing("status"))?;
    let mut headers = HeaderMap::new();
    for (name, value) in fields.texts("headers")? {
        let at = fields.at("headers");
        let header =
            HeaderName::try_from(name.as_str()).map_err(|_| at.invalid(format!("invalid header name `{name}`")))?;
        if FRAMING.contains(&header) {
            return Err(at.invalid(format!("the header `{name}` follows from the body")));
        }
        let value =
            HeaderValue::try_from(value).map_err(|_| at.invalid(format!("invalid value of header `{name}`")))?;
        headers.insert(header, value);
    }
    let mut response = Response::new(fields.text("body")?.unwrap_or_default().into_bytes());
    *response.status_mut() =
        u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default();
    *response.headers_mut() = headers;
    Ok(Reply::Written(response))
}
