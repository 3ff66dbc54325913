//! Headers of events.

use whitesmith_codec::event_stream::{EventHeader, EventHeaderValue, EventMessage, EventProblem, EventTimestamp};
use whitesmith_schema::{Blob, Member, Number, ShapeType, Timestamp, Value};

use crate::WriteError;

pub(super) const MESSAGE_TYPE: &str = ":message-type";
pub(super) const EVENT_TYPE: &str = ":event-type";
pub(super) const EXCEPTION_TYPE: &str = ":exception-type";
pub(super) const ERROR_CODE: &str = ":error-code";
pub(super) const ERROR_MESSAGE: &str = ":error-message";
pub(super) const CONTENT_TYPE: &str = ":content-type";
pub(super) const INITIAL_REQUEST: &str = "initial-request";
pub(super) const INITIAL_RESPONSE: &str = "initial-response";

/// Returns a header that is text; `None` if the message does not have it.
pub(super) fn text<'a>(message: &'a EventMessage, name: &'static str) -> Result<Option<&'a str>, EventProblem> {
    let Some(header) = message.headers().iter().find(|header| header.name().as_str() == name) else {
        return Ok(None);
    };
    match header.value() {
        EventHeaderValue::String(text) => Ok(Some(text.as_str())),
        _ => Err(EventProblem::HeaderType { header: name.to_owned(), expected: "string" }),
    }
}

/// As [`text`], for a header that the message must have.
pub(super) fn required_text<'a>(message: &'a EventMessage, name: &'static str) -> Result<&'a str, EventProblem> {
    text(message, name)?.ok_or(EventProblem::MissingHeader(name))
}

/// A header that is text.
pub(super) fn text_header(name: &'static str, text: &str) -> EventHeader {
    EventHeader::new(name, EventHeaderValue::String(text.to_owned().into()))
}

/// Reads the value of a member from its header. A whole number may have another width than its member's.
pub(super) fn read(member: &'static Member, value: &EventHeaderValue) -> Result<Value, EventProblem> {
    let integer = |number: i64| Some(Value::from(number));
    let read = match (member.target.shape_type, value) {
        (ShapeType::Boolean, EventHeaderValue::Bool(value)) => Some(Value::Boolean(*value)),
        (shape_type, EventHeaderValue::Byte(number)) if is_integer(shape_type) => integer((*number).into()),
        (shape_type, EventHeaderValue::Int16(number)) if is_integer(shape_type) => integer((*number).into()),
        (shape_type, EventHeaderValue::Int32(number)) if is_integer(shape_type) => integer((*number).into()),
        (shape_type, EventHeaderValue::Int64(number)) if is_integer(shape_type) => integer(*number),
        (ShapeType::Blob, EventHeaderValue::ByteArray(bytes)) => Some(Value::Blob(Blob(bytes.to_vec()))),
        (ShapeType::String | ShapeType::Enum, EventHeaderValue::String(text)) => Some(Value::from(text.as_str())),
        (ShapeType::Timestamp, EventHeaderValue::Timestamp(time)) => {
            Some(Value::Timestamp(Timestamp::new(time.secs(), time.subsec_nanos())))
        }
        _ => None,
    };
    let expected = member.target.shape_type.name();
    read.ok_or_else(|| EventProblem::HeaderType { header: member.name.to_owned(), expected })
}

fn is_integer(shape_type: ShapeType) -> bool {
    matches!(shape_type, ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum | ShapeType::Long)
}

/// Writes the value of a member as its header.
pub(super) fn write(member: &'static Member, value: &Value) -> Result<EventHeader, WriteError> {
    let unbindable = || WriteError::Unbindable(member.name);
    let value = match (member.target.shape_type, value) {
        (_, Value::Boolean(value)) => EventHeaderValue::Bool(*value),
        (shape_type, Value::Number(Number::Integer(number))) => {
            let number = *number;
            let header = match shape_type {
                ShapeType::Byte => i8::try_from(number).map(EventHeaderValue::Byte),
                ShapeType::Short => i16::try_from(number).map(EventHeaderValue::Int16),
                ShapeType::Integer | ShapeType::IntEnum => i32::try_from(number).map(EventHeaderValue::Int32),
                _ => Ok(EventHeaderValue::Int64(number)),
            };
            header.map_err(|_| unbindable())?
        }
        (_, Value::Blob(bytes)) => EventHeaderValue::ByteArray(bytes.to_vec().into()),
        (_, Value::String(text)) => EventHeaderValue::String(text.clone().into()),
        (_, Value::Timestamp(time)) => {
            let nanos = time.subsecond_nanos();
            EventHeaderValue::Timestamp(EventTimestamp::from_secs_and_nanos(time.seconds(), nanos))
        }
        _ => return Err(unbindable()),
    };
    Ok(EventHeader::new(member.name, value))
}
