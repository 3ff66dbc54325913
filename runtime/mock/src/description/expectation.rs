//! An expectation's description.

use std::collections::BTreeMap;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use whitesmith_protocol::Dynamic;
use whitesmith_schema::{Operation, Schema, ValueMap};

use super::{DescriptionError, milliseconds, operation, optional_milliseconds};
use crate::behaviour::Stage;
use crate::engine::Engine;
use crate::rule::{Matcher, Reply, Rule};
use crate::wire::{self, Received};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectationText {
    name: Option<String>,
    operation: Option<String>,
    /// Members that the request has to have.
    when: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "times")]
    times: Option<u64>,
    #[serde(default, deserialize_with = "milliseconds")]
    after_ms: Duration,
    #[serde(default)]
    respond: Replies,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Replies {
    Several(#[serde(deserialize_with = "some")] Vec<ReplyText>),
    One(ReplyText),
}

impl Default for Replies {
    fn default() -> Self {
        Self::One(ReplyText::Natural)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ReplyText {
    Natural,
    Output(Map<String, Value>),
    Error(ErrorText),
    Task(TaskText),
    Http(HttpText),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorText {
    name: String,
    message: Option<String>,
    #[serde(default)]
    members: Map<String, Value>,
    #[serde(default = "bad_request", deserialize_with = "error_status")]
    status: StatusCode,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskText {
    /// The final state; that of success where it is left out.
    state: Option<String>,
    #[serde(default, deserialize_with = "optional_milliseconds")]
    delay_ms: Option<Duration>,
    /// What a failed task says.
    #[serde(default)]
    members: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpText {
    #[serde(deserialize_with = "status")]
    status: StatusCode,
    #[serde(default, deserialize_with = "headers")]
    headers: HeaderMap,
    #[serde(default)]
    body: String,
}

fn bad_request() -> StatusCode {
    StatusCode::BAD_REQUEST
}

/// A status that a response can end with.
fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StatusCode, D::Error> {
    status_within(deserializer, 200..=599)
}

/// A status of an error.
pub(super) fn error_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<StatusCode, D::Error> {
    status_within(deserializer, 400..=599)
}

fn status_within<'de, D: Deserializer<'de>>(
    deserializer: D,
    allowed: std::ops::RangeInclusive<u16>,
) -> Result<StatusCode, D::Error> {
    let status = u16::deserialize(deserializer)?;
    StatusCode::from_u16(status).ok().filter(|_| allowed.contains(&status)).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "the status {status} is not between {} and {}",
            allowed.start(),
            allowed.end()
        ))
    })
}

fn times<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match Option::<u64>::deserialize(deserializer)? {
        Some(0) => Err(serde::de::Error::custom("`times` is at least 1")),
        times => Ok(times),
    }
}

fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ReplyText>, D::Error> {
    let list = Vec::<ReplyText>::deserialize(deserializer)?;
    if list.is_empty() { Err(serde::de::Error::custom("`respond` is empty")) } else { Ok(list) }
}

fn headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HeaderMap, D::Error> {
    let mut headers = HeaderMap::new();
    for (name, value) in BTreeMap::<String, String>::deserialize(deserializer)? {
        let invalid = || serde::de::Error::custom(format!("`{name}` is no header, or its value cannot be sent"));
        let header = HeaderName::try_from(name.as_str()).map_err(|_| invalid())?;
        if FRAMING.contains(&header) {
            return Err(serde::de::Error::custom(format!("the header `{name}` follows from the body")));
        }
        headers.insert(header, HeaderValue::try_from(value.as_str()).map_err(|_| invalid())?);
    }
    Ok(headers)
}

/// Headers that are the server's own matter.
const FRAMING: [HeaderName; 3] =
    [http::header::CONTENT_LENGTH, http::header::TRANSFER_ENCODING, http::header::CONNECTION];

impl ExpectationText {
    /// The rule that is described.
    pub(crate) fn into_rule(self, engine: &Engine) -> Result<Rule, DescriptionError> {
        let operation = operation(engine, self.operation.as_deref())?;
        let shape = operation.map(|(_, operation)| operation);
        let replies = match self.respond {
            Replies::One(reply) => vec![reply],
            Replies::Several(replies) => replies,
        };
        let replies = replies.into_iter().map(|reply| reply.into_reply(engine, shape)).collect::<Result<_, _>>()?;
        Ok(Rule {
            id: 0,
            name: self.name,
            operation: operation.map(|(index, _)| index),
            matcher: self.when.map_or(Matcher::All, |members| Matcher::Members(Value::Object(members))),
            times: self.times,
            delay: self.after_ms,
            replies,
            used: 0,
            surplus: 0,
        })
    }
}

impl ReplyText {
    fn into_reply(self, engine: &Engine, operation: Option<&'static Operation>) -> Result<Reply, DescriptionError> {
        let needed = |what| operation.ok_or(DescriptionError::NeedsOperation(what));
        Ok(match self {
            Self::Natural => Reply::Natural,
            Self::Output(members) => {
                let operation = needed("output")?;
                Reply::Output(read_members(engine, operation, operation.output, members)?)
            }
            Self::Error(error) => error.into_reply(engine, operation)?,
            Self::Task(task) => task.into_reply(engine, needed("task")?)?,
            Self::Http(HttpText { status, headers, body }) => {
                let mut response = Response::new(body.into_bytes());
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Reply::Written(response)
            }
        })
    }
}

impl ErrorText {
    fn into_reply(self, engine: &Engine, operation: Option<&'static Operation>) -> Result<Reply, DescriptionError> {
        let all = engine.definition.service.operations;
        let mut asked = operation.as_slice().iter().chain(all.iter().filter(|_| operation.is_none()));
        let found = asked.find_map(|operation| {
            let schema = operation.errors.iter().find(|error| error.name() == self.name)?;
            Some((*operation, *schema))
        });
        let Some((operation, schema)) = found else {
            let message = self.message.unwrap_or_default();
            return Ok(Reply::Unmodeled { status: self.status, code: self.name, message });
        };
        let mut members = read_members(engine, operation, schema, self.members)?;
        let message = schema.members.iter().find(|member| member.name.eq_ignore_ascii_case("message"));
        if let (Some(member), Some(text)) = (message, self.message) {
            members.insert(member.name, text.into());
        }
        Ok(Reply::Error(schema, members))
    }
}

impl TaskText {
    fn into_reply(self, engine: &Engine, operation: &'static Operation) -> Result<Reply, DescriptionError> {
        let tasks = engine.behaviour.tasks.as_ref().ok_or(DescriptionError::NoTasks(operation.name))?;
        let stage = match self.state {
            None => Stage::Success,
            Some(state) => tasks
                .stage(&state)
                .filter(|stage| *stage != Stage::Initial)
                .ok_or(DescriptionError::UnknownState(state))?,
        };
        let failure = (stage == Stage::Failure).then(|| self.members.into_iter().collect());
        Ok(Reply::Task { failure, delay: self.delay_ms })
    }
}

/// Members as the wire's JSON has them.
pub(super) fn read_members(
    engine: &Engine,
    operation: &'static Operation,
    schema: &'static Schema,
    members: Map<String, Value>,
) -> Result<ValueMap, DescriptionError> {
    let failed = |reason: String| DescriptionError::Members { shape: schema.name(), reason };
    if let Some(name) = members.keys().find(|name| schema.member(name).is_none()) {
        return Err(failed(format!("there is no member `{name}`")));
    }
    let body = Value::Object(members).to_string();
    let received = Received { headers: &HeaderMap::new(), body: body.as_bytes() };
    match wire::read_input(engine.definition.service, operation, received, Dynamic(schema)) {
        Ok(whitesmith_schema::Value::Map(members)) => Ok(members),
        Ok(_) => Ok(ValueMap::new()),
        Err(error) => Err(failed(error.to_string())),
    }
}
