//! The shorthand for structures, maps and lists: `key=value,other=[a,b],nested={x=y}`.
//!
//! The grammar is that of the AWS CLI's user guide ("Using shorthand syntax"); what it leaves open (spaces, escapes, the
//! positions of errors) is as observed.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod coerce;
mod parse;

pub use coerce::{CoercionError, coerce, fraction, whole};
pub use parse::{ShorthandError, parse};

#[cfg(test)]
mod tests;
