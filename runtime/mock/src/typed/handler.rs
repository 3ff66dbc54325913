//! Handlers that a user implements.

use crate::wire::Response;
use whitesmith_schema::TypedOperation;

use super::expectation::{write_error, write_output};
use crate::Call;

/// Lets a typed function answer a call of its operation; `None` where it leaves the call to the mock, or the call is for
/// another operation.
pub fn handle<O: TypedOperation>(
    call: &Call<'_>,
    answer: impl FnOnce(O::Input) -> Option<Result<O::Output, O::Error>>,
) -> Option<Response> {
    Some(match answer(call.input::<O>()?)? {
        Ok(output) => write_output::<O>(&output),
        Err(error) => write_error::<O>(&error),
    })
}
