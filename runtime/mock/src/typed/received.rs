//! Requests that were received.

use whitesmith_schema::{Timestamp, TypedOperation};

use super::expectation::read_back;
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
    /// The request id that the answer carried.
    pub request_id: String,
}

/// The requests of an operation that are still in the log, oldest first. Those whose body is no input are left out.
pub(crate) fn received<O: TypedOperation>(engine: &Engine) -> Vec<ReceivedRequest<O::Input>> {
    let Some((index, _)) = engine.operation(O::OPERATION.name) else { return Vec::new() };
    let state = engine.state();
    let of_operation = state.journal.iter().filter(|entry| entry.operation == Some(index));
    of_operation
        .filter_map(|entry| {
            Some(ReceivedRequest {
                number: entry.number,
                at: entry.at,
                input: read_back::<O>(entry.bodies.request())?,
                status: entry.status,
                request_id: entry.request_id.to_string(),
            })
        })
        .collect()
}
