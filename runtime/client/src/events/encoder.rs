//! Events to pieces of a request.

use std::fmt;

use bytes::Bytes;
use whitesmith_protocol::WriteError;
use whitesmith_protocol::event_stream::{EventMessage, EventProtocol, write_event, write_frame};
use whitesmith_schema::{EventUnion, SerializeMembers as _, Value, ValueMap, to_value};

use crate::error::{BoxError, InputError};
use crate::signing::EventSigner;

type Write = fn(&ValueMap) -> Result<EventMessage, WriteError>;

/// Writes the events of a request, signed if the request is.
pub(crate) struct EventEncoder<E: EventUnion> {
    write: Write,
    /// Names the member of an error.
    to_event: fn(Result<E, E::Error>) -> ValueMap,
    signer: Option<EventSigner>,
}

impl<E: EventUnion> fmt::Debug for EventEncoder<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventEncoder").field("is_signed", &self.signer.is_some()).finish_non_exhaustive()
    }
}

impl<E: EventUnion> EventEncoder<E> {
    pub fn new<P: EventProtocol>() -> Self {
        Self { write: |event| write_event::<P>(E::SCHEMA, event), to_event: members_of::<E>, signer: None }
    }

    /// Signs what follows.
    pub fn sign(&mut self, signer: Option<EventSigner>) {
        self.signer = signer;
    }

    /// Writes an event, or an error, which ends the stream.
    pub fn event(&mut self, event: Result<E, E::Error>) -> Result<Bytes, BoxError> {
        let message = (self.write)(&(self.to_event)(event)).map_err(InputError::from)?;
        self.message(message)
    }

    /// Writes a message.
    pub fn message(&mut self, message: EventMessage) -> Result<Bytes, BoxError> {
        let message = match &mut self.signer {
            Some(signer) => signer.sign(&message)?,
            None => message,
        };
        Ok(write_frame(&message)?.into())
    }

    /// Writes the end of the stream: an empty signed message, or nothing.
    pub fn finish(&mut self) -> Result<Option<Bytes>, BoxError> {
        let Some(mut signer) = self.signer.take() else { return Ok(None) };
        Ok(Some(write_frame(&signer.sign_end()?)?.into()))
    }
}

/// An event as the union's map with one entry.
fn members_of<E: EventUnion>(event: Result<E, E::Error>) -> ValueMap {
    match event {
        Ok(event) => match to_value(&event) {
            Value::Map(members) => members,
            _ => ValueMap::new(),
        },
        Err(error) => {
            let member = E::SCHEMA.members.iter().find(|member| std::ptr::eq(member.target, error.schema()));
            member.map(|member| (member.name, to_value(&error))).into_iter().collect()
        }
    }
}
