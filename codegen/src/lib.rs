//! Reads Smithy models and writes Rust crates: model in, files out.

pub mod emit;
pub mod model;
pub mod plan;
pub mod source;
