//! The events of a response, one after the other.

use std::io::Read as _;

use whitesmith_client::blocking::Body;
use whitesmith_client::error::{Chain, TransportError};
use whitesmith_codec::Nulls;
use whitesmith_protocol::ReadOptions;
use whitesmith_protocol::event_stream::{
    DynamicEventProtocol, EventError, EventMessage, EventProblem, EventReader, ReceivedEvent,
};
use whitesmith_schema::{Operation, Schema, Value, ValueMap};

use super::client::{PreparedCall, transport_failure};
use super::response::{ProjectionError, project, project_output};
use super::service_error::service_failure;
use crate::failure::Failure;

/// Bytes that are read at a time.
const PIECE: usize = 16 * 1024;

/// The AWS CLI shows what the service sent, nulls included.
const OPTIONS: ReadOptions = ReadOptions { dense_nulls: Nulls::Keep, ..ReadOptions::CLIENT };

/// Reads the events of a response.
pub struct Events<'a> {
    call: &'a PreparedCall,
    operation: &'static Operation,
    union: &'static Schema,
    protocol: &'static dyn DynamicEventProtocol,
    reader: EventReader,
    body: Body,
}

impl<'a> Events<'a> {
    /// Starts to read a body.
    pub fn new(
        call: &'a PreparedCall,
        operation: &'static Operation,
        protocol: &'static dyn DynamicEventProtocol,
        body: Body,
    ) -> Self {
        let union = operation.output_events().map_or(operation.output, |member| member.target);
        Self { call, operation, union, protocol, reader: EventReader::new(EventReader::DEFAULT_LIMIT), body }
    }

    /// Returns the next event, as an object with its name, or the members beside the events, which come first if there
    /// are any.
    ///
    /// # Errors
    /// If an event is malformed, is an error of the service, or does not arrive.
    pub fn next(&mut self) -> Result<Option<Value>, Failure> {
        loop {
            if let Some(message) = self.reader.next_event().map_err(|error| invalid(&error))? {
                if let Some(value) = self.read(&message)? {
                    return Ok(Some(value));
                }
                continue;
            }
            let mut piece = [0; PIECE];
            match self.body.read(&mut piece) {
                Ok(0) => {
                    self.reader.finish().map_err(|error| invalid(&error))?;
                    return Ok(None);
                }
                Ok(count) => self.reader.push(piece.get(..count).unwrap_or_default()),
                Err(error) => {
                    let error = error.downcast::<TransportError>();
                    let failure = error.map(|error| transport_failure(&error, self.call.url()));
                    return Err(failure.unwrap_or_else(|error| Failure::general(error.to_string())));
                }
            }
        }
    }

    /// Reads a message; `None` if there is nothing to show of it.
    fn read(&self, message: &EventMessage) -> Result<Option<Value>, Failure> {
        let style = self.call.timestamp_style();
        let read = self.protocol.read_event(self.union, message, OPTIONS);
        match read.map_err(|problem| self.invalid(problem))? {
            ReceivedEvent::Event { member, value } => {
                project(event(member.name, value), self.union, style).map(Some).map_err(unexpected)
            }
            ReceivedEvent::Unknown(name) => {
                project(event(&name, Value::Map(ValueMap::new())), self.union, style).map(Some).map_err(unexpected)
            }
            ReceivedEvent::Initial => {
                let output = self.protocol.read_initial(self.operation.output, message, OPTIONS);
                let output = output.map_err(|problem| self.invalid(problem))?;
                let output = project_output(self.call.protocol(), output, self.operation.output, style);
                output.map(|output| Some(output).filter(|output| !is_empty(output))).map_err(unexpected)
            }
            ReceivedEvent::Exception { member, value, message } => {
                let members = match project(value, member.target, style) {
                    Ok(Value::Map(members)) => members,
                    _ => ValueMap::new(),
                };
                let code = member.target.name();
                Err(service_failure(self.operation, code, None, &message.unwrap_or_default(), members))
            }
            ReceivedEvent::Error { code, message } => {
                Err(service_failure(self.operation, &code, None, &message.unwrap_or_default(), ValueMap::new()))
            }
            _ => Ok(None),
        }
    }

    /// Creates the failure for a problem with the last message.
    fn invalid(&self, problem: EventProblem) -> Failure {
        invalid(&self.reader.error_in_last(problem))
    }
}

/// Whether a value is an object without members.
pub fn is_empty(value: &Value) -> bool {
    value.as_map().is_some_and(ValueMap::is_empty)
}

fn event(name: &str, value: Value) -> Value {
    Value::Map([(name, value)].into_iter().collect())
}

fn invalid(error: &EventError) -> Failure {
    Failure::general(format!("invalid response: {}", Chain(error)))
}

#[allow(clippy::needless_pass_by_value, reason = "it stands where closures would")]
fn unexpected(error: ProjectionError) -> Failure {
    Failure::general(error.to_string())
}
