//! Tests of the program as its users run it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod bad_input;
mod diff;
mod documentation;
mod interruptions;
mod projects;
mod public_api;
mod regenerate;
mod update;
mod update_chain;
mod validate;
mod vendor;
mod vendored_lock;
mod workspace;
