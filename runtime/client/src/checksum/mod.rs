//! Checksums of bodies (`aws.protocols#httpChecksum`, `smithy.api#httpChecksumRequired`).

mod hasher;
mod request;
mod response;
mod tree;

pub(crate) use request::{add, choose};
pub(crate) use response::check;
