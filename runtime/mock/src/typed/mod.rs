//! The mock's API for tests in Rust, in the types of the generated crate.

mod expectation;
mod handler;
mod received;

pub use expectation::{Expectation, Expected};
pub(crate) use handler::handler;
pub use received::ReceivedRequest;
pub(crate) use received::received;
