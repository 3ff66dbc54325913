//! Custom request handlers.

use std::sync::Arc;

use whitesmith_schema::TypedOperation;

use super::expectation::respond;
use crate::call::Handler;

/// Answers calls of an operation with a typed function; `None` leaves a call to the mock.
pub(crate) fn handler<O: TypedOperation>(
    answer: impl Fn(O::Input) -> Option<Result<O::Output, O::Error>> + Send + Sync + 'static,
) -> Handler {
    Arc::new(move |call| Some(respond(call, &answer(call.input::<O>()?)?)))
}
