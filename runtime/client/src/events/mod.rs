//! Streams of events without I/O: pieces of a response to events, and events to pieces of a request.

mod decoder;
#[cfg(feature = "asynchronous")]
mod encoder;

pub(crate) use decoder::{EventDecoder, Head, Next, NextResult, ReadEventOutput};
#[cfg(feature = "asynchronous")]
pub(crate) use encoder::EventEncoder;
