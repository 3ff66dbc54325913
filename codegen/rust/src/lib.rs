//! Reads Smithy models and writes Rust crates: model in, files out.

pub mod behaviour;
pub mod emit;
mod faces;
mod generate;
pub mod plan;
pub mod verdict;

pub use faces::Face;
pub use generate::{Crate, GenerateError, Generated, Settings, generate, is_crate_name};
