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
    encoder: ChunkedEncoder,
    is_ended: bool,
    /// What is to be sent next.
    encoded: Bytes,
    buffer: Vec<u8>,
}

impl Chunked {
    pub(super) fn new(body: Body, encoder: ChunkedEncoder) -> Self {
        Self { body, encoder, is_ended: false, encoded: Bytes::new(), buffer: vec![0; PIECE] }
    }

    /// Encodes the next piece of the body.
    fn advance(&mut self) -> io::Result<()> {
        let count = self.body.read(&mut self.buffer)?;
        let encoded = match self.buffer.get(..count).filter(|piece| !piece.is_empty()) {
            Some(piece) => self.encoder.push(piece),
            None => {
                self.is_ended = true;
                self.encoder.finish()
            }
        };
        encoded.map_err(io::Error::other)
    }
}

impl Read for Chunked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.encoded.is_empty() {
            match self.encoder.pop() {
                Some(encoded) => self.encoded = encoded,
                None if self.is_ended => return Ok(0),
                None => self.advance()?,
            }
        }
        let count = self.encoded.len().min(buffer.len());
        self.encoded.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}
