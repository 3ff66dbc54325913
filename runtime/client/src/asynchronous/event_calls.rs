//! Calls with streams of events.

use whitesmith_protocol::WriteOptions;
use whitesmith_protocol::event_stream::{EventProtocol, write_initial_request};
use whitesmith_schema::{EventUnion, TypedOperation};

use super::Client;
use super::events::{EventInput, EventReceiver};
use super::request_body::RequestBody;
use crate::error::{CallError, Error, InputError};
use crate::events::{EventDecoder, Head, ReadEventOutput};
use crate::protocol::ClientProtocol as _;
use crate::result::ReadTyped;

impl Client {
    /// Calls an operation whose input has a stream of events. The events follow while the future is awaited.
    ///
    /// Neither the time limits of attempts nor those of reading apply: the caller decides when the next event comes. The
    /// request is sent once.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn send_events<P: EventProtocol, O: TypedOperation, I: EventUnion>(
        &self,
        input: &O::Input,
        events: EventInput<I>,
    ) -> Result<O::Output, Error<O::Error>> {
        let mut call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        call.stream_request(None, false);
        let mut body = self.event_body::<P, O, I>(input, events)?;
        let (answer, _) = self.exchange(&mut call, Some(&mut body)).await?;
        call.finish(&ReadTyped::<O>::new(P::half()), answer)
    }

    /// Calls an operation whose output has a stream of events, and returns the stream beside the output.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn receive_events<P: EventProtocol, O: TypedOperation, E: EventUnion>(
        &self,
        input: &O::Input,
    ) -> Result<(O::Output, EventReceiver<E>), Error<O::Error>> {
        self.call_events::<P, O, E>(input, None).await
    }

    /// Calls an operation whose input and output have a stream of events, as [`send_events`](Self::send_events) and
    /// [`receive_events`](Self::receive_events) do. The service decides whether it answers before the last event.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn exchange_events<P: EventProtocol, O: TypedOperation, I: EventUnion, E: EventUnion>(
        &self,
        input: &O::Input,
        events: EventInput<I>,
    ) -> Result<(O::Output, EventReceiver<E>), Error<O::Error>> {
        let body = self.event_body::<P, O, I>(input, events)?;
        self.call_events::<P, O, E>(input, Some(body)).await
    }

    async fn call_events<P: EventProtocol, O: TypedOperation, E: EventUnion>(
        &self,
        input: &O::Input,
        mut body: Option<RequestBody>,
    ) -> Result<(O::Output, EventReceiver<E>), Error<O::Error>> {
        let mut call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        call.stream_response();
        if body.is_some() {
            call.stream_request(None, false);
        }
        let (answer, body) = self.exchange(&mut call, body.as_mut()).await?;
        let (status, headers) = (answer.0.status(), answer.0.headers().clone());
        let output = call.finish(&ReadEventOutput::<P, O>::default(), answer)?;
        let head = Head { status, headers, attempts: call.attempts() };
        let decoder = EventDecoder::new::<P>(head, self.core.read_options());
        let mut events = EventReceiver::new(decoder, body);
        let output = match output {
            Some(output) => output,
            None => {
                let initial = events.initial().await;
                events.decoder().output::<P, _>(initial.as_ref())?
            }
        };
        Ok((output, events))
    }

    /// The body of a request, which begins with the members beside the stream where the protocol does not bind them.
    fn event_body<P: EventProtocol, O: TypedOperation, I: EventUnion>(
        &self,
        input: &O::Input,
        events: EventInput<I>,
    ) -> Result<RequestBody, CallError> {
        let token = self.core.idempotency_token(O::OPERATION);
        let options = WriteOptions { idempotency_token: token.as_deref(), ..WriteOptions::default() };
        let initial = write_initial_request::<P>(input, &options).map_err(InputError::from)?;
        Ok(events.into_body::<P>(initial))
    }
}
