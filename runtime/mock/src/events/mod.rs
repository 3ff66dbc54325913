//! Streams of events: those of a request are read, those of a response are written.
//!
//! In values, a stream is a list of events at its member; an event is the union's map with one entry. An error ends the
//! stream: one of the union, or one that is not in the model, at [`ERROR`].

#[cfg(feature = "event-stream")]
mod incoming;
#[cfg(feature = "event-stream")]
mod support;

#[cfg(feature = "event-stream")]
pub(crate) use support::WithEvents;

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

    /// Begins an exchange of events; `None` for an operation whose events do not go both ways.
    fn exchange(operation: &'static Operation) -> Option<Box<dyn Exchange>> {
        let _ = operation;
        None
    }
}

/// Events of one request and its response, read and written one by one.
pub(crate) trait Exchange: Send {
    /// Takes further bytes of the request.
    fn push(&mut self, bytes: &[u8]);

    /// Returns the next event that has come as a whole.
    fn next(&mut self) -> Result<Option<ValueMap>, BoxError>;

    /// Checks that the request does not end inside an event.
    fn finish(&self) -> Result<(), BoxError>;

    /// Writes an event of the response, and says whether it ends the stream.
    fn write(&self, event: &ValueMap) -> Result<(Vec<u8>, bool), WriteError>;
}

/// An error that is not in the model as an event.
pub(crate) fn unmodeled_error(code: &str, message: &str) -> ValueMap {
    let error = [("code", Value::from(code)), ("message", Value::from(message))];
    [(ERROR, Value::Map(error.into_iter().collect()))].into_iter().collect()
}

/// A service without streams of events.
pub(crate) struct WithoutEvents;

impl<P: Protocol> EventSupport<P> for WithoutEvents {}

/// Takes the events out of an input or output.
pub(crate) fn without_events(schema: &'static Schema, members: &ValueMap) -> ValueMap {
    let is_event_stream = |name: &str| schema.member(name).is_some_and(Member::is_event_stream);
    members.iter().filter(|(name, _)| !is_event_stream(name)).map(|(name, value)| (name, value.clone())).collect()
}
