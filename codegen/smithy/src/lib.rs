#![doc = include_str!("../README.md")]
//!
//! Stages, each of which knows only those before it: `source` turns text into nodes, `syntax` nodes and Smithy IDL into
//! definitions, `load` definitions into a `Model`; `select`, `validate`, `diff` and `write` work on models.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod diff;
pub mod endpoint_rules;
pub mod format;
pub mod load;
pub mod model;
pub mod project;
pub mod select;
pub mod source;
mod syntax;
pub mod validate;
pub mod write;
