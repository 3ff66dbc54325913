//! Words of the command line.
//!
//! The AWS CLI parses them with Python's `argparse`, once for the global options, once for the command's name, once for
//! the command's own options. What that module does with abbreviations, `--`, negative numbers, words between options
//! and `nargs` can be seen from outside, so it is reproduced here (in `scan`); no crate has these rules.

mod globals;
mod scan;
mod suggest;

pub use globals::{ERROR_FORMATS, GLOBAL_OPTIONS, GlobalOption, Globals};
pub use scan::{Arity, Flag, Positional, Scan, ScanError, Scanner};
pub use suggest::nearest;

#[cfg(test)]
mod tests;
