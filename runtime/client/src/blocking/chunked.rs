//! Bodies that are sent in the encoding `aws-chunked`.

use std::io::{self, Read};

use bytes::{Buf, Bytes};

use super::body::Body;
use crate::checksum::ChunkedEncoder;

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Encodes a body while it is read.
pub(super) struct Chunked {
    body: Body,
    /// `None` once the body has ended.
    encoder: Option<ChunkedEncoder>,
    encoded: Bytes,
    buffer: Vec<u8>,
}

impl Chunked {
    pub(super) fn new(body: Body, encoder: ChunkedEncoder) -> Self {
        Self { body, encoder: Some(encoder), encoded: Bytes::new(), buffer: vec![0; PIECE] }
    }
}

impl Read for Chunked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.encoded.is_empty() {
            let Some(encoder) = &mut self.encoder else { return Ok(0) };
            let count = self.body.read(&mut self.buffer)?;
            match self.buffer.get(..count).filter(|piece| !piece.is_empty()) {
                Some(piece) => self.encoded = encoder.encode(piece),
                None => self.encoded = self.encoder.take().map(ChunkedEncoder::finish).unwrap_or_default(),
            }
        }
        let count = self.encoded.len().min(buffer.len());
        self.encoded.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}
