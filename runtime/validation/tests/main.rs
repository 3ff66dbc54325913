//! Tests of constraints.

mod corpus;
mod validation;
