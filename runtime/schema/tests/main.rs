//! Tests of schemas and of the types over them.

mod conversions;
mod generated_types;
