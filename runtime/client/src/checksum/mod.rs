//! Checksums of bodies (`aws.protocols#httpChecksum`, `smithy.api#httpChecksumRequired`).

mod chunked;
mod hasher;
mod request;
mod response;
mod tree;

pub(crate) use chunked::ChunkedEncoder;
pub(crate) use request::{TRAILER, add, choose, encoder};
pub(crate) use response::ResponseCheck;
