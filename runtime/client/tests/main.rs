//! Tests of both clients against servers.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests state their assumptions by panicking"
)]

mod authentication;
mod checksums;
mod events;
mod hostile_servers;
mod http2;
mod memory;
mod pages;
mod proxies;
mod retries;
mod streaming;
mod support;
