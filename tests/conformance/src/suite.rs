//! What suites get and return.

use std::path::Path;

use whitesmith::Program;

/// The program name in messages.
pub const PROGRAM: Program = Program { name: "cargo xtask", files: None };

/// The context of a suite.
pub struct Context<'a> {
    /// The workspace's root.
    pub root: &'a Path,
    /// The folder of the corpora.
    pub corpus: &'a Path,
}

/// A suite's result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Passed cases.
    pub passed: usize,
    /// Failed cases.
    pub failed: usize,
    /// Cases that were left out for a reason that the suite printed.
    pub skipped: usize,
    /// The number of cases that must pass; other failures are reported and do not fail the suite.
    pub demanded: Option<usize>,
}

impl Tally {
    /// Whether the suite passes.
    pub fn holds(self) -> bool {
        match self.demanded {
            Some(least) => self.passed >= least,
            None => self.failed == 0,
        }
    }
}
