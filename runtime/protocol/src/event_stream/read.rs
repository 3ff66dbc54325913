//! Messages to events.

use whitesmith_codec::event_stream::{EventMessage, EventProblem};
use whitesmith_codec::{Codec, Dynamic, ReadOptions, Seed};
use whitesmith_schema::{Blob, EventBinding, Member, Schema, ShapeType, Value, ValueMap};

use super::header::{
    self, ERROR_CODE, ERROR_MESSAGE, EVENT_TYPE, EXCEPTION_TYPE, INITIAL_REQUEST, INITIAL_RESPONSE, MESSAGE_TYPE,
    required_text, text,
};
use super::protocol::EventProtocol;

/// What a message of a stream carries.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ReceivedEvent {
    /// An event of the model.
    Event {
        /// The union's member.
        member: &'static Member,
        /// Its value.
        value: Value,
    },
    /// An event that the model does not have.
    Unknown(String),
    /// The members beside the stream, which [`read_initial`] reads.
    Initial,
    /// An error of the model, which ends the stream.
    Exception {
        /// The union's member.
        member: &'static Member,
        /// Its value.
        value: Value,
        /// The message, if it has one.
        message: Option<String>,
    },
    /// An error that the model does not have, which ends the stream.
    Error {
        /// The code.
        code: String,
        /// The message, if there is one.
        message: Option<String>,
    },
}

/// Reads a message of a stream of `union`'s events.
///
/// # Errors
/// If a header is missing or has another type than its member, or the payload does not match its shape.
pub fn read_event<P: EventProtocol>(
    union: &'static Schema,
    message: &EventMessage,
    options: ReadOptions,
) -> Result<ReceivedEvent, EventProblem> {
    match required_text(message, MESSAGE_TYPE)? {
        "event" => {
            let name = required_text(message, EVENT_TYPE)?;
            let Some(member) = union.member(name) else {
                return Ok(match name {
                    INITIAL_REQUEST | INITIAL_RESPONSE => ReceivedEvent::Initial,
                    name => ReceivedEvent::Unknown(name.to_owned()),
                });
            };
            let value = Value::Map(read_members::<P>(member.target, message, options)?);
            Ok(ReceivedEvent::Event { member, value })
        }
        "exception" => {
            let name = required_text(message, EXCEPTION_TYPE)?;
            let text = error_message::<P>(message, options);
            match union.member(name) {
                Some(member) => {
                    let value = Value::Map(read_members::<P>(member.target, message, options)?);
                    Ok(ReceivedEvent::Exception { member, value, message: text })
                }
                None => Ok(ReceivedEvent::Error { code: name.to_owned(), message: text }),
            }
        }
        "error" => Ok(ReceivedEvent::Error {
            code: text(message, ERROR_CODE)?.unwrap_or_default().to_owned(),
            message: text(message, ERROR_MESSAGE)?.map(str::to_owned),
        }),
        other => Err(EventProblem::UnknownMessageType(other.to_owned())),
    }
}

/// Reads the members beside a stream from the message that [`read_event`] took for [`ReceivedEvent::Initial`].
///
/// # Errors
/// If the payload does not match the shape.
pub fn read_initial<P: EventProtocol, S: Seed>(
    message: &EventMessage,
    options: ReadOptions,
    seed: S,
) -> Result<S::Value, EventProblem> {
    P::EventCodec::read(message.payload(), options, seed).map_err(EventProblem::Payload)
}

fn read_members<P: EventProtocol>(
    event: &'static Schema,
    message: &EventMessage,
    options: ReadOptions,
) -> Result<ValueMap, EventProblem> {
    let bound_to = |binding| event.members.iter().filter(move |member| member.event_binding() == Some(binding));
    let mut members = match bound_to(EventBinding::Payload).next() {
        Some(member) => [(member.name, read_payload::<P>(member, message.payload(), options)?)].into_iter().collect(),
        None if event.members.iter().all(|member| member.event_binding().is_some()) => ValueMap::new(),
        None => match P::EventCodec::read(message.payload(), options, Dynamic(event)).map_err(EventProblem::Payload)? {
            Value::Map(members) => members,
            _ => ValueMap::new(),
        },
    };
    for member in bound_to(EventBinding::Header) {
        let header = message.headers().iter().find(|header| header.name().as_str() == member.name);
        if let Some(header) = header {
            members.insert(member.name, header::read(member, header.value())?);
        }
    }
    Ok(members)
}

/// Reads the value of the member that is the whole payload.
fn read_payload<P: EventProtocol>(
    member: &'static Member,
    payload: &[u8],
    options: ReadOptions,
) -> Result<Value, EventProblem> {
    match member.target.shape_type {
        ShapeType::Blob => Ok(Value::Blob(Blob(payload.to_vec()))),
        ShapeType::String | ShapeType::Enum => match str::from_utf8(payload) {
            Ok(text) => Ok(Value::from(text)),
            Err(error) => {
                let problem = whitesmith_codec::ReadProblem::NotUtf8;
                let error = whitesmith_codec::ReadError::new(problem, error.valid_up_to(), Some(member));
                Err(EventProblem::Payload(error))
            }
        },
        _ => P::EventCodec::read_value(payload, options, member).map_err(EventProblem::Payload),
    }
}

/// The message that an exception's document has, whatever its shape.
fn error_message<P: EventProtocol>(message: &EventMessage, options: ReadOptions) -> Option<String> {
    let mut found = None;
    // What was found before the payload turned out to be malformed still counts.
    let _ = P::EventCodec::read_strings(message.payload(), options, |key, text| {
        if matches!(key, "message" | "Message") {
            found = Some(text);
        }
    });
    found
}
