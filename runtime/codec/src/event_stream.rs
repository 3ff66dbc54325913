//! Frames of event streams (`application/vnd.amazon.eventstream`).
//!
//! The format and its checksums are `aws-smithy-eventstream`'s. This module bounds what is buffered and says where in the
//! stream a frame is wrong.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
pub use aws_smithy_types::DateTime as EventTimestamp;
pub use aws_smithy_types::event_stream::{
    Header as EventHeader, HeaderValue as EventHeaderValue, Message as EventMessage,
};
use bytes::{Buf as _, Bytes, BytesMut};
use whitesmith_schema::FromValueError;

use crate::ReadError;

/// The length of a frame's first part: two lengths and their checksum.
const PRELUDE: usize = 12;
/// The length of the shortest frame: without headers and payload.
const SHORTEST: usize = PRELUDE + 4;

/// A received event that is malformed.
#[derive(Debug, thiserror::Error)]
#[error("event at byte {offset}: {problem}")]
pub struct EventError {
    /// Where the frame begins, in bytes from the start of the stream.
    pub offset: u64,
    /// What is wrong with it.
    pub problem: EventProblem,
}

/// What is wrong with an event.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EventProblem {
    /// The frame is longer than the reader allows.
    #[error("{length} bytes exceed the limit of {limit} bytes")]
    TooLong {
        /// The length that the frame states.
        length: u32,
        /// The greatest length that the reader allows.
        limit: u32,
    },
    /// The length that the frame states is shorter than any frame.
    #[error("invalid length of {0} bytes")]
    InvalidLength(u32),
    /// The stream ends inside the frame.
    #[error("unexpected end of the stream")]
    Truncated,
    /// A checksum, a header or a length is wrong.
    #[error(transparent)]
    Invalid(aws_smithy_eventstream::error::Error),
    /// A header that every event of its kind has is missing.
    #[error("missing header `{0}`")]
    MissingHeader(&'static str),
    /// A header has another type than its member.
    #[error("header `{header}`: expected {expected}")]
    HeaderType {
        /// The header's name.
        header: String,
        /// The expected type.
        expected: &'static str,
    },
    /// The header `:message-type` has an unknown value.
    #[error("unknown message type `{0}`")]
    UnknownMessageType(String),
    /// The payload is not in the protocol's format, or does not match its shape.
    #[error("payload: {0}")]
    Payload(ReadError),
    /// The members do not match their shape.
    #[error(transparent)]
    Value(FromValueError),
}

/// Cuts a stream into its messages, whatever pieces it comes in.
///
/// ```
/// use whitesmith_codec::event_stream::{EventHeader, EventHeaderValue, EventMessage, EventReader, write_event};
///
/// let message = EventMessage::new(&b"payload"[..])
///     .add_header(EventHeader::new(":event-type", EventHeaderValue::String("Chunk".into())));
/// let frame = write_event(&message)?;
///
/// let mut reader = EventReader::new(EventReader::DEFAULT_LIMIT);
/// reader.push(&frame[..10]);
/// assert_eq!(reader.next_event()?, None);
/// reader.push(&frame[10..]);
/// assert_eq!(reader.next_event()?, Some(message));
/// reader.finish()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct EventReader {
    buffer: BytesMut,
    /// Where the buffer begins in the stream.
    offset: u64,
    /// Where the last message begins in the stream.
    last: u64,
    limit: u32,
}

impl EventReader {
    /// The greatest length of a frame that AWS services send, 16 MiB of payload and 128 KiB of headers, with some room.
    pub const DEFAULT_LIMIT: u32 = 24 * 1024 * 1024;

    /// Starts a stream whose frames have at most `limit` bytes.
    pub fn new(limit: u32) -> Self {
        Self { buffer: BytesMut::new(), offset: 0, last: 0, limit }
    }

    /// Takes the next piece of the stream.
    pub fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// Returns the next message; `None` if more of the stream is needed.
    ///
    /// # Errors
    /// If the frame is malformed or too long. The rest of the stream has no meaning then.
    pub fn next_event(&mut self) -> Result<Option<EventMessage>, EventError> {
        let Some(length) = self.buffer.first_chunk().map(|length| u32::from_be_bytes(*length)) else {
            return Ok(None);
        };
        if length > self.limit {
            return Err(self.error(EventProblem::TooLong { length, limit: self.limit }));
        }
        let frame_len = usize::try_from(length).unwrap_or(usize::MAX);
        if frame_len < SHORTEST {
            return Err(self.error(EventProblem::InvalidLength(length)));
        }
        if self.buffer.len() < frame_len {
            return Ok(None);
        }
        let mut frame: Bytes = self.buffer.split_to(frame_len).freeze();
        let read = read_message_from(&mut frame);
        let message = read.map_err(|error| self.error(EventProblem::Invalid(error)))?;
        // Bytes that neither header nor payload accounts for.
        if frame.has_remaining() {
            return Err(self.error(EventProblem::InvalidLength(length)));
        }
        self.last = self.offset;
        self.offset = self.offset.saturating_add(u64::from(length));
        Ok(Some(message))
    }

    /// Checks that the stream does not end inside a frame.
    ///
    /// # Errors
    /// If it does.
    pub fn finish(&self) -> Result<(), EventError> {
        if self.buffer.is_empty() { Ok(()) } else { Err(self.error(EventProblem::Truncated)) }
    }

    /// Returns the error for a problem with the message that was returned last.
    #[cold]
    #[must_use]
    pub fn error_in_last(&self, problem: EventProblem) -> EventError {
        EventError { offset: self.last, problem }
    }

    #[cold]
    fn error(&self, problem: EventProblem) -> EventError {
        EventError { offset: self.offset, problem }
    }
}

/// An event that the format cannot hold: a header or the whole is too long.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct FrameError(aws_smithy_eventstream::error::Error);

/// Writes a message as a frame.
///
/// # Errors
/// If a header or the message is too long for the format.
pub fn write_event(message: &EventMessage) -> Result<Vec<u8>, FrameError> {
    let mut frame = Vec::with_capacity(message.payload().len().saturating_add(SHORTEST));
    write_message_to(message, &mut frame).map_err(FrameError)?;
    Ok(frame)
}
