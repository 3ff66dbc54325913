//! Verdicts of small changes: each names the item, and no other.
#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod api;
mod behaviour;
mod weather;
mod wire;
