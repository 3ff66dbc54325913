//! The retry budget, which protects a service that is down.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens in a full bucket.
const CAPACITY: u32 = 500;
/// Cost of a retry.
const RETRY: u32 = 5;
/// Cost of a retry after a timeout.
const TIMEOUT_RETRY: u32 = 10;
/// Refill of a call without retries.
const SUCCESS: u32 = 1;

/// A retry budget shared by all calls of a client. The figures are those of the AWS SDKs' standard mode.
#[derive(Debug)]
pub struct TokenBucket(AtomicU32);

impl Default for TokenBucket {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl TokenBucket {
    /// Returns the tokens that are left.
    pub fn available(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes a retry's cost, and returns it. `None` if the bucket does not hold as much.
    pub(crate) fn take(&self, timeout: bool) -> Option<u32> {
        let cost = if timeout { TIMEOUT_RETRY } else { RETRY };
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(cost)).ok().map(|_| cost)
    }

    /// Refills after a success: the last retry's cost, or a little.
    pub(crate) fn refill(&self, cost: Option<u32>) {
        let amount = cost.unwrap_or(SUCCESS);
        // Usually the bucket is full, and there is nothing to write.
        if self.available() < CAPACITY {
            let more = |tokens: u32| Some(tokens.saturating_add(amount).min(CAPACITY));
            let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_end_when_the_bucket_is_empty_and_successes_fill_it() {
        let bucket = TokenBucket::default();
        assert_eq!((0..200).filter(|_| bucket.take(false).is_some()).count(), 100);
        assert_eq!(bucket.take(false), None);
        bucket.refill(None);
        bucket.refill(Some(10));
        assert_eq!(bucket.take(true), Some(10));
        assert_eq!(bucket.available(), 1);
        (0..1000).for_each(|_| bucket.refill(None));
        assert_eq!(bucket.available(), CAPACITY);
    }
}
