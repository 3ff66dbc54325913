//! Pieces of a response to events.

use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use whitesmith_protocol::event_stream::{
    EventMessage, EventProblem, EventProtocol, EventReader, ReceivedEvent, has_initial_event, read_event, read_initial,
};
use whitesmith_protocol::{ReadError, ReadOptions, ReceivedResponse, Typed};
use whitesmith_schema::{
    DeserializeMembers, Deserializer as _, EventUnion, Member, ModeledError as _, Operation, Schema, Service,
    TypedOperation, Value, ValueMap, ValueReader, from_value,
};

use crate::error::{CallError, Error, ServiceError};
use crate::protocol::ClientProtocol as _;
use crate::result::request_id;
use crate::result::{ReadResult, ReadTyped};

/// What errors of a stream say about the response that the stream belongs to.
#[derive(Debug)]
pub(crate) struct Head {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub attempts: u32,
}

/// What comes next in a stream.
#[derive(Debug)]
pub(crate) enum Next<E> {
    /// An event.
    Event(E),
    /// The members of the output beside the stream.
    Initial(EventMessage),
}

/// The result of looking for what comes next: `None` if more of the response is needed, or nothing follows.
pub(crate) type NextResult<E> = Result<Option<Next<E>>, Error<<E as EventUnion>::Error>>;

type Read = fn(&'static Schema, &EventMessage, ReadOptions) -> Result<ReceivedEvent, EventProblem>;

/// Reads the events of a response, whatever pieces it comes in. Behind an error there is nothing more.
#[derive(Debug)]
pub(crate) struct EventDecoder<E> {
    reader: EventReader,
    read: Read,
    options: ReadOptions,
    head: Head,
    has_ended: bool,
    types: PhantomData<fn() -> E>,
}

impl<E: EventUnion> EventDecoder<E> {
    pub fn new<P: EventProtocol>(head: Head, options: ReadOptions) -> Self {
        Self {
            reader: EventReader::new(EventReader::DEFAULT_LIMIT),
            read: read_event::<P>,
            options,
            head,
            has_ended: false,
            types: PhantomData,
        }
    }

    /// Takes the next piece of the response.
    pub fn push(&mut self, piece: &[u8]) {
        self.reader.push(piece);
    }

    /// Whether nothing more is read: after an error and after the end.
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Ends the stream: no event follows.
    ///
    /// # Errors
    /// If the stream ends inside an event.
    pub fn finish(&mut self) -> Result<(), CallError> {
        self.has_ended = true;
        self.reader.finish().map_err(CallError::Event)
    }

    /// Ends the stream after a failure of its transport.
    pub fn abort(&mut self) {
        self.has_ended = true;
    }

    /// Returns what comes next; `None` if another piece is needed.
    pub fn next(&mut self) -> NextResult<E> {
        let next = self.read_next();
        self.has_ended |= next.is_err();
        next
    }

    fn read_next(&mut self) -> NextResult<E> {
        let Some(message) = self.reader.next_event().map_err(CallError::Event)? else { return Ok(None) };
        let received = (self.read)(E::SCHEMA, &message, self.options).map_err(|problem| self.invalid(problem))?;
        match received {
            ReceivedEvent::Event { member, value } => {
                let event = [(member.name, value)].into_iter().collect::<ValueMap>();
                let event = from_value(Value::Map(event)).map_err(|error| self.invalid(EventProblem::Value(error)))?;
                Ok(Some(Next::Event(event)))
            }
            ReceivedEvent::Initial => Ok(Some(Next::Initial(message))),
            ReceivedEvent::Exception { member, value, message: text } => {
                Err(self.exception(member, value, text, message.payload()))
            }
            ReceivedEvent::Error { code, message: text } => Err(self.error(code, text, message.payload())),
            // A union without members is of an unknown one.
            _ => {
                let unknown = from_value(Value::Map(ValueMap::new()));
                Ok(Some(Next::Event(unknown.map_err(|error| self.invalid(EventProblem::Value(error)))?)))
            }
        }
    }

    /// Reads the members beside the stream, if the first message has them.
    pub fn output<P: EventProtocol, T: DeserializeMembers>(
        &self,
        initial: Option<&EventMessage>,
    ) -> Result<T, CallError> {
        let read = match initial {
            Some(message) => read_initial::<P, _>(message, self.options, Typed::new()),
            None => from_value(Value::Map(ValueMap::new())).map_err(EventProblem::Value),
        };
        read.map_err(|problem| self.invalid(problem))
    }

    /// The error for a problem with the last message.
    fn invalid(&self, problem: EventProblem) -> CallError {
        CallError::Event(self.reader.error_in_last(problem))
    }

    fn exception(
        &self,
        member: &'static Member,
        value: Value,
        text: Option<String>,
        payload: &Bytes,
    ) -> Error<E::Error> {
        let schema = member.target;
        // An error whose members cannot be read is still an error with its code and message.
        let kind = ValueReader::new(value)
            .structure_with(schema, |reader| E::Error::deserialize_error(schema, reader))
            .ok()
            .flatten();
        let retryable = schema.error.and_then(|error| error.retryable);
        Error::Service(Box::new(ServiceError {
            message: text.or_else(|| kind.as_ref().and_then(|kind| kind.message().map(str::to_owned))),
            retryable: retryable.is_some(),
            throttling: retryable == Some(true),
            kind,
            ..self.service_error(schema.name().to_owned(), payload)
        }))
    }

    fn error(&self, code: String, message: Option<String>, payload: &Bytes) -> Error<E::Error> {
        Error::Service(Box::new(ServiceError { message, ..self.service_error(code, payload) }))
    }

    fn service_error(&self, code: String, payload: &Bytes) -> ServiceError<E::Error> {
        ServiceError {
            code: Some(code).filter(|code| !code.is_empty()),
            message: None,
            request_id: request_id(&self.head.headers),
            status: self.head.status,
            retryable: false,
            throttling: false,
            attempts: self.head.attempts,
            kind: None,
            headers: self.head.headers.clone(),
            body: payload.clone(),
        }
    }
}

/// Reads the output of an operation with a stream of events; `None` where it is the stream's first event.
#[derive(Debug)]
pub(crate) struct ReadEventOutput<P, O>(ReadTyped<O>, PhantomData<fn() -> P>);

impl<P: EventProtocol, O> Default for ReadEventOutput<P, O> {
    fn default() -> Self {
        Self(ReadTyped::new(P::half()), PhantomData)
    }
}

impl<P: EventProtocol, O: TypedOperation> ReadResult for ReadEventOutput<P, O> {
    type Output = Option<O::Output>;
    type Error = O::Error;

    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Self::Output, ReadError> {
        if has_initial_event::<P>(<O::Output as DeserializeMembers>::SCHEMA) {
            return Ok(None);
        }
        self.0.output(operation, response, options).map(Some)
    }

    fn error(
        &self,
        service: &'static Service,
        schema: &'static Schema,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Option<O::Error>, ReadError> {
        self.0.error(service, schema, response, options)
    }
}
