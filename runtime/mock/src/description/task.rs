//! How a task ends.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use whitesmith_schema::Operation;

use super::fields::Fields;
use super::parts::milliseconds;
use crate::behaviour::{Stage, Tasks};
use crate::engine::Engine;
use crate::place::{At, DescriptionError};
use crate::rule::Reply;

/// Texts of a failed task by the members of its output; `None` for a task that succeeds.
type Failure = Option<Vec<(String, String)>>;

/// Reads a reply that starts a task.
pub(super) fn reply(
    engine: &Engine,
    operation: &'static Operation,
    json: &Json,
    at: At<'_>,
) -> Result<Reply, DescriptionError> {
    let nothing = Json::Object(serde_json::Map::new());
    let json = if json.is_null() { &nothing } else { json };
    let fields = Fields::open(json, at, &["state", "delay_ms", "members"])?;
    let tasks = engine.behaviour.tasks.as_ref().filter(|_| engine.has_tasks(operation));
    let tasks = tasks.ok_or_else(|| at.invalid(format!("the operation {} has no tasks", operation.name)))?;
    let failure = if fields.get("state").is_none() { None } else { end(tasks, &fields)? };
    Ok(Reply::Task { failure, delay: milliseconds(&fields, "delay_ms")? })
}

/// Reads how a running task is to end.
pub(crate) fn finish_task(engine: &Engine, json: &Json) -> Result<Failure, DescriptionError> {
    let fields = Fields::open(json, At::TOP, &["state", "members"])?;
    match &engine.behaviour.tasks {
        Some(tasks) => end(tasks, &fields),
        None => Err(At::TOP.invalid("the service has no tasks")),
    }
}

fn end(tasks: &Tasks, fields: &Fields<'_>) -> Result<Failure, DescriptionError> {
    let state = fields.text("state")?.ok_or_else(|| fields.missing("state"))?;
    let members: BTreeMap<String, String> = fields.texts("members")?;
    let known = || tasks.failed.iter().map(|(name, _)| &**name);
    if let Some(name) = members.keys().find(|name| !known().any(|known| known == *name)) {
        return Err(fields.at("members").unknown("member of a failed task", name, known()));
    }
    match tasks.stage(&state) {
        Some(Stage::Success) => Ok(None),
        Some(Stage::Failure) => Ok(Some(members.into_iter().collect())),
        _ => {
            let known = [Stage::Success, Stage::Failure].map(|stage| tasks.name(stage));
            Err(fields.at("state").unknown("final state", &state, known.into_iter()))
        }
    }
}
