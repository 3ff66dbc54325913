//! Tests of the generator: what it writes of hostile models, and the verdicts between two plans.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests state their assumptions by panicking"
)]

mod changed_files;
mod changed_operations;
mod documentation_is_hostile;
mod hostile_text;
mod paging;
mod verdicts;
mod wire_traits;
