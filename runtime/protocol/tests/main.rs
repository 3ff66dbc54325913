//! Tests of protocols.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod hostile_messages;
mod nested_seeds;
mod round_trips;
