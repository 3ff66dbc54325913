//! Refusals of requests.
//!
//! Codes and statuses are those of AWS's JSON services, as observed; they have the namespace `com.amazon.coral.service`.

use http::StatusCode;
use whitesmith_protocol::RouteError;
use whitesmith_schema::{Operation, Schema, Value, ValueMap};
use whitesmith_validation::{Constraint, Path, Segment, Violation, Violations};

use super::exchange::Answer;
use super::service::Engine;
use crate::Sampler;
use crate::behaviour::{Validation, ViolationMembers};
use crate::call::Call;
use crate::responder::Responder;

/// The name of validation errors, in Smithy's own namespace and in those of services.
const VALIDATION_EXCEPTION: &str = "ValidationException";

/// Refuses a request that no operation takes.
///
/// AWS's JSON services answer a request of another protocol like one for an unknown operation; only the status differs.
pub(super) fn route(responder: Responder, error: &RouteError) -> Answer {
    let message = error.to_string();
    let (status, code) = match (responder.protocol.id().is_aws_json(), error) {
        (true, RouteError::UnknownOperation(_)) => (StatusCode::BAD_REQUEST, UNKNOWN_OPERATION),
        (true, _) => (StatusCode::NOT_FOUND, UNKNOWN_OPERATION),
        (false, _) => (error.status(), error.code()),
    };
    Answer::refused(responder.front_end(status, code, &message), message)
}

const UNKNOWN_OPERATION: &str = "UnknownOperationException";

pub(super) fn unknown_operation(responder: Responder, name: &str) -> Answer {
    route(responder, &RouteError::UnknownOperation(name.to_owned()))
}

pub(super) fn serialization(responder: Responder, message: &str) -> Answer {
    Answer::refused(responder.front_end(StatusCode::BAD_REQUEST, "SerializationException", message), message)
}

/// Returns the members of an error with a message; other required members get sample values.
pub(super) fn error_members(schema: &'static Schema, message: &str, sampler: &mut Sampler) -> ValueMap {
    let mut members = ValueMap::new();
    let holds_message = schema.message_member();
    for member in schema.members {
        if holds_message.is_some_and(|known| std::ptr::eq(known, member)) {
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
                self.responder.error(validation.error, &members)
            }
            (None, Some(schema)) => {
                let members = plain_members(schema, &message, violations, self.state().sampler());
                self.responder.error(schema, &members)
            }
            (None, None) => self.responder.unmodeled(StatusCode::BAD_REQUEST, VALIDATION_EXCEPTION, &message),
        };
        Answer::refused(response, message)
    }

    /// Refuses a request whose isolation value is not allowed.
    pub(super) fn refuse_isolation(&self, call: &Call<'_>) -> Option<Answer> {
        let isolation = self.behaviour.isolation.as_ref()?;
        let only = isolation.only?;
        let member = call.operation.input.member(&isolation.member)?;
        let value = call.text(member.name)?;
        if only.iter().any(|known| known.as_str() == Some(value)) {
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
