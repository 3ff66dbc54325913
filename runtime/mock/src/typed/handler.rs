//! Custom request handlers.

use crate::wire::Response;
use whitesmith_schema::TypedOperation;

use super::expectation::respond;
use crate::Call;

/// Answers a call with a typed function; `None` if the function leaves it to the mock, or it is for another operation.
pub fn handle<O: TypedOperation>(
    call: &Call<'_>,
    answer: impl FnOnce(O::Input) -> Option<Result<O::Output, O::Error>>,
) -> Option<Response> {
    Some(respond(call, &answer(call.input::<O>()?)?))
}
