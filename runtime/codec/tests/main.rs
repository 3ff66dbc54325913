//! Tests of codecs.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod codecs;
mod event_stream;
mod json_reader;
