//! Parses the arguments of the command line.
//!
//! The AWS CLI uses Python's `argparse` three times: for the global options, the command's name, and the command's own
//! options. How that module treats abbreviations, `--`, negative numbers, words between options and `nargs` is visible to
//! users, so `scan` reproduces it; no crate has these rules.

mod globals;
mod scan;
mod suggest;

pub use globals::{ERROR_FORMATS, GLOBAL_OPTIONS, GlobalOption, Globals};
pub use scan::{Arity, Flag, Positional, Scan, ScanError, Scanner};
pub use suggest::nearest;

#[cfg(test)]
mod tests;
