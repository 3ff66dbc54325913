//! Times of the stages of a generation.

use std::time::{Duration, Instant};

/// Times of the stages.
#[derive(Debug, Default)]
pub struct Timings {
    /// Reading and validating the model.
    pub load: Duration,
    /// Planning, emitting and formatting.
    pub generate: Duration,
    /// Comparing with what is there, and writing.
    pub write: Duration,
}

impl Timings {
    /// Adds the times of another generation.
    pub fn add(&mut self, other: &Self) {
        self.load += other.load;
        self.generate += other.generate;
        self.write += other.write;
    }

    /// Prints a line a stage.
    pub fn print(&self) -> std::io::Result<()> {
        for (stage, time) in
            [("load", self.load), ("plan, emit, format", self.generate), ("compare, write", self.write)]
        {
            crate::outcome::print(&format!("{stage:>18}  {:>8.2} ms\n", time.as_secs_f64() * 1e3))?;
        }
        Ok(())
    }
}

/// Adds the time that a piece of work takes.
pub fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    *total += start.elapsed();
    result
}
