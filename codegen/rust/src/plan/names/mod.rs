//! Rust names: case, then reserved words, then collisions.

mod case;
mod crates;
mod reserved;
mod scope;

pub use case::{constant, pascal, snake};
pub use crates::unusable_crate_name;
pub use reserved::{field, type_name, variant};
pub use scope::Scope;
