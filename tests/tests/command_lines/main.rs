//! Generated command lines as their users run them: against mocks, against servers that misbehave, and in shells.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test states its assumptions by panicking"
)]

mod completion;
mod credentials;
mod documentation;
mod events;
mod files;
mod pages;
mod support;
mod waiters;
