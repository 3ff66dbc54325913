//! JSON as the AWS CLI reads and prints it, and JMESPath literals with it.
//!
//! This is the dialect of Python's `json` module, which no crate implements: `NaN` and `Infinity` are numbers, integers
//! have any size, and the last value of a repeated key takes the first one's place.

mod read;
mod write;

pub use read::{JsonError, read};
pub use write::{float_text, number_text, to_compact, to_compact_ascii, to_pretty};

#[cfg(test)]
mod tests;
