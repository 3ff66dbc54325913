//! Exchanges of events: answers that begin before their request has ended.

use bytes::Bytes;
use whitesmith_schema::{Operation, Structure, Value, ValueMap};

use super::clock::now;
use super::exchange::{Answer, Incoming, Reaction};
use super::journal::Recorded;
use super::service::Engine;
use crate::call::Call;
use crate::events::{Exchange, unmodeled_error};
use crate::fault::InjectedFault;
use crate::rule::EventAnswer;
use crate::wire::Response;

/// An exchange that is in progress.
pub(crate) struct Exchanging {
    pub(crate) events: Box<dyn Exchange>,
    operation: &'static Operation,
    answer: EventAnswer,
    /// The journal's number of the request.
    number: u64,
    problem: Option<Box<str>>,
}

/// A piece of the response's body, and whether it is the last.
pub(crate) type Written = (Bytes, bool);

impl Engine {
    /// Begins to answer a request whose body is still to come, if an expectation says so and no fault is injected.
    pub(crate) fn begin_exchange(&self, request: &Incoming<'_>) -> Option<(Reaction, Exchanging)> {
        let closure = self.definition.closure;
        let operation = self.responder.protocol.half().route(closure, request.received()).ok()?;
        let events = self.responder.protocol.half().exchange(operation)?;
        let index = closure.operations.iter().position(|known| std::ptr::eq(*known, operation))?;
        if self.faults().iter().len() > 0 {
            return None;
        }
        let (expectation, delay, output, answer) = self.rules().take_exchange(index)?;
        let response = self.responder.output(operation, &output);
        let answered = Answer { response, delay, expectation: Some(expectation), problem: None };
        let (reaction, number) = self.finish(request, Some(index), answered, InjectedFault::default(), now());
        Some((reaction, Exchanging { events, operation, answer, number, problem: None }))
    }

    /// Answers an exchange whose request was read to its end.
    pub(super) fn exchange_whole(&self, call: &Call<'_>, mut output: ValueMap, answer: &EventAnswer) -> Response {
        let sent = call.operation.input_events().and_then(|stream| call.members()?.remove(stream.name));
        let sent = sent.as_ref().and_then(Value::as_list).unwrap_or_default();
        let turns = sent.iter().filter_map(Value::as_map).map(Some).chain([None]);
        if let Some(stream) = call.operation.output_events() {
            output.insert(stream.name, Value::List(turns.flat_map(|event| answer(event)).map(Value::Map).collect()));
        }
        self.responder.output(call.operation, &output)
    }

    /// Completes the journal's entry of an exchange.
    pub(crate) fn end_exchange(&self, exchanging: &mut Exchanging, path: &str, received: &[u8], sent: &[u8]) {
        let recorded = Recorded::new(path, received, sent);
        self.state().journal.complete(exchanging.number, recorded, exchanging.problem.take());
    }
}

impl Exchanging {
    /// Takes bytes of the request, and returns what answers the events that they complete.
    pub(crate) fn receive(&mut self, bytes: &[u8]) -> Vec<Written> {
        self.events.push(bytes);
        let mut written = Vec::new();
        loop {
            match self.events.next() {
                Ok(Some(event)) => {
                    let invalid = self.check(&event);
                    let events = invalid.map_or_else(|| (self.answer)(Some(&event)), |error| vec![error]);
                    if !self.write(events, &mut written) {
                        return written;
                    }
                }
                Ok(None) => return written,
                Err(error) => {
                    self.refuse("SerializationException", &error.to_string(), &mut written);
                    return written;
                }
            }
        }
    }

    /// Ends the request, and returns the rest of the response.
    pub(crate) fn end(&mut self) -> Vec<Written> {
        let mut written = Vec::new();
        match self.events.finish() {
            Ok(()) => drop(self.write((self.answer)(None), &mut written)),
            Err(error) => self.refuse("SerializationException", &error.to_string(), &mut written),
        }
        written
    }

    /// Ends the response of a request that takes too long.
    pub(crate) fn give_up(&mut self) -> Vec<Written> {
        let mut written = Vec::new();
        self.refuse("RequestTimeout", "no event came in time", &mut written);
        written
    }

    /// Returns the error for an event that breaks the model's constraints.
    fn check(&mut self, event: &ValueMap) -> Option<ValueMap> {
        let schema = self.operation.input_events()?.target;
        let is_modelled = event.iter().all(|(name, _)| schema.member(name).is_some());
        let violations = whitesmith_validation::validate(&Structure { schema, members: event }).err()?;
        let message = violations.to_string();
        let error = is_modelled.then(|| unmodeled_error("ValidationException", &message))?;
        self.problem = Some(message.into());
        Some(error)
    }

    /// Writes events; returns whether further ones may follow.
    fn write(&mut self, events: Vec<ValueMap>, written: &mut Vec<Written>) -> bool {
        for event in events {
            match self.events.write(&event) {
                Ok((bytes, is_last)) => {
                    written.push((bytes.into(), is_last));
                    if is_last {
                        return false;
                    }
                }
                Err(error) => {
                    self.refuse("InternalFailure", &error.to_string(), written);
                    return false;
                }
            }
        }
        true
    }

    fn refuse(&mut self, code: &str, message: &str, written: &mut Vec<Written>) {
        self.problem = Some(message.into());
        let error = self.events.write(&unmodeled_error(code, message));
        written.push((error.map(|(bytes, _)| bytes.into()).unwrap_or_default(), true));
    }
}
