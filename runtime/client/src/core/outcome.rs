//! Outcomes: the output or the error that a call returns.

use std::convert::Infallible;

use http::Response;
use whitesmith_protocol::{ReadError, ReceivedResponse};

use super::attempt::{Answer, Call, Reported};
use crate::error::{CallError, Error, ResponseError, ServiceError};
use crate::payload::Payload;
use crate::result::{ReadResult, request_id};

impl Call<'_> {
    /// Reads the output, or the error, from the last response.
    ///
    /// # Errors
    /// The service's error, or a response that does not conform to the protocol.
    pub fn finish<R: ReadResult>(&self, read: &R, (response, error): Answer) -> Result<R::Output, Error<R::Error>> {
        let options = self.core.read_options();
        let Some(Reported { summary, classification }) = error else {
            self.check_response(&response).map_err(CallError::from)?;
            let output = read.output(self.operation, received(&response), options);
            return output.map_err(|source| unreadable(response, source).into());
        };
        let schema = summary.index.and_then(|index| self.operation.errors.get(index));
        // An error whose members cannot be read is still an error with its code and message.
        let kind =
            schema.and_then(|schema| read.error(self.service, schema, received(&response), options).ok().flatten());
        let error = self.service_error(response, Reported { summary, classification });
        Err(Error::Service(Box::new(error.with_kind(kind))))
    }

    /// Returns an error as the service reported it.
    fn service_error(&self, response: Response<Payload>, reported: Reported) -> ServiceError<Infallible> {
        let Reported { summary, classification } = reported;
        let (parts, body) = response.into_parts();
        ServiceError {
            code: summary.code,
            message: summary.message,
            request_id: summary.request_id,
            status: parts.status,
            retryable: classification.retryable,
            throttling: classification.throttling,
            attempts: self.attempts,
            kind: None,
            headers: parts.headers,
            body: body.into_bytes(),
        }
    }
}

/// Returns the error for a response that does not conform to the protocol.
fn unreadable(response: Response<Payload>, source: ReadError) -> CallError {
    let (parts, body) = response.into_parts();
    let request_id = request_id(&parts.headers);
    let body = body.into_bytes();
    CallError::Response(Box::new(ResponseError {
        status: parts.status,
        source,
        request_id,
        headers: parts.headers,
        body,
    }))
}

fn received(response: &Response<Payload>) -> ReceivedResponse<'_> {
    ReceivedResponse { status: response.status(), headers: response.headers(), body: response.body().received() }
}
