//! Bodies of the blocking client.

use std::fmt;
use std::io::{self, Read};

use bytes::{Buf, Bytes};

use crate::error::{TransportError, TransportErrorKind};

/// A request's or a response's body: bytes, or a reader for a body that is not held in memory.
pub enum Body {
    /// The whole body.
    Bytes(Bytes),
    /// A body that is read piece by piece.
    Reader {
        /// The source. Its errors may carry a [`TransportError`].
        reader: Box<dyn Read + Send>,
        /// The length in bytes, if it is known.
        length: Option<u64>,
    },
}

impl Body {
    /// Creates a body from a reader.
    pub fn from_reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self::Reader { reader: Box::new(reader), length }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Reader { length, .. } => *length,
        }
    }

    /// Reads the whole body.
    ///
    /// # Errors
    /// When the transport fails, or the body is longer than `limit` bytes.
    pub fn collect(self, limit: u64) -> Result<Bytes, TransportError> {
        let too_large = || TransportError::from(TransportErrorKind::TooLarge(limit));
        // A body that is announced as too large need not be read.
        if self.length().is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Reader { reader, length } => {
                let mut bytes = Vec::with_capacity(length.and_then(|length| length.try_into().ok()).unwrap_or(0));
                reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(read_error)?;
                if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes.into()) }
            }
        }
    }
}

/// Returns the error of the transport that an I/O error carries, or else says that the connection broke.
pub(super) fn read_error(error: io::Error) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => error,
        Err(error) => TransportError::new(TransportErrorKind::Broken, error),
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bytes(bytes) => {
                let count = bytes.len().min(buffer.len());
                bytes.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
                Ok(count)
            }
            Self::Reader { reader, .. } => reader.read(buffer),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(unknown length)"),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self::Bytes(bytes.into())
    }
}
