//! Tests of models: reading, validation, selection, comparison.

#![allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]

mod corpus_models;
mod hostile;
mod huge_files;
mod idl;
mod model_diff;
mod model_questions;
mod models;
mod selectors;
mod trait_rules;
mod transforms;
mod validation_docs;
