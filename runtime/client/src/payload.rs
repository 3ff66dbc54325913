//! Request and response bodies as the client's core sees them.

use bytes::Bytes;
use whitesmith_protocol::ReceivedBody;

/// A body: its bytes, or what is known of one that is streamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The whole body.
    Bytes(Bytes),
    /// A body that is not held in memory.
    Stream {
        /// Its length in bytes, if it is known.
        length: Option<u64>,
    },
}

impl Payload {
    /// Returns the bytes of a body that is held in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream { .. } => None,
        }
    }

    /// Returns the bytes of a body that is held in memory; none of another.
    pub fn into_bytes(self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream { .. } => Bytes::new(),
        }
    }

    /// Returns the body as protocols read it.
    pub(crate) fn received(&self) -> ReceivedBody<'_> {
        self.bytes().map_or(ReceivedBody::Stream, |bytes| ReceivedBody::Bytes(bytes))
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream { length } => *length,
        }
    }
}

impl Default for Payload {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}
