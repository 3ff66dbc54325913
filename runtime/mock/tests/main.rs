//! Tests of mocks of small services.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests state their assumptions by panicking"
)]

mod events;
mod protocols;
mod samples;
mod streams;
mod without_behaviour;
