//! Streams of events in responses.

use std::fmt;
use std::io::Read as _;

use whitesmith_protocol::event_stream::{EventMessage, EventProtocol};
use whitesmith_schema::{EventUnion, TypedOperation};

use super::Client;
use super::body::{Body, read_error};
use crate::error::Error;
use crate::events::{EventDecoder, Head, Next, NextResult, ReadEventOutput};
use crate::protocol::ClientProtocol as _;

/// A call's output, and the events beside it.
type Received<O, E> = (<O as TypedOperation>::Output, EventReceiver<E>);

impl Client {
    /// Calls an operation whose output has a stream of events, and returns the stream beside the output.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub fn receive_events<P: EventProtocol, O: TypedOperation, E: EventUnion>(
        &self,
        input: &O::Input,
    ) -> Result<Received<O, E>, Error<O::Error>> {
        let mut call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        call.stream_response();
        let (answer, body) = self.exchange(&mut call, None)?;
        let (status, headers) = (answer.0.status(), answer.0.headers().clone());
        let output = call.finish(&ReadEventOutput::<P, O>::default(), answer)?;
        let head = Head { status, headers, attempts: call.attempts() };
        let decoder = EventDecoder::new::<P>(head, self.core.read_options());
        let mut events = EventReceiver::new(decoder, body);
        let output = match output {
            Some(output) => output,
            None => {
                let initial = events.initial();
                events.decoder().output::<P, _>(initial.as_ref())?
            }
        };
        Ok((output, events))
    }
}

/// Bytes that are read at a time.
const PIECE: usize = 16 * 1024;

/// The events of a response, as an iterator, which ends after an error. An event that the model does not have is the
/// union's variant `Unknown`.
///
/// Dropping it closes the connection.
#[must_use]
pub struct EventReceiver<E: EventUnion> {
    decoder: EventDecoder<E>,
    body: Body,
    /// An event that was read while the members beside the stream were looked for.
    pending: Option<Result<E, Error<E::Error>>>,
}

impl<E: EventUnion> fmt::Debug for EventReceiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver").field("has_ended", &self.decoder.has_ended()).finish_non_exhaustive()
    }
}

impl<E: EventUnion> EventReceiver<E> {
    pub(super) fn new(decoder: EventDecoder<E>, body: Body) -> Self {
        Self { decoder, body, pending: None }
    }

    fn next_part(&mut self) -> NextResult<E> {
        loop {
            if self.decoder.has_ended() {
                self.body = Body::default();
                return Ok(None);
            }
            if let Some(next) = self.decoder.next()? {
                return Ok(Some(next));
            }
            let mut piece = [0; PIECE];
            match self.body.read(&mut piece) {
                Ok(0) => self.decoder.finish()?,
                Ok(count) => self.decoder.push(piece.get(..count).unwrap_or_default()),
                Err(error) => {
                    self.decoder.abort();
                    return Err(read_error(error).into());
                }
            }
        }
    }

    /// Returns the message with the members beside the stream, if it comes first.
    pub(super) fn initial(&mut self) -> Option<EventMessage> {
        match self.next_part() {
            Ok(Some(Next::Initial(message))) => return Some(message),
            Ok(Some(Next::Event(event))) => self.pending = Some(Ok(event)),
            Ok(None) => {}
            Err(error) => self.pending = Some(Err(error)),
        }
        None
    }

    pub(super) fn decoder(&self) -> &EventDecoder<E> {
        &self.decoder
    }
}

impl<E: EventUnion> Iterator for EventReceiver<E> {
    type Item = Result<E, Error<E::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(pending) = self.pending.take() {
            return Some(pending);
        }
        loop {
            match self.next_part().transpose()? {
                Ok(Next::Event(event)) => return Some(Ok(event)),
                // An output without members beside the stream.
                Ok(Next::Initial(_)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
