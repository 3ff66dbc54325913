//! A token bucket.

/// Holds at most `burst` tokens and gets `rate` a second; each request takes one.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    pub(crate) rate: f64,
    pub(crate) burst: f64,
    tokens: f64,
    /// In milliseconds since 1970.
    filled_at: Option<u64>,
}

impl Bucket {
    /// Creates a full bucket.
    pub(crate) fn new(rate: f64, burst: f64) -> Self {
        Self { rate, burst, tokens: burst, filled_at: None }
    }

    /// Takes a token if there is one. `now` is in milliseconds since 1970.
    #[allow(clippy::cast_precision_loss, reason = "pauses are far shorter than 2^53 milliseconds")]
    pub(crate) fn take(&mut self, now: u64) -> bool {
        let passed = now.saturating_sub(self.filled_at.unwrap_or(now)) as f64 / 1000.0;
        self.filled_at = Some(now);
        self.tokens = (self.tokens + passed * self.rate).min(self.burst);
        let enough = self.tokens >= 1.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_a_burst_through_and_then_its_rate() {
        let mut bucket = Bucket::new(10.0, 3.0);
        assert_eq!((0..5).map(|_| bucket.take(1_000)).collect::<Vec<_>>(), [true, true, true, false, false]);
        assert!(bucket.take(1_100));
        assert!(!bucket.take(1_150));
        assert_eq!((0..5).filter(|_| bucket.take(9_000)).count(), 3);
    }
}
