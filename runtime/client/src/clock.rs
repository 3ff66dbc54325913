//! Time and random numbers, which tests replace.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant, SystemTime};

/// A client's clock.
pub trait Clock: Send + Sync {
    /// Returns the time of day, which goes into signatures.
    fn now(&self) -> SystemTime;

    /// Returns the time since a fixed instant. It never runs backwards.
    fn elapsed(&self) -> Duration;

    /// Blocks the thread for a while. The asynchronous client waits by its transport instead.
    fn sleep(&self, duration: Duration);
}

/// The system's clock.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// A client's source of random numbers, for idempotency tokens, invocation ids and the jitter of retries.
pub trait Random: Send + Sync {
    /// Returns 64 random bits.
    fn next(&self) -> u64;
}

/// The standard library's keyed hash, whose key the operating system chooses at random.
#[derive(Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn next(&self) -> u64 {
        // Each state has a key of its own.
        RandomState::new().build_hasher().finish()
    }
}

/// Returns a random UUID, version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid(random: &dyn Random) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bits = u128::from(random.next()) << 64 | u128::from(random.next());
    let bits = bits & !(0xf << 76 | 0b11 << 62) | (4 << 76 | 0b10 << 62);
    let mut text = String::with_capacity(36);
    for (digit, shift) in (0..128).step_by(4).rev().enumerate() {
        if matches!(digit, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let nibble = (bits >> shift & 0xf) as usize;
        text.push(HEX.get(nibble).copied().unwrap_or_default().into());
    }
    text
}

/// Returns a random number from 0 up to, but not including, 1.
#[allow(clippy::cast_precision_loss, reason = "53 bits are exact")]
pub(crate) fn unit(random: &dyn Random) -> f64 {
    (random.next() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Random for Fixed {
        fn next(&self) -> u64 {
            self.0
        }
    }

    #[test]
    fn uuids_carry_version_and_variant() {
        assert_eq!(uuid(&Fixed(0)), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(&Fixed(u64::MAX)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(uuid(&SystemRandom), uuid(&SystemRandom));
    }

    #[test]
    fn jitter_stays_below_one() {
        assert!(unit(&Fixed(u64::MAX)) < 1.0);
        assert!(unit(&Fixed(0)).abs() < f64::EPSILON);
    }
}
