//! Outcomes: the output or the error that a call returns.

use http::{HeaderMap, HeaderName, Response};
use whitesmith_protocol::{ErrorSummary, ReceivedBody, ReceivedResponse};

use super::attempt::Call;
use crate::error::{CallError, Error, ResponseError, ServiceError};
use crate::payload::Payload;
use crate::result::ReadResult;
use crate::retry::Classification;

/// Headers that services send the request's id in.
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// An error that a response carries, and what it means for further attempts.
#[derive(Debug)]
pub struct Reported {
    pub(super) summary: ErrorSummary,
    pub(super) classification: Classification,
}

/// The last response of a call, with the error that it carries.
pub type Answer = (Response<Payload>, Option<Reported>);

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
        let schema = summary.index.and_then(|index| Some((index, *self.operation.errors.get(index)?)));
        // An error whose members cannot be read is still an error with its code and message.
        let kind = schema.and_then(|(index, schema)| {
            read.error(self.service, index, schema, received(&response), options).ok().flatten()
        });
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
    ReceivedResponse { status: response.status(), headers: response.headers(), body: received_body(response.body()) }
}

/// Returns a body as protocols read it.
pub(super) fn received_body(payload: &Payload) -> ReceivedBody<'_> {
    payload.bytes().map_or(ReceivedBody::Stream, |bytes| ReceivedBody::Bytes(bytes))
}

/// Returns the id that the service gave the request.
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = REQUEST_IDS.iter().find_map(|name| headers.get(name))?;
    value.to_str().ok().map(str::to_owned)
}
