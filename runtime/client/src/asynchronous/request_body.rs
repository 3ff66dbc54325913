//! Bodies of streaming requests.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::body::Body;
#[cfg(feature = "checksums")]
use crate::checksum::BodyDigest;
use crate::error::{TransportError, TransportErrorKind};

/// The body of a streaming request.
///
/// Bytes and files can be read again, so that a failed attempt is retried. A reader or a stream is read once, and its
/// request is sent once.
pub struct RequestBody {
    source: Source,
    length: Option<u64>,
}

enum Source {
    Bytes(Bytes),
    File(PathBuf),
    Stream(Option<Body>),
    #[cfg(feature = "event-stream")]
    Opener(Option<Opener>),
}

/// Creates a body from what an attempt's request carries beside its headers.
#[cfg(feature = "event-stream")]
pub(super) type Opener = Box<dyn FnOnce(&mut http::Extensions) -> Body + Send>;

impl RequestBody {
    /// Creates a body of a file, which is read while it is sent.
    ///
    /// # Errors
    /// When the file's length cannot be determined.
    pub async fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let length = Some(tokio::fs::metadata(&path).await?.len());
        Ok(Self { source: Source::File(path), length })
    }

    /// Creates a body of a reader. Without a length it is sent in chunks, which not every service takes.
    pub fn from_reader(reader: impl AsyncRead + Send + Unpin + 'static, length: Option<u64>) -> Self {
        Self::from_stream(ReaderBody::new(reader, length))
    }

    /// Creates a body of a stream of frames, whose size hint gives the length.
    pub fn from_stream(body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self { length: body.size_hint().exact(), source: Source::Stream(Some(Body::from_stream(body))) }
    }

    /// Creates a body that depends on the request.
    #[cfg(feature = "event-stream")]
    pub(super) fn from_opener(opener: Opener) -> Self {
        Self { length: None, source: Source::Opener(Some(opener)) }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether the body can be read again.
    pub fn is_replayable(&self) -> bool {
        matches!(self.source, Source::Bytes(_) | Source::File(_))
    }

    /// Feeds a digest with the whole body.
    #[cfg(feature = "checksums")]
    pub(super) async fn digest(&mut self, mut digest: BodyDigest) -> Result<BodyDigest, TransportError> {
        let mut body = self.open(&mut http::Extensions::new()).await?;
        while let Some(piece) = body.next().await {
            digest.update(&piece?);
        }
        Ok(digest)
    }

    /// Returns the body of a request from its beginning.
    pub(super) async fn open(&mut self, extensions: &mut http::Extensions) -> Result<Body, TransportError> {
        // Only events depend on the request.
        let _ = &extensions;
        match &mut self.source {
            Source::Bytes(bytes) => Ok(Body::Bytes(bytes.clone())),
            Source::File(path) => {
                let file = File::open(path).await.map_err(source_error)?;
                Ok(Body::from_stream(ReaderBody::new(file, self.length)))
            }
            Source::Stream(body) => Ok(body.take().ok_or(TransportErrorKind::RequestBody)?),
            #[cfg(feature = "event-stream")]
            Source::Opener(opener) => {
                let open = opener.take().ok_or(TransportErrorKind::RequestBody)?;
                Ok(open(extensions))
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

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Sends what a reader gives.
struct ReaderBody<R> {
    reader: R,
    /// How many bytes are still to come, if the length is known.
    remaining: Option<u64>,
    buffer: BytesMut,
}

impl<R> ReaderBody<R> {
    fn new(reader: R, length: Option<u64>) -> Self {
        Self { reader, remaining: length, buffer: BytesMut::new() }
    }
}

impl<R: AsyncRead + Unpin> HttpBody for ReaderBody<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        if this.remaining == Some(0) {
            return Poll::Ready(None);
        }
        let limit = this.remaining.and_then(|remaining| remaining.try_into().ok()).unwrap_or(PIECE).min(PIECE);
        this.buffer.resize(limit, 0);
        let mut buffer = ReadBuf::new(&mut this.buffer);
        if Pin::new(&mut this.reader).poll_read(context, &mut buffer).map_err(source_error)?.is_pending() {
            return Poll::Pending;
        }
        let count = buffer.filled().len();
        match (count, &mut this.remaining) {
            (0, None) => Poll::Ready(None),
            (0, Some(_)) => Poll::Ready(Some(Err(source_error(io::ErrorKind::UnexpectedEof.into())))),
            (count, remaining) => {
                if let Some(remaining) = remaining {
                    *remaining = remaining.saturating_sub(count as u64);
                }
                Poll::Ready(Some(Ok(Frame::data(this.buffer.split_to(count).freeze()))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining.map(SizeHint::with_exact).unwrap_or_default()
    }
}
