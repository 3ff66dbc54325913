//! The resources of the control API.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::answer::{failure, json, nothing};
use crate::description::{add_expectation, add_fault, finish_task};
use crate::engine::{Engine, Entry, failure_texts, millis, now};
use crate::fault::Fault;
use crate::json::members_to_json;
use crate::place::DescriptionError;
use crate::rule::Rule;
use crate::site::Site;

/// How many requests an answer has without a `limit`.
const SHOWN_REQUESTS: usize = 100;
/// How many bytes of bodies an answer has at most.
const SHOWN_BYTES: usize = 1024 * 1024;
/// How many tasks an answer has at most.
const SHOWN_TASKS: usize = 1_000;

pub(super) fn health(site: &Site) -> Value {
    let engine = &site.engine;
    let closure = engine.definition.closure;
    json!({
        "status": "ok",
        "name": engine.definition.name,
        "version": engine.definition.version,
        "service": closure.service.id,
        "operations": closure.operations.iter().map(|operation| operation.name).collect::<Vec<_>>(),
        "refusedForMemory": site.budget.refused(),
    })
}

fn operation_name(engine: &Engine, index: Option<usize>) -> Option<&'static str> {
    index.and_then(|index| engine.definition.closure.operations.get(index)).map(|operation| operation.name)
}

/// Which requests are asked for.
struct Selection {
    after: u64,
    before: u64,
    limit: usize,
    operation: Option<usize>,
}

impl Selection {
    fn parse(engine: &Engine, query: &str) -> Result<Self, (StatusCode, String)> {
        let mut selection = Self { after: 0, before: u64::MAX, limit: SHOWN_REQUESTS, operation: None };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let invalid = || (StatusCode::BAD_REQUEST, format!("invalid query `{pair}`"));
            let number = || count(value).ok_or_else(invalid);
            match name {
                "after" => selection.after = number()?,
                "before" => selection.before = number()?,
                "limit" => selection.limit = usize::try_from(number()?).unwrap_or(usize::MAX),
                "operation" => match engine.operation(value) {
                    Some((index, _)) => selection.operation = Some(index),
                    None => return Err((StatusCode::NOT_FOUND, format!("unknown operation `{value}`"))),
                },
                _ => return Err(invalid()),
            }
        }
        Ok(selection)
    }

    fn has(&self, entry: &Entry) -> bool {
        let numbers = entry.number > self.after && entry.number < self.before;
        numbers && (self.operation.is_none() || entry.operation == self.operation)
    }
}

/// Lists the newest of the requests that are asked for, oldest first, as far as their bodies fit into the answer.
pub(super) fn requests(engine: &Engine, query: &str) -> Response<Bytes> {
    let selection = match Selection::parse(engine, query) {
        Ok(selection) => selection,
        Err((status, reason)) => return failure(status, reason),
    };
    let state = engine.state();
    let mut room = SHOWN_BYTES;
    let mut fits = |entry: &&Entry| {
        let fits = room > 0;
        room = room.saturating_sub(entry.recorded.size());
        fits
    };
    let wanted = state.journal.iter().rev().filter(|entry| selection.has(entry));
    let mut list: Vec<Value> =
        wanted.take(selection.limit).take_while(|entry| fits(entry)).map(|entry| request(engine, entry)).collect();
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
        "method": entry.method.as_str(),
        "path": entry.recorded.path(),
        "input": engine.recorded_input(entry).as_ref().map(members_to_json),
        "body": body(entry.recorded.request()),
        "status": entry.status,
        "response": body(entry.recorded.response()),
        "problem": entry.problem,
        "expectation": entry.expectation,
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

/// Adds what a body describes and answers with its id.
fn added(body: &Bytes, add: impl FnOnce(&Value) -> Result<u64, DescriptionError>) -> Response<Bytes> {
    let description = match serde_json::from_slice(body) {
        Ok(description) => description,
        Err(error) => return failure(StatusCode::BAD_REQUEST, format!("invalid JSON: {error}")),
    };
    match add(&description) {
        Ok(id) => json(StatusCode::CREATED, &json!({ "id": id })),
        Err(error) => refused(&error),
    }
}

fn refused(error: &DescriptionError) -> Response<Bytes> {
    let status = match error {
        DescriptionError::TooMany => StatusCode::CONFLICT,
        _ => StatusCode::BAD_REQUEST,
    };
    failure(status, error.to_string())
}

pub(super) fn expect(engine: &Engine, body: &Bytes) -> Response<Bytes> {
    added(body, |description| add_expectation(engine, description))
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
    added(body, |description| add_fault(engine, description))
}

pub(super) fn removed(id: &str, remove: impl FnOnce(u64) -> bool) -> Response<Bytes> {
    match id.parse() {
        Ok(id) if remove(id) => nothing(),
        _ => failure(StatusCode::NOT_FOUND, format!("unknown id `{id}`")),
    }
}

pub(super) fn events(engine: &Engine) -> Value {
    engine.advance();
    let state = engine.state();
    json!({ "dropped": state.events.dropped(), "events": state.events.values(&engine.behaviour) })
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
                "isolation": task.isolation(),
                "state": tasks.name(task.stage(at)),
                "started": task.started().to_date_time(),
                "output": engine.task_output(task, at),
            })
        })
        .collect();
    json!({ "dropped": state.tasks.dropped(), "tasks": list })
}

/// Ends a task.
pub(super) fn finish(engine: &Engine, id: &str, body: &Bytes) -> Response<Bytes> {
    let description = match serde_json::from_slice(body) {
        Ok(description) => description,
        Err(error) => return failure(StatusCode::BAD_REQUEST, format!("invalid JSON: {error}")),
    };
    let failed = match finish_task(engine, &description) {
        Ok(failed) => failed,
        Err(error) => return refused(&error),
    };
    let tasks = engine.behaviour.tasks.as_ref();
    let texts = failed.and_then(|members| tasks.map(|tasks| failure_texts(tasks, &members)));
    let number = id.parse().unwrap_or(u64::MAX);
    let mut kept = engine.state();
    if kept.tasks.get(number).is_none() {
        return failure(StatusCode::NOT_FOUND, format!("unknown task `{id}`"));
    }
    if !kept.tasks.finish(number, texts, millis(now())) {
        return failure(StatusCode::CONFLICT, format!("task `{id}` has ended already"));
    }
    drop(kept);
    engine.advance();
    nothing()
}
