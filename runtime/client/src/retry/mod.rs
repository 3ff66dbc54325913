//! Retries in the AWS SDKs' standard mode: a few attempts, exponential backoff with jitter, and a budget per client (AWS SDKs and Tools Reference Guide, "Retry behavior").

mod classify;
mod token_bucket;

pub use classify::Classification;
pub(crate) use classify::{classify, is_clock_skew};
pub use token_bucket::TokenBucket;

use std::time::Duration;

/// How failed attempts are retried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryConfig {
    /// Attempts of a call, the first included. With 1 there are no retries.
    pub max_attempts: u32,
    /// Longest wait before the first retry. It doubles with each further one.
    pub initial_backoff: Duration,
    /// Longest wait at all.
    pub max_backoff: Duration,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self { max_attempts: 3, initial_backoff: Duration::from_secs(1), max_backoff: Duration::from_secs(20) }
    }
}

impl RetryConfig {
    /// No retries.
    pub const NEVER: Self = Self { max_attempts: 1, initial_backoff: Duration::ZERO, max_backoff: Duration::ZERO };

    /// Returns the wait after that many failed attempts. `jitter` is a random number from 0 up to 1.
    pub(crate) fn backoff(&self, failed: u32, jitter: f64) -> Duration {
        let doublings = 2f64.powi(i32::try_from(failed.saturating_sub(1)).unwrap_or(i32::MAX));
        let seconds = (self.initial_backoff.as_secs_f64() * doublings).min(self.max_backoff.as_secs_f64());
        Duration::try_from_secs_f64(seconds * jitter).unwrap_or(self.max_backoff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let config = RetryConfig::default();
        let seconds = |failed| config.backoff(failed, 1.0).as_secs_f64();
        assert_eq!([1, 2, 3, 6, 40, u32::MAX].map(seconds), [1.0, 2.0, 4.0, 20.0, 20.0, 20.0]);
        assert_eq!(config.backoff(2, 0.25), Duration::from_millis(500));
    }
}
