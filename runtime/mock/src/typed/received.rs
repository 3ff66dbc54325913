//! Requests that were received.

use whitesmith_schema::{EventUnion, Timestamp, TypedOperation, Value, from_value};

use crate::engine::Engine;

/// A request that was received.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReceivedRequest<I> {
    /// Counted from 1, over all requests of the mock.
    pub number: u64,
    /// When it came.
    pub at: Timestamp,
    /// Its input.
    pub input: I,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The request id of the answer.
    pub request_id: String,
    /// The events of its stream.
    events: Vec<Value>,
}

impl<I> ReceivedRequest<I> {
    /// Returns the events of its stream, without errors; none for an operation whose input has no stream of events.
    pub fn events<E: EventUnion>(&self) -> Vec<E> {
        let is_event = |name: &str| E::SCHEMA.member(name).is_some_and(|member| member.target.error.is_none());
        let of_model =
            |event: &&Value| event.as_map().is_some_and(|event| event.iter().any(|(name, _)| is_event(name)));
        self.events.iter().filter(of_model).filter_map(|event| from_value(event.clone()).ok()).collect()
    }
}

/// Returns the requests of an operation that are still in the journal, oldest first, without those that were refused before
/// their input was read.
pub(crate) fn received<O: TypedOperation>(engine: &Engine) -> Vec<ReceivedRequest<O::Input>> {
    let Some((index, _)) = engine.operation(O::OPERATION.name) else { return Vec::new() };
    let state = engine.state();
    let of_operation = state.journal.iter().filter(|entry| entry.operation == Some(index));
    of_operation
        .filter_map(|entry| {
            let mut input = engine.recorded_input(entry)?;
            let events = O::OPERATION.input_events().and_then(|stream| input.remove(stream.name));
            Some(ReceivedRequest {
                number: entry.number,
                at: entry.at,
                input: from_value(Value::Map(input)).ok()?,
                events: events.and_then(|events| events.as_list().map(<[Value]>::to_vec)).unwrap_or_default(),
                status: entry.status,
                request_id: entry.request_id.to_string(),
            })
        })
        .collect()
}
