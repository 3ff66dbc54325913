//! What holds for every codec, run over all of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests state their assumptions by panicking")]

mod forms;
mod hostile;
mod policy;
mod round_trip;
mod shapes;
mod xml;
