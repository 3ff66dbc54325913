//! What the control API shows and changes.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{failure, json, nothing};
use crate::behaviour::Stage;
use crate::description::{DescriptionError, ExpectationText, FaultText};
use crate::engine::{Engine, Entry, failure_texts, millis, now};
use crate::fault::Fault;
use crate::rule::Rule;

/// How many requests are shown where the query does not say.
const SHOWN_REQUESTS: usize = 100;
/// How many tasks are shown.
const SHOWN_TASKS: usize = 1_000;

pub(super) fn health(engine: &Engine) -> Value {
    let service = engine.definition.service;
    json!({
        "status": "ok",
        "name": engine.definition.name,
        "version": engine.definition.version,
        "service": service.id,
        "operations": service.operations.iter().map(|operation| operation.name).collect::<Vec<_>>(),
    })
}

fn operation_name(engine: &Engine, index: Option<usize>) -> Option<&'static str> {
    index.and_then(|index| engine.definition.service.operations.get(index)).map(|operation| operation.name)
}

/// The requests after a number, of an operation: the newest, oldest first.
pub(super) fn requests(engine: &Engine, query: &str) -> Response<Bytes> {
    let mut after = 0;
    let mut limit = SHOWN_REQUESTS;
    let mut only = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let parsed = match name {
            "after" => count(value).map(|number| after = number).is_some(),
            "limit" => count(value).map(|number| limit = usize::try_from(number).unwrap_or(usize::MAX)).is_some(),
            "operation" => {
                only = Some(value);
                true
            }
            _ => false,
        };
        if !parsed {
            return failure(StatusCode::BAD_REQUEST, format!("the query's `{pair}` is not understood"));
        }
    }
    let only = match only.map(|name| (name, engine.operation(name))) {
        None => None,
        Some((_, Some((index, _)))) => Some(index),
        Some((name, None)) => return failure(StatusCode::NOT_FOUND, format!("there is no operation `{name}`")),
    };
    let state = engine.state();
    let wanted = |entry: &&Entry| entry.number > after && (only.is_none() || entry.operation == only);
    let mut list: Vec<Value> =
        state.journal.iter().rev().filter(wanted).take(limit).map(|entry| request(engine, entry)).collect();
    list.reverse();
    json(
        StatusCode::OK,
        &json!({
            "received": state.journal.received(),
            "dropped": state.journal.dropped(),
            "requests": list,
        }),
    )
}

/// A number of the description's format `int64`, not below zero.
fn count(text: &str) -> Option<u64> {
    text.parse::<i64>().ok().and_then(|number| u64::try_from(number).ok())
}

/// JSON where it is JSON, else text.
fn body(bytes: &[u8]) -> Value {
    match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(_) if bytes.is_empty() => Value::Null,
        Err(_) => Value::String(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn request(engine: &Engine, entry: &Entry) -> Value {
    json!({
        "number": entry.number,
        "at": entry.at.to_date_time(),
        "operation": operation_name(engine, entry.operation),
        "requestId": entry.request_id.to_string(),
        "body": body(entry.bodies.request()),
        "status": entry.status,
        "response": body(entry.bodies.response()),
        "problem": entry.problem,
        "expectation": entry.rule,
        "fault": entry.fault,
    })
}

pub(super) fn expectations(engine: &Engine) -> Value {
    let list: Vec<Value> = engine.rules().iter().map(|rule| expectation(engine, rule)).collect();
    json!({ "expectations": list })
}

fn expectation(engine: &Engine, rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "operation": operation_name(engine, rule.operation),
        "when": rule.matcher.describe(),
        "times": rule.times,
        "used": rule.used,
        "surplus": rule.surplus,
        "respond": rule.replies.iter().map(crate::rule::Reply::kind).collect::<Vec<_>>(),
    })
}

/// A body that is read.
fn read<'a, T: Deserialize<'a>>(body: &'a Bytes) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body)
}

fn unreadable(error: &serde_json::Error) -> Response<Bytes> {
    failure(StatusCode::BAD_REQUEST, error.to_string())
}

fn refused(error: &DescriptionError) -> Response<Bytes> {
    let status = match error {
        DescriptionError::UnknownOperation { .. } => StatusCode::NOT_FOUND,
        _ => StatusCode::CONFLICT,
    };
    failure(status, error.to_string())
}

fn made(id: Option<u64>) -> Response<Bytes> {
    match id {
        Some(id) => json(StatusCode::CREATED, &json!({ "id": id })),
        None => refused(&DescriptionError::TooMany),
    }
}

pub(super) fn expect(engine: &Engine, body: &Bytes) -> Response<Bytes> {
    match read::<ExpectationText>(body).map(|text| text.into_rule(engine)) {
        Ok(Ok(rule)) => made(engine.rules().add(rule)),
        Ok(Err(error)) => refused(&error),
        Err(error) => unreadable(&error),
    }
}

pub(super) fn verification(engine: &Engine) -> Value {
    match engine.verify() {
        Ok(()) => json!({ "met": true, "unmet": [], "message": "" }),
        Err(verification) => json!({
            "met": false,
            "unmet": verification.unmet.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "message": verification.to_string(),
        }),
    }
}

pub(super) fn faults(engine: &Engine) -> Value {
    let list: Vec<Value> = engine.faults().iter().map(|known| fault(engine, known)).collect();
    json!({ "faults": list })
}

fn fault(engine: &Engine, fault: &Fault) -> Value {
    json!({
        "id": fault.id,
        "operation": operation_name(engine, fault.operation),
        "fault": fault.kind.name(),
        "probability": fault.probability,
        "requests": fault.requests,
        "seen": fault.seen,
        "hits": fault.hits,
    })
}

pub(super) fn cause(engine: &Engine, body: &Bytes) -> Response<Bytes> {
    match read::<FaultText>(body).map(|text| text.into_fault(engine)) {
        Ok(Ok(fault)) => made(engine.faults().add(fault)),
        Ok(Err(error)) => refused(&error),
        Err(error) => unreadable(&error),
    }
}

pub(super) fn removed(id: &str, remove: impl FnOnce(u64) -> bool) -> Response<Bytes> {
    match id.parse() {
        Ok(id) if remove(id) => nothing(),
        _ => failure(StatusCode::NOT_FOUND, format!("there is none with the id `{id}`")),
    }
}

pub(super) fn events(engine: &Engine) -> Value {
    engine.advance();
    let state = engine.state();
    json!({ "dropped": state.events.dropped(), "events": state.events.values() })
}

pub(super) fn tasks(engine: &Engine) -> Value {
    let at = millis(now());
    let state = engine.state();
    let Some(tasks) = &engine.behaviour.tasks else { return json!({ "dropped": 0, "tasks": [] }) };
    let list: Vec<Value> = state
        .tasks
        .newest()
        .take(SHOWN_TASKS)
        .map(|(number, task)| {
            json!({
                "id": number,
                "operation": operation_name(engine, Some(task.operation as usize)),
                "world": task.world(),
                "state": tasks.name(task.stage(at)),
                "started": task.started().to_date_time(),
                "output": engine.task_output(task, at),
            })
        })
        .collect();
    json!({ "dropped": state.tasks.dropped(), "tasks": list })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finish {
    state: String,
    #[serde(default)]
    members: BTreeMap<String, String>,
}

/// Brings a task to an end.
pub(super) fn finish(engine: &Engine, id: &str, body: &Bytes) -> Response<Bytes> {
    let Finish { state, members } = match read(body) {
        Ok(finish) => finish,
        Err(error) => return unreadable(&error),
    };
    let stage = engine.behaviour.tasks.as_ref().map(|tasks| (tasks, tasks.stage(&state)));
    let failure_texts = match stage {
        Some((_, Some(Stage::Success))) => None,
        Some((tasks, Some(Stage::Failure))) => Some(failure_texts(tasks, &members.into_iter().collect::<Vec<_>>())),
        _ => return refused(&DescriptionError::UnknownState(state)),
    };
    let number = id.parse().unwrap_or(u64::MAX);
    let mut kept = engine.state();
    if kept.tasks.get(number).is_none() {
        return failure(StatusCode::NOT_FOUND, format!("there is no task with the id `{id}`"));
    }
    if !kept.tasks.finish(number, failure_texts, millis(now())) {
        return failure(StatusCode::CONFLICT, "the task is at its end already");
    }
    drop(kept);
    engine.advance();
    nothing()
}
