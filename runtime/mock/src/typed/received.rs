//! Requests that were received.

use whitesmith_schema::{Timestamp, TypedOperation, Value, from_value};

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
}

/// Returns the requests of an operation that are still in the journal, oldest first, without those that were refused before
/// their input was read.
pub(crate) fn received<O: TypedOperation>(engine: &Engine) -> Vec<ReceivedRequest<O::Input>> {
    let Some((index, _)) = engine.operation(O::OPERATION.name) else { return Vec::new() };
    let state = engine.state();
    let of_operation = state.journal.iter().filter(|entry| entry.operation == Some(index));
    of_operation
        .filter_map(|entry| {
            Some(ReceivedRequest {
                number: entry.number,
                at: entry.at,
                input: from_value(Value::Map(engine.recorded_input(entry)?)).ok()?,
                status: entry.status,
                request_id: entry.request_id.to_string(),
            })
        })
        .collect()
}
