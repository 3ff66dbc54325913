//! Verdicts of small changes: each names the item, and no other.

mod api;
mod behaviour;
mod weather;
mod wire;
