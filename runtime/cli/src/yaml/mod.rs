//! YAML as the AWS CLI prints and reads it.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod read;
mod scalar;
mod write;

pub use read::{YamlError, read};
pub use scalar::Style;
pub use write::{document, scalar};

#[cfg(test)]
mod tests;
