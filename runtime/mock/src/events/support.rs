//! Services with streams of events.

use whitesmith_protocol::event_stream::{
    EventMessage, EventProtocol, write_error, write_event, write_frame, write_initial_response,
};
use whitesmith_protocol::{Dynamic, ReadOptions, ReceivedBody, ReceivedRequest, WriteError};
use whitesmith_schema::{Operation, Schema, Structure, Value, ValueMap};

use super::incoming::{IncomingEvent, IncomingEvents};
use super::{BoxError, ERROR, EventSupport, Exchange, without_events};

/// A service with streams of events.
pub(crate) struct WithEvents;

impl<P: EventProtocol> EventSupport<P> for WithEvents {
    fn read_input(operation: &'static Operation, request: ReceivedRequest<'_>) -> Result<Value, BoxError> {
        let options = ReadOptions::SERVER;
        let Some(stream) = operation.input_events() else {
            return Ok(P::read_input(operation, request, options, Dynamic(operation.input))?);
        };
        let mut input = None;
        let mut events = Vec::new();
        let mut incoming = IncomingEvents::<P>::new(operation.input, stream.target);
        incoming.push(request.body.bytes());
        while let Some(event) = incoming.next()? {
            match event {
                IncomingEvent::Initial(initial) => input = Some(initial),
                IncomingEvent::Event(event) => events.push(Value::Map(event)),
            }
        }
        incoming.finish()?;
        let input = match input {
            Some(input) => input,
            None => {
                let head = ReceivedRequest { body: ReceivedBody::Stream, ..request };
                P::read_input(operation, head, options, Dynamic(operation.input))?
            }
        };
        let Value::Map(mut members) = input else { return Ok(input) };
        members.insert(stream.name, Value::List(events));
        Ok(Value::Map(members))
    }

    fn write_events(operation: &'static Operation, output: &ValueMap) -> Result<Vec<u8>, WriteError> {
        let Some(stream) = operation.output_events() else { return Ok(Vec::new()) };
        let members = without_events(operation.output, output);
        let initial = Structure { schema: operation.output, members: &members };
        let mut frames = Vec::new();
        if let Some(message) = write_initial_response::<P>(&initial)? {
            frames.extend(frame(&message)?);
        }
        for event in output.get(stream.name).and_then(Value::as_list).unwrap_or_default() {
            let Value::Map(event) = event else { return Err(WriteError::Event(stream.target.id)) };
            let (written, is_last) = outgoing::<P>(stream.target, event)?;
            frames.extend(written);
            if is_last {
                break;
            }
        }
        Ok(frames)
    }

    fn exchange(operation: &'static Operation) -> Option<Box<dyn Exchange>> {
        let (input, output) = (operation.input_events()?, operation.output_events()?);
        let incoming = IncomingEvents::<P>::new(operation.input, input.target);
        Some(Box::new(BothWays { incoming, output: output.target }))
    }
}

/// An exchange of events.
struct BothWays<P> {
    incoming: IncomingEvents<P>,
    /// The union of the response's events.
    output: &'static Schema,
}

impl<P: EventProtocol> Exchange for BothWays<P> {
    fn push(&mut self, bytes: &[u8]) {
        self.incoming.push(bytes);
    }

    fn next(&mut self) -> Result<Option<ValueMap>, BoxError> {
        loop {
            match self.incoming.next()? {
                Some(IncomingEvent::Event(event)) => return Ok(Some(event)),
                Some(IncomingEvent::Initial(_)) => {}
                None => return Ok(None),
            }
        }
    }

    fn finish(&self) -> Result<(), BoxError> {
        self.incoming.finish()
    }

    fn write(&self, event: &ValueMap) -> Result<(Vec<u8>, bool), WriteError> {
        outgoing::<P>(self.output, event)
    }
}

/// Writes an event of a response, and says whether it ends the stream.
fn outgoing<P: EventProtocol>(union: &'static Schema, event: &ValueMap) -> Result<(Vec<u8>, bool), WriteError> {
    if let Some(Value::Map(error)) = event.get(ERROR) {
        let text = |name| error.get(name).and_then(Value::as_str).unwrap_or_default();
        return Ok((frame(&write_error(text("code"), text("message")))?, true));
    }
    let is_error = |name: &str| union.member(name).is_some_and(|member| member.target.error.is_some());
    Ok((frame(&write_event::<P>(union, event)?)?, event.iter().any(|(name, _)| is_error(name))))
}

fn frame(message: &EventMessage) -> Result<Vec<u8>, WriteError> {
    write_frame(message).map_err(|error| WriteError::Frame(error.to_string()))
}
