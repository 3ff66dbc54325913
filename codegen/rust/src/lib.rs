//! Plans and writes Rust crates from Smithy models.

mod artifact;
pub mod behaviour;
pub mod emit;
mod generate;
pub mod plan;
pub mod verdict;

pub use artifact::Artifact;
pub use generate::{Crate, GenerateError, Generated, Settings, combine, generate};
pub use plan::unusable_crate_name;
