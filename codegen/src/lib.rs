//! Reads Smithy models and writes Rust crates: model in, files out.

pub mod emit;
pub mod plan;
