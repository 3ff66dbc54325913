//! Which protocols carry events, and how.

use whitesmith_codec::Codec;

use crate::http_binding::{self, HttpBinding};
use crate::rpc::{self, Rpc};
use crate::{Protocol, WriteError};

/// A protocol that carries events. Those whose requests are forms do not.
pub trait EventProtocol: Protocol {
    /// The format of the documents in events.
    type EventCodec: Codec;

    /// The media type of the documents in events.
    const EVENT_MEDIA_TYPE: &'static str;

    /// Whether the members beside a stream are an event, `initial-request` or `initial-response`, instead of being bound to
    /// the HTTP message.
    const HAS_INITIAL_EVENTS: bool;
}

impl<D: rpc::Dialect> EventProtocol for Rpc<D> {
    type EventCodec = D::Codec;

    const EVENT_MEDIA_TYPE: &'static str = D::EVENT_MEDIA_TYPE;
    const HAS_INITIAL_EVENTS: bool = true;
}

impl<D: http_binding::Dialect> EventProtocol for HttpBinding<D> {
    type EventCodec = D::Codec;

    const EVENT_MEDIA_TYPE: &'static str = D::MEDIA_TYPE;
    const HAS_INITIAL_EVENTS: bool = false;
}

pub(super) type WriteResult = Result<whitesmith_codec::event_stream::EventMessage, WriteError>;
