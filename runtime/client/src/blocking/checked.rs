//! Bodies that are compared with the checksum of their response.

use std::io::{self, Read};

use super::body::Body;
use crate::checksum::ResponseCheck;

/// Checks a body while it is read: what does not match ends in an error.
pub(super) struct Checked {
    body: Body,
    /// `None` once the body has ended.
    check: Option<ResponseCheck>,
}

impl Checked {
    pub(super) fn new(body: Body, check: ResponseCheck) -> Self {
        Self { body, check: Some(check) }
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = self.body.read(buffer)?;
        match (buffer.get(..count).filter(|piece| !piece.is_empty()), &mut self.check) {
            (Some(piece), Some(check)) => check.update(piece),
            (None, check) => check.take().map_or(Ok(()), ResponseCheck::finish_stream).map_err(io::Error::other)?,
            (Some(_), None) => {}
        }
        Ok(count)
    }
}
