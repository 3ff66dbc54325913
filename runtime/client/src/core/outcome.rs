//! Outcomes: the output or the error that a call returns.

use http::Response;
use whitesmith_protocol::ReceivedResponse;

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
            return read.output(self.operation, received(&response), options).map_err(|source| {
                let (parts, body) = response.into_parts();
                let request_id = request_id(&parts.headers);
                let body = body.into_bytes();
                let error = ResponseError { status: parts.status, source, request_id, headers: parts.headers, body };
                CallError::Response(Box::new(error)).into()
            });
        };
        let schema = summary.index.and_then(|index| self.operation.errors.get(index));
        // An error whose members cannot be read is still an error with its code and message.
        let kind =
            schema.and_then(|schema| read.error(self.service, schema, received(&response), options).ok().flatten());
        let (parts, body) = response.into_parts();
        Err(Error::Service(Box::new(ServiceError {
            code: summary.code,
            message: summary.message,
            request_id: summary.request_id,
            status: parts.status,
            retryable: classification.retryable,
            throttling: classification.throttling,
            attempts: self.attempts,
            kind,
            headers: parts.headers,
            body: body.into_bytes(),
        })))
    }
}

fn received(response: &Response<Payload>) -> ReceivedResponse<'_> {
    ReceivedResponse { status: response.status(), headers: response.headers(), body: response.body().received() }
}
