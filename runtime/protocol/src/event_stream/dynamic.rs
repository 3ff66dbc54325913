//! Events for programs that work on dynamic values.

use std::fmt;
use std::marker::PhantomData;

use whitesmith_codec::event_stream::{EventMessage, EventProblem};
use whitesmith_codec::{Dynamic, ReadOptions};
use whitesmith_schema::{Schema, Value};

use super::protocol::EventProtocol;
use super::read::{ReceivedEvent, read_event, read_initial};

/// An [`EventProtocol`] behind a reference, for events that are known from their schemas alone.
#[allow(missing_docs, reason = "the methods are the functions of the module")]
#[allow(clippy::missing_errors_doc, reason = "the methods are the functions of the module")]
pub trait DynamicEventProtocol: Send + Sync + fmt::Debug {
    fn read_event(
        &self,
        union: &'static Schema,
        message: &EventMessage,
        options: ReadOptions,
    ) -> Result<ReceivedEvent, EventProblem>;

    fn read_initial(
        &self,
        output: &'static Schema,
        message: &EventMessage,
        options: ReadOptions,
    ) -> Result<Value, EventProblem>;
}

/// The dynamic counterpart of a protocol's events.
#[must_use]
pub const fn dynamic_events<P: EventProtocol>() -> &'static dyn DynamicEventProtocol {
    &Erased::<P>(PhantomData)
}

struct Erased<P>(PhantomData<fn() -> P>);

impl<P: EventProtocol> fmt::Debug for Erased<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        P::ID.fmt(f)
    }
}

impl<P: EventProtocol> DynamicEventProtocol for Erased<P> {
    fn read_event(
        &self,
        union: &'static Schema,
        message: &EventMessage,
        options: ReadOptions,
    ) -> Result<ReceivedEvent, EventProblem> {
        read_event::<P>(union, message, options)
    }

    fn read_initial(
        &self,
        output: &'static Schema,
        message: &EventMessage,
        options: ReadOptions,
    ) -> Result<Value, EventProblem> {
        read_initial::<P, _>(message, options, Dynamic(output))
    }
}
