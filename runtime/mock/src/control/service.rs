//! What the mocked service offers, for the forms of the page.

use serde_json::{Map, Value as Json, json};
use whitesmith_schema::{EnumValue, Member, Operation, Schema};

use crate::behaviour::Stage;
use crate::engine::Engine;

/// Describes the operations with their members and errors, and the states of tasks.
pub(super) fn describe(engine: &Engine) -> Json {
    let closure = engine.definition.closure;
    let tasks = engine.behaviour.tasks.as_ref();
    json!({
        "service": closure.service.id,
        "operations": closure.operations.iter().map(|known| operation(engine, known)).collect::<Vec<_>>(),
        "taskStates": tasks.map(|tasks| [Stage::Success, Stage::Failure].map(|stage| tasks.name(stage).to_owned())),
        "failedTaskMembers":
            tasks.map(|tasks| tasks.failed.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()),
    })
}

fn operation(engine: &Engine, operation: &'static Operation) -> Json {
    let errors = operation.errors.iter().map(|error| {
        let traits = error.error;
        json!({ "name": error.name(), "status": traits.map(|traits| traits.status), "members": members(error) })
    });
    json!({
        "name": operation.name,
        "input": members(operation.input),
        "output": members(operation.output),
        "errors": errors.collect::<Vec<_>>(),
        "tasks": engine.has_tasks(operation),
    })
}

fn members(schema: &'static Schema) -> Vec<Json> {
    schema.members.iter().map(member).collect()
}

fn member(member: &'static Member) -> Json {
    let mut described = Map::new();
    described.insert("name".to_owned(), member.name.into());
    described.insert("type".to_owned(), member.target.shape_type.name().into());
    described.insert("required".to_owned(), member.required.into());
    let values: Vec<&str> = member.target.values.iter().filter_map(EnumValue::as_str).collect();
    if !values.is_empty() {
        described.insert("values".to_owned(), values.into());
    }
    described.into()
}
