//! Streams of events: those of a request are read, those of a response are written.
//!
//! In values, a stream is a list of events at its member; an event is the union's map with one entry. An error ends the
//! stream: one of the union, or one that is not in the model, at [`ERROR`].

use whitesmith_protocol::{Dynamic, Protocol, ReadOptions, ReceivedRequest, WriteError};
use whitesmith_schema::{Member, Operation, Schema, Value, ValueMap};

/// The name at which an event is an error that is not in the model, with `code` and `message`.
pub(crate) const ERROR: &str = ":error";

/// An error of any kind.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Whether a mock's protocol carries events. A service without streams of events does without their code.
pub(crate) trait EventSupport<P: Protocol>: 'static {
    /// Reads an operation's input, its events included.
    fn read_input(operation: &'static Operation, request: ReceivedRequest<'_>) -> Result<Value, BoxError> {
        Ok(P::read_input(operation, request, ReadOptions::SERVER, Dynamic(operation.input))?)
    }

    /// Writes the events of an output.
    fn write_events(operation: &'static Operation, output: &ValueMap) -> Result<Vec<u8>, WriteError> {
        let _ = (operation, output);
        Ok(Vec::new())
    }
}

/// A service without streams of events.
pub(crate) struct WithoutEvents;

impl<P: Protocol> EventSupport<P> for WithoutEvents {}

/// Takes the events out of an input or output.
pub(crate) fn without_events(schema: &'static Schema, members: &ValueMap) -> ValueMap {
    let is_event_stream = |name: &str| schema.member(name).is_some_and(Member::is_event_stream);
    members.iter().filter(|(name, _)| !is_event_stream(name)).map(|(name, value)| (name, value.clone())).collect()
}

#[cfg(feature = "event-stream")]
pub(crate) use support::WithEvents;

#[cfg(feature = "event-stream")]
mod support {
    use whitesmith_protocol::event_stream::{
        EventMessage, EventProtocol, EventReader, ReceivedEvent, read_event, read_initial, write_error, write_event,
        write_frame, write_initial_response,
    };
    use whitesmith_protocol::{Dynamic, ReadOptions, ReceivedBody, ReceivedRequest, WriteError};
    use whitesmith_schema::{Operation, Schema, Structure, Value, ValueMap};

    use super::{BoxError, ERROR, EventSupport, without_events};

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
            let mut reader = EventReader::new(EventReader::DEFAULT_LIMIT);
            reader.push(request.body.bytes());
            while let Some(message) = reader.next_event()? {
                let Some(message) = unsigned(message)? else { break };
                let received = read_event::<P>(stream.target, &message, options);
                let event: ValueMap = match received.map_err(|problem| reader.error_in_last(problem))? {
                    ReceivedEvent::Event { member, value } | ReceivedEvent::Exception { member, value, .. } => {
                        [(member.name, value)].into_iter().collect()
                    }
                    ReceivedEvent::Initial if events.is_empty() && input.is_none() => {
                        let read = read_initial::<P, _>(&message, options, Dynamic(operation.input));
                        input = Some(read.map_err(|problem| reader.error_in_last(problem))?);
                        continue;
                    }
                    ReceivedEvent::Initial => return Err("the initial request is not the first event".into()),
                    ReceivedEvent::Unknown(name) => return Err(format!("unknown event `{name}`").into()),
                    ReceivedEvent::Error { code, message } => {
                        let message = message.unwrap_or_default();
                        let error = [("code", Value::from(code)), ("message", Value::from(message))];
                        [(ERROR, Value::Map(error.into_iter().collect()))].into_iter().collect()
                    }
                    _ => return Err("unknown kind of event".into()),
                };
                events.push(Value::Map(event));
            }
            reader.finish()?;
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
                if let Some(Value::Map(error)) = event.get(ERROR) {
                    let text = |name| error.get(name).and_then(Value::as_str).unwrap_or_default();
                    frames.extend(frame(&write_error(text("code"), text("message")))?);
                    break;
                }
                frames.extend(frame(&write_event::<P>(stream.target, event)?)?);
                if event.iter().any(|(name, _)| is_error(stream.target, name)) {
                    break;
                }
            }
            Ok(frames)
        }
    }

    fn is_error(union: &'static Schema, name: &str) -> bool {
        union.member(name).is_some_and(|member| member.target.traits.error.is_some())
    }

    fn frame(message: &EventMessage) -> Result<Vec<u8>, WriteError> {
        write_frame(message).map_err(|error| WriteError::Frame(error.to_string()))
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
}
