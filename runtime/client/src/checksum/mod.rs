//! Checksums of bodies (`aws.protocols#httpChecksum`, `smithy.api#httpChecksumRequired`).

mod chunked;
mod hasher;
mod request;
mod response;
mod stream;
mod tree;

pub(crate) use chunked::ChunkedEncoder;
pub(crate) use request::{add, choose};
pub(crate) use response::ResponseCheck;
pub(crate) use stream::{BodyDigest, encoder, frame};
