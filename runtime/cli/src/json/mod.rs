//! JSON as the AWS CLI reads and prints it.
//!
//! Its dialect is that of Python's `json` module, which no crate has: `NaN` and `Infinity` are numbers, whole numbers
//! have any size, and the last of a repeated key wins at the first one's place.

mod read;
mod write;

pub use read::{JsonError, read};
pub use write::{float_text, number_text, to_compact_ascii, to_pretty, to_scalar};

#[cfg(test)]
mod tests;
