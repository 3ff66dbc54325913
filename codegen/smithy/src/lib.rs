//! Loads, queries, validates and compares Smithy models.

pub mod diff;
pub mod format;
pub mod load;
pub mod model;
pub mod project;
pub mod select;
pub mod source;
mod syntax;
pub mod validate;
pub mod write;
