//! Events to messages.

use whitesmith_codec::event_stream::EventMessage;
use whitesmith_codec::{Codec, WriteOptions};
use whitesmith_schema::{EventBinding, Member, Schema, SerializeMembers, ShapeType, Structure, Value, ValueMap};

use super::header::{
    self, CONTENT_TYPE, ERROR_CODE, ERROR_MESSAGE, EVENT_TYPE, EXCEPTION_TYPE, INITIAL_REQUEST, INITIAL_RESPONSE,
    MESSAGE_TYPE, text_header,
};
use super::protocol::{EventProtocol, WriteResult};
use crate::WriteError;

/// Writes an event, or an error, of a stream of `union`'s events: a map with the union's member as its only entry.
///
/// # Errors
/// If the value is not an event of the union, or cannot be put on the wire.
pub fn write_event<P: EventProtocol>(union: &'static Schema, event: &ValueMap) -> WriteResult {
    let not_an_event = || WriteError::Event(union.id);
    let mut entries = event.iter();
    let (Some((name, Value::Map(members))), None) = (entries.next(), entries.next()) else {
        return Err(not_an_event());
    };
    let member = union.member(name).ok_or_else(not_an_event)?;
    let (kind, type_header) = match member.target.error {
        Some(_) => ("exception", EXCEPTION_TYPE),
        None => ("event", EVENT_TYPE),
    };
    let (media_type, payload) = write_payload::<P>(member.target, members)?;
    let mut message = EventMessage::new(payload)
        .add_header(text_header(MESSAGE_TYPE, kind))
        .add_header(text_header(type_header, member.name));
    if let Some(media_type) = media_type {
        message = message.add_header(text_header(CONTENT_TYPE, media_type));
    }
    for (name, value) in members.iter().filter(|(_, value)| **value != Value::Null) {
        if let Some(member) = member.target.member(name).filter(|it| it.event_binding() == Some(EventBinding::Header)) {
            message = message.add_header(header::write(member, value)?);
        }
    }
    Ok(message)
}

/// Writes an error that the model does not have.
#[must_use]
pub fn write_error(code: &str, message: &str) -> EventMessage {
    EventMessage::new(&b""[..])
        .add_header(text_header(MESSAGE_TYPE, "error"))
        .add_header(text_header(ERROR_CODE, code))
        .add_header(text_header(ERROR_MESSAGE, message))
}

/// Writes the members of an input beside the stream as an event. `None` where the protocol binds them to the HTTP request,
/// or there are none.
///
/// # Errors
/// If a value cannot be put on the wire.
pub fn write_initial_request<P: EventProtocol>(
    input: &impl SerializeMembers,
    options: &WriteOptions<'_>,
) -> Result<Option<EventMessage>, WriteError> {
    write_initial::<P>(INITIAL_REQUEST, input, options)
}

/// Writes the members of an output beside the stream as an event, as [`write_initial_request`] does for an input.
///
/// # Errors
/// If a value cannot be put on the wire.
pub fn write_initial_response<P: EventProtocol>(
    output: &impl SerializeMembers,
) -> Result<Option<EventMessage>, WriteError> {
    write_initial::<P>(INITIAL_RESPONSE, output, &WriteOptions::default())
}

fn write_initial<P: EventProtocol>(
    name: &'static str,
    value: &impl SerializeMembers,
    options: &WriteOptions<'_>,
) -> Result<Option<EventMessage>, WriteError> {
    if !has_initial_event::<P>(value.schema()) {
        return Ok(None);
    }
    let message = EventMessage::new(P::EventCodec::write(value, options)?)
        .add_header(text_header(MESSAGE_TYPE, "event"))
        .add_header(text_header(EVENT_TYPE, name))
        .add_header(text_header(CONTENT_TYPE, P::EVENT_MEDIA_TYPE));
    Ok(Some(message))
}

/// Whether members of an input or output travel in an event of their own.
#[must_use]
pub fn has_initial_event<P: EventProtocol>(schema: &'static Schema) -> bool {
    P::HAS_INITIAL_EVENTS && !schema.members.iter().all(Member::is_event_stream)
}

/// Returns the payload with its media type; none for an event without one.
fn write_payload<P: EventProtocol>(
    event: &'static Schema,
    members: &ValueMap,
) -> Result<(Option<&'static str>, Vec<u8>), WriteError> {
    let Some(member) = event.members.iter().find(|member| member.event_binding() == Some(EventBinding::Payload)) else {
        if event.members.iter().all(|member| member.event_binding().is_some()) {
            return Ok((None, Vec::new()));
        }
        let is_in_document = |name: &str| event.member(name).is_some_and(|member| member.event_binding().is_none());
        let document = members.iter().filter(|(name, _)| is_in_document(name));
        let document = document.map(|(name, value)| (name, value.clone())).collect();
        let document = Structure { schema: event, members: &document };
        return Ok((Some(P::EVENT_MEDIA_TYPE), P::EventCodec::write(&document, &WriteOptions::default())?));
    };
    let value = members.get(member.name).filter(|value| **value != Value::Null);
    let media_type = |default| Some(member.media_type().unwrap_or(default));
    Ok(match (member.target.shape_type, value) {
        (ShapeType::Blob, Some(Value::Blob(bytes))) => (media_type("application/octet-stream"), bytes.to_vec()),
        (ShapeType::String | ShapeType::Enum, Some(Value::String(text))) => {
            (media_type("text/plain"), text.as_bytes().to_vec())
        }
        (_, None) => (None, Vec::new()),
        (_, Some(value)) => {
            let payload = P::EventCodec::write_value(member, value, &WriteOptions::default())?;
            (Some(P::EVENT_MEDIA_TYPE), payload)
        }
    })
}
