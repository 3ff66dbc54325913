//! Streams of events in requests and responses.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use hyper::body::{Body as HttpBody, Frame};
use tokio::sync::mpsc;
use whitesmith_protocol::event_stream::{EventMessage, EventProtocol};
use whitesmith_schema::EventUnion;

use super::body::Body;
use super::request_body::RequestBody;
use crate::error::{BoxError, Error, TransportError, TransportErrorKind};
use crate::events::{EventDecoder, EventEncoder, Next, NextResult};

/// The events of a response.
///
/// Dropping it ends the call: over HTTP/1.1 the connection is closed, over HTTP/2 the stream is reset.
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

    /// Returns the next event, or `None` at the end of the stream and after an error. An event that the model does not have
    /// is the union's variant `Unknown`.
    ///
    /// # Errors
    /// The error that ended the stream: one that the service sent, a malformed event, or a failure of the transport.
    pub async fn recv(&mut self) -> Result<Option<E>, Error<E::Error>> {
        std::future::poll_fn(|context| self.poll_recv(context)).await
    }

    fn poll_recv(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<E>, Error<E::Error>>> {
        if let Some(pending) = self.pending.take() {
            return Poll::Ready(pending.map(Some));
        }
        loop {
            match ready!(self.poll_next_part(context))? {
                Some(Next::Event(event)) => return Poll::Ready(Ok(Some(event))),
                // An output without members beside the stream.
                Some(Next::Initial(_)) => {}
                None => return Poll::Ready(Ok(None)),
            }
        }
    }

    fn poll_next_part(&mut self, context: &mut Context<'_>) -> Poll<NextResult<E>> {
        loop {
            if self.decoder.has_ended() {
                self.body = Body::default();
                return Poll::Ready(Ok(None));
            }
            if let Some(next) = self.decoder.next()? {
                return Poll::Ready(Ok(Some(next)));
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                // Trailers carry nothing that is read.
                Some(Ok(frame)) => frame.into_data().into_iter().for_each(|piece| self.decoder.push(&piece)),
                Some(Err(error)) => {
                    self.decoder.abort();
                    return Poll::Ready(Err(error.into()));
                }
                None => self.decoder.finish()?,
            }
        }
    }

    /// Returns the message with the members beside the stream, if it comes first.
    pub(super) async fn initial(&mut self) -> Option<EventMessage> {
        match std::future::poll_fn(|context| self.poll_next_part(context)).await {
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

/// Nothing in it is pinned.
impl<E: EventUnion> Unpin for EventReceiver<E> {}

impl<E: EventUnion> Stream for EventReceiver<E> {
    type Item = Result<E, Error<E::Error>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_recv(context).map(Result::transpose)
    }
}

/// The events of a request. They are sent as they come, and end with the stream that they come from.
///
/// ```
/// use whitesmith_client::asynchronous::EventInput;
/// # use whitesmith_schema::EventUnion;
/// # async fn example<E: EventUnion>(event: E) {
/// let (sender, input) = EventInput::<E>::channel(16);
/// // `input` is passed to the call.
/// sender.send(event).await.expect("the call reads its input");
/// # drop(input);
/// # }
/// ```
#[must_use]
pub struct EventInput<E: EventUnion>(BoxStream<E>);

/// A stream of events, which an error ends.
type BoxStream<E> = Pin<Box<dyn Stream<Item = Result<E, <E as EventUnion>::Error>> + Send>>;

impl<E: EventUnion> fmt::Debug for EventInput<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventInput")
    }
}

impl<E: EventUnion> EventInput<E> {
    /// Creates an input of a stream of events. One of the union's errors ends it.
    pub fn from_stream(events: impl Stream<Item = Result<E, E::Error>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }

    /// Creates an input of events that are there already.
    pub fn from_events<I>(events: I) -> Self
    where
        I: IntoIterator<Item = E>,
        I::IntoIter: Send + Unpin + 'static,
    {
        Self::from_stream(Ready(events.into_iter()))
    }

    /// Creates an input of the events that go into a channel, of which `capacity` wait to be sent.
    pub fn channel(capacity: usize) -> (EventSender<E>, Self) {
        let (sender, receiver) = mpsc::channel(capacity.max(1));
        (EventSender(sender), Self::from_stream(Received(receiver)))
    }

    /// Returns the body of a request, which begins with the members beside the stream.
    pub(super) fn into_body<P: EventProtocol>(self, initial: Option<EventMessage>) -> RequestBody {
        let body = EventBody { encoder: EventEncoder::new::<P>(), initial, events: Some(self.0) };
        RequestBody::from_opener(Box::new(|extensions| {
            let mut body = body;
            body.encoder.sign(extensions.remove());
            Body::from_stream(body)
        }))
    }
}

struct Ready<I>(I);

impl<E: EventUnion, I: Iterator<Item = E> + Unpin> Stream for Ready<I> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

struct Received<E: EventUnion>(mpsc::Receiver<Result<E, E::Error>>);

impl<E: EventUnion> Stream for Received<E> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// Sends events of a request. The request's stream ends when it and its clones are dropped.
pub struct EventSender<E: EventUnion>(mpsc::Sender<Result<E, E::Error>>);

impl<E: EventUnion> Clone for EventSender<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: EventUnion> fmt::Debug for EventSender<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSender").field("is_closed", &self.0.is_closed()).finish()
    }
}

/// The call does not read its input any more: it ended, or was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the call has ended")]
pub struct CallEnded;

impl<E: EventUnion> EventSender<E> {
    /// Sends an event, as soon as there is room for it.
    ///
    /// # Errors
    /// When the call has ended.
    pub async fn send(&self, event: E) -> Result<(), CallEnded> {
        self.0.send(Ok(event)).await.map_err(|_| CallEnded)
    }

    /// Ends the stream with one of the union's errors.
    ///
    /// # Errors
    /// When the call has ended.
    pub async fn fail(self, error: E::Error) -> Result<(), CallEnded> {
        self.0.send(Err(error)).await.map_err(|_| CallEnded)
    }
}

/// The body of a request that is a stream of events.
struct EventBody<E: EventUnion> {
    encoder: EventEncoder<E>,
    initial: Option<EventMessage>,
    /// `None` behind the last event.
    events: Option<BoxStream<E>>,
}

impl<E: EventUnion> EventBody<E> {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BoxError>> {
        if let Some(initial) = self.initial.take() {
            return Poll::Ready(self.encoder.message(initial).map(Some));
        }
        if let Some(events) = &mut self.events {
            if let Some(event) = ready!(events.as_mut().poll_next(context)) {
                if event.is_err() {
                    self.events = None;
                }
                return Poll::Ready(self.encoder.event(event).map(Some));
            }
            self.events = None;
        }
        Poll::Ready(self.encoder.finish())
    }
}

impl<E: EventUnion> HttpBody for EventBody<E> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let failed = |error| TransportError::new(TransportErrorKind::RequestBody, error);
        let piece = ready!(self.get_mut().poll_piece(context));
        Poll::Ready(piece.map_err(failed).map(|piece| piece.map(Frame::data)).transpose())
    }
}

/// Nothing in it is pinned.
impl<E: EventUnion> Unpin for EventBody<E> {}
