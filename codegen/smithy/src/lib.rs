//! Loads, queries, validates and compares Smithy models.

pub mod model;
pub mod source;
