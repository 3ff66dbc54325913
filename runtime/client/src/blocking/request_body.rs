//! Bodies of streaming requests.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::body::Body;
#[cfg(feature = "checksums")]
use crate::checksum::BodyDigest;
use crate::error::{TransportError, TransportErrorKind};

/// Bytes that are read at a time.
#[cfg(feature = "checksums")]
const PIECE: usize = 64 * 1024;

/// The body of a streaming request.
///
/// Bytes and files can be read again, so that a failed attempt is retried. A reader is read once, and its request is
/// sent once.
pub struct RequestBody {
    source: Source,
    length: Option<u64>,
}

enum Source {
    Bytes(Bytes),
    File(PathBuf),
    Reader(Option<Box<dyn Read + Send>>),
}

impl RequestBody {
    /// Creates a body of a file, which is read while it is sent.
    ///
    /// # Errors
    /// When the file's length cannot be determined.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let length = Some(std::fs::metadata(&path)?.len());
        Ok(Self { source: Source::File(path), length })
    }

    /// Creates a body of a reader. Without a length it is sent in chunks, which not every service takes.
    pub fn from_reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self { source: Source::Reader(Some(Box::new(reader))), length }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether the body can be read again.
    pub fn is_replayable(&self) -> bool {
        !matches!(self.source, Source::Reader(_))
    }

    /// Feeds a digest with the whole body.
    #[cfg(feature = "checksums")]
    pub(super) fn digest(&mut self, mut digest: BodyDigest) -> Result<BodyDigest, TransportError> {
        if let Source::Bytes(bytes) = &self.source {
            digest.update(bytes);
            return Ok(digest);
        }
        let mut body = self.open()?.take(self.length.unwrap_or(u64::MAX));
        let mut buffer = vec![0; PIECE];
        loop {
            let count = body.read(&mut buffer).map_err(source_error)?;
            match buffer.get(..count).filter(|piece| !piece.is_empty()) {
                Some(piece) => digest.update(piece),
                None => return Ok(digest),
            }
        }
    }

    /// Returns the body from its beginning.
    pub(super) fn open(&mut self) -> Result<Body, TransportError> {
        match &mut self.source {
            Source::Bytes(bytes) => Ok(Body::Bytes(bytes.clone())),
            Source::File(path) => Ok(Body::from_reader(File::open(path).map_err(source_error)?, self.length)),
            Source::Reader(reader) => {
                let reader = reader.take().ok_or(TransportErrorKind::RequestBody)?;
                Ok(Body::Reader { reader, length: self.length })
            }
        }
    }
}

fn source_error(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody, error)
}

impl<B: Into<Bytes>> From<B> for RequestBody {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        Self { length: Some(bytes.len() as u64), source: Source::Bytes(bytes) }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").field("length", &self.length).finish_non_exhaustive()
    }
}
