//! The mock of the pinned service, over a socket.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests state their assumptions by panicking")]

mod control;
mod http;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod tasks;
mod wire;
