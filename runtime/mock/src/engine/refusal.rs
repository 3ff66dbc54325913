//! Requests that are refused.
//!
//! The codes and statuses are those that AWS's JSON services were seen to answer with; theirs have the namespace
//! `com.amazon.coral.service`.

use http::StatusCode;
use whitesmith_protocol::{RouteError, WriteError};
use whitesmith_schema::{Operation, Schema, Service, ShapeType, Structure, Value, ValueMap};
use whitesmith_validation::{Constraint, Path, Segment, Violation, Violations};

use super::{Answer, Engine};
use crate::Sampler;
use crate::behaviour::{Validation, ViolationMembers};
use crate::call::Call;
use crate::wire::{self, Response};

const NAMESPACE: &str = "com.amazon.coral.service";
/// The name of validation errors, in Smithy's own namespace and in those of services.
const VALIDATION_EXCEPTION: &str = "ValidationException";

/// An error of no model.
pub(crate) fn unmodeled(service: &'static Service, status: StatusCode, code: &str, message: &str) -> Response {
    let written = wire::write_unmodeled(service, status, &format!("{NAMESPACE}#{code}"), message);
    written.unwrap_or_else(|_| bare(status))
}

fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

/// The response, or the failure of the mock itself where it cannot be written.
pub(crate) fn or_failure(service: &'static Service, response: Result<Response, WriteError>) -> Response {
    response.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be written");
        unmodeled(service, StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure", &error.to_string())
    })
}

pub(super) fn route(service: &'static Service, error: &RouteError) -> Answer {
    // A service answers to what is not its protocol's as to an operation that it does not have; only a wrong target
    // is told apart by the status.
    let status = match error {
        RouteError::UnknownOperation(_) => StatusCode::BAD_REQUEST,
        _ => StatusCode::NOT_FOUND,
    };
    let message = error.to_string();
    Answer::refused(unmodeled(service, status, "UnknownOperationException", &message), message)
}

pub(super) fn unknown_operation(service: &'static Service, name: &str) -> Answer {
    route(service, &RouteError::UnknownOperation(name.to_owned()))
}

pub(super) fn serialization(service: &'static Service, message: &str) -> Answer {
    Answer::refused(unmodeled(service, StatusCode::BAD_REQUEST, "SerializationException", message), message)
}

/// The members of an error with a message; others that it requires get sample values.
pub(super) fn error_members(schema: &'static Schema, message: &str, sampler: &mut Sampler) -> ValueMap {
    let mut members = ValueMap::new();
    for member in schema.members {
        if member.name.eq_ignore_ascii_case("message") && member.target.shape_type == ShapeType::String {
            members.insert(member.name, Value::from(message));
        } else if member.required
            && let Some(value) = sampler.member(member)
        {
            members.insert(member.name, value);
        }
    }
    members
}

impl Engine {
    /// Refuses a request that breaks constraints.
    pub(super) fn refuse(&self, operation: &'static Operation, violations: &Violations) -> Answer {
        let service = self.definition.service;
        let message = violations.to_string();
        let mapped = self
            .behaviour
            .validation
            .as_ref()
            .filter(|validation| operation.errors.iter().any(|error| std::ptr::eq(*error, validation.error)));
        let own = operation.errors.iter().find(|error| error.name() == VALIDATION_EXCEPTION);
        let response = match (mapped, own) {
            (Some(validation), _) => {
                let members = mapped_members(validation, &message, &violations.list);
                wire::write_error(service, &Structure { schema: validation.error, members: &members })
            }
            (None, Some(schema)) => {
                let members = plain_members(schema, &message, violations, self.state().sampler());
                wire::write_error(service, &Structure { schema, members: &members })
            }
            (None, None) => wire::write_unmodeled(service, StatusCode::BAD_REQUEST, VALIDATION_EXCEPTION, &message),
        };
        Answer::refused(or_failure(service, response), message)
    }

    /// Refuses a request for a world that there is none of.
    pub(super) fn refuse_world(&self, call: &Call<'_>) -> Option<Answer> {
        let worlds = self.behaviour.worlds.as_ref()?;
        let only = worlds.only?;
        let member = call.operation.input.member(&worlds.member)?;
        let world = call.text(member.name)?;
        if only.iter().any(|known| known.as_str() == Some(world)) {
            return None;
        }
        let violation =
            Violation { path: Path(vec![Segment::Member(member.name)]), constraint: Constraint::Enum(only) };
        Some(self.refuse(call.operation, &Violations { list: vec![violation], more: false }))
    }
}

/// The members of a validation error that a behaviour file describes.
fn mapped_members(validation: &Validation, message: &str, violations: &[Violation]) -> ValueMap {
    let mut members = ValueMap::new();
    members.insert(validation.message.name, Value::from(message));
    if let Some((member, value)) = &validation.reason {
        members.insert(member.name, Value::from(&**value));
    }
    if let Some(described) = &validation.violations {
        let list = violations.iter().map(|violation| Value::Map(violation_members(validation, described, violation)));
        members.insert(described.list.name, Value::List(list.collect()));
    }
    members
}

fn violation_members(validation: &Validation, described: &ViolationMembers, violation: &Violation) -> ValueMap {
    let mut members = ValueMap::new();
    if let Some(member) = described.field {
        members.insert(member.name, Value::String(violation.path.to_string()));
    }
    if let Some(member) = described.message {
        members.insert(member.name, Value::String(violation.to_string()));
    }
    if let (Some(member), Some(code)) = (described.code, validation.codes.of(&violation.constraint)) {
        members.insert(member.name, Value::from(code));
    }
    members
}

/// The members of a validation error of which nothing is described: the message, and the `fieldList` of Smithy's own
/// `smithy.framework#ValidationException`.
fn plain_members(schema: &'static Schema, message: &str, violations: &Violations, sampler: &mut Sampler) -> ValueMap {
    let mut members = error_members(schema, message, sampler);
    if let Some(fields) = schema.member("fieldList") {
        let field = |violation: &Violation| {
            let entries =
                [("path", Value::String(violation.path.pointer())), ("message", Value::String(violation.to_string()))];
            Value::Map(entries.into_iter().collect())
        };
        members.insert(fields.name, Value::List(violations.list.iter().map(field).collect()));
    }
    members
}
