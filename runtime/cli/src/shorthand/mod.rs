//! The shorthand for structures, maps and lists: `key=value,other=[a,b],nested={x=y}`.
//!
//! The grammar is documented in the AWS CLI's user guide ("Using shorthand syntax"); what it leaves open (blanks,
//! escapes, where an error points) is as observed.

mod coerce;
mod parse;

pub use coerce::{CoercionError, coerce, fraction, whole};
pub use parse::{ShorthandError, parse};

#[cfg(test)]
mod tests;
