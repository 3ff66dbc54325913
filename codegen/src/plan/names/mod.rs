//! Rust names: case, then reserved words, then collisions.

mod case;
mod reserved;
mod scope;

pub use case::{constant, pascal, snake};
pub use reserved::{field, type_name, variant};
pub use scope::Scope;
