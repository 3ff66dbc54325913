//! Events of a request, as its bytes come.

use std::marker::PhantomData;

use whitesmith_protocol::event_stream::{
    EventMessage, EventProtocol, EventReader, ReceivedEvent, read_event, read_initial,
};
use whitesmith_protocol::{Dynamic, ReadOptions};
use whitesmith_schema::{Schema, Value, ValueMap};

use super::{BoxError, unmodeled_error};

/// Reads the events of a request.
pub(super) struct IncomingEvents<P> {
    input: &'static Schema,
    union: &'static Schema,
    reader: EventReader,
    /// Whether an event has come.
    has_begun: bool,
    has_ended: bool,
    protocol: PhantomData<fn() -> P>,
}

/// What an event of a request carries.
pub(super) enum IncomingEvent {
    /// The members of the input beside the stream.
    Initial(Value),
    /// A member of the union, or an error that is not in the model.
    Event(ValueMap),
}

impl<P: EventProtocol> IncomingEvents<P> {
    pub(super) fn new(input: &'static Schema, union: &'static Schema) -> Self {
        let reader = EventReader::new(EventReader::DEFAULT_LIMIT);
        Self { input, union, reader, has_begun: false, has_ended: false, protocol: PhantomData }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes);
    }

    /// Returns the next event that has come as a whole.
    pub(super) fn next(&mut self) -> Result<Option<IncomingEvent>, BoxError> {
        if self.has_ended {
            return Ok(None);
        }
        let Some(message) = self.reader.next_event()? else { return Ok(None) };
        let Some(message) = unsigned(message)? else {
            self.has_ended = true;
            return Ok(None);
        };
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let options = ReadOptions::SERVER;
        let received = read_event::<P>(self.union, &message, options);
        Ok(Some(match received.map_err(|problem| self.reader.error_in_last(problem))? {
            ReceivedEvent::Event { member, value } | ReceivedEvent::Exception { member, value, .. } => {
                IncomingEvent::Event([(member.name, value)].into_iter().collect())
            }
            ReceivedEvent::Initial if is_first => {
                let read = read_initial::<P, _>(&message, options, Dynamic(self.input));
                IncomingEvent::Initial(read.map_err(|problem| self.reader.error_in_last(problem))?)
            }
            ReceivedEvent::Initial => return Err("the initial request is not the first event".into()),
            ReceivedEvent::Unknown(name) => return Err(format!("unknown event `{name}`").into()),
            ReceivedEvent::Error { code, message } => {
                IncomingEvent::Event(unmodeled_error(&code, &message.unwrap_or_default()))
            }
            _ => return Err("unknown kind of event".into()),
        }))
    }

    /// Checks that no event is cut off.
    pub(super) fn finish(&self) -> Result<(), BoxError> {
        if self.has_ended { Ok(()) } else { Ok(self.reader.finish()?) }
    }
}

/// Takes an event out of a signed message; `None` for the one that ends a signed stream. Signatures of events are not
/// verified.
fn unsigned(message: EventMessage) -> Result<Option<EventMessage>, BoxError> {
    if !message.headers().iter().any(|header| header.name().as_str() == ":chunk-signature") {
        return Ok(Some(message));
    }
    if message.payload().is_empty() {
        return Ok(None);
    }
    let mut inner = EventReader::new(EventReader::DEFAULT_LIMIT);
    inner.push(message.payload());
    let event = inner.next_event()?;
    inner.finish()?;
    Ok(event)
}
