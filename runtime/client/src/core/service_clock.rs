//! The service's clock, which may differ from this machine's.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;
use whitesmith_schema::Timestamp;

use crate::clock::Clock;

/// A signature may be off by five minutes; a clock that is off by less is not the cause of a refusal.
const TOLERATED_SKEW: Duration = Duration::from_secs(4 * 60);

/// The service's clock, as this machine's clock and the difference between the two.
#[derive(Debug, Default)]
pub(super) struct ServiceClock {
    /// How far the service's clock is ahead, in milliseconds.
    skew: AtomicI64,
}

impl ServiceClock {
    /// Returns the time at the service.
    pub fn now(&self, clock: &dyn Clock) -> SystemTime {
        let now = clock.now();
        let skew = self.skew.load(Ordering::Relaxed);
        let distance = Duration::from_millis(skew.unsigned_abs());
        let shifted = if skew < 0 { now.checked_sub(distance) } else { now.checked_add(distance) };
        shifted.unwrap_or(now)
    }

    /// Adopts the clock of a response to a request that was signed at `signed_at`, and returns whether the two times
    /// differ. Another call may have corrected the clock since then; the request was still signed for the wrong time.
    pub fn correct(&self, clock: &dyn Clock, headers: &HeaderMap, signed_at: SystemTime) -> bool {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(date) = date.and_then(|date| Timestamp::parse_http_date(date).ok()) else { return false };
        let millis = |time: Timestamp| time.seconds().saturating_mul(1000);
        let off = millis(date).saturating_sub(millis(signed_at.into()));
        let differs = off.unsigned_abs() > TOLERATED_SKEW.as_millis().try_into().unwrap_or(u64::MAX);
        if differs {
            self.skew.store(millis(date).saturating_sub(millis(clock.now().into())), Ordering::Relaxed);
        }
        differs
    }
}
