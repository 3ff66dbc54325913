//! Malformed requests, as a server answers them.

use http::{Method, StatusCode};
use whitesmith_protocol::{Protocol, ReadOptions, ReceivedRequest, Response, WriteError};
use whitesmith_schema::{Closure, Structure, TypedOperation, Value, ValueMap};
use whitesmith_validation::{Violations, validate};

use crate::case::{Failure, MalformedCase, path_and_query};
use crate::{compare, headers};

impl MalformedCase {
    /// Sends the request to a server, and compares the response.
    ///
    /// # Errors
    /// What differs.
    pub fn check<P: Protocol, O: TypedOperation>(&self, closure: &'static Closure) -> Result<(), Failure> {
        let method = Method::try_from(self.method).map_err(|error| Failure::step("the case's method", &error))?;
        let path = path_and_query(self.uri, self.query);
        let headers = headers::received(self.headers)?;
        let request = ReceivedRequest::new(&method, &path, &headers, self.body.as_bytes());
        let refusal = refuse::<P, O>(closure, request).map_err(|error| Failure::step("the error", &error))?;
        let Some(response) = refusal else { return Err(Failure("the request is not refused".to_owned())) };
        if StatusCode::from_u16(self.code).ok() != Some(response.status()) {
            return Err(Failure::differs("the status", &self.code, &response.status()));
        }
        headers::check(self.response_headers, &[], &[], response.headers())?;
        let body = response.body().as_bytes();
        self.response_body.map_or(Ok(()), |contents| compare::body(contents, self.response_media_type, body))
    }
}

/// The response to a request that breaks the protocol or the model, in the order in which a server checks: route and
/// media types, the form of values, their constraints.
fn refuse<P: Protocol, O: TypedOperation>(
    closure: &'static Closure,
    request: ReceivedRequest<'_>,
) -> Result<Option<Response>, WriteError> {
    let operation = match P::route(closure, request) {
        Ok(operation) => operation,
        Err(error) => {
            return P::write_unmodeled_error(O::SERVICE, error.status(), error.code(), &error.to_string()).map(Some);
        }
    };
    let input = P::read_input(operation, request, ReadOptions::SERVER, whitesmith_protocol::Dynamic(operation.input));
    let input = match input {
        Ok(Value::Map(input)) => input,
        Ok(_) => ValueMap::new(),
        Err(error) => {
            let status = StatusCode::BAD_REQUEST;
            let message = error.to_string();
            return P::write_unmodeled_error(O::SERVICE, status, "SerializationException", &message).map(Some);
        }
    };
    let Err(violations) = validate(&Structure { schema: operation.input, members: &input }) else { return Ok(None) };
    let Some((_, schema)) = operation.error("ValidationException") else { return Ok(None) };
    P::write_error(O::SERVICE, &Structure { schema, members: &validation_error(&violations) }).map(Some)
}

/// The members of `smithy.framework#ValidationException`.
fn validation_error(violations: &Violations) -> ValueMap {
    let fields = violations.list.iter().map(|violation| {
        let path = ("path", Value::String(violation.path.pointer()));
        let message = ("message", Value::String(violation.to_string()));
        Value::Map([path, message].into_iter().collect())
    });
    let message = ("message", Value::String(violations.to_string()));
    [message, ("fieldList", Value::List(fields.collect()))].into_iter().collect()
}
