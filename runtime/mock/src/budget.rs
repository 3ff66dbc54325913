//! A limit on the bytes that a mock holds on behalf of its peers.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytes::Bytes;

/// Bodies up to this size, in bytes, fit into the buffers that every connection has anyway and are not counted.
pub(crate) const UNCOUNTED: usize = 16 * 1024;
/// Bodies up to this size, in bytes, may use the whole budget; larger ones leave a quarter of it to them.
const SMALL: usize = 64 * 1024;

/// The bytes of bodies that are being received, processed or sent, over all connections.
///
/// Large bodies cannot use up the budget: a quarter is reserved for those of up to 64 KiB, so that peers with large or
/// unfinished bodies do not lock out ordinary requests.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    used: AtomicUsize,
    refused: AtomicU64,
}

/// A share of a [`Budget`], which is returned on drop.
#[derive(Debug)]
pub(crate) struct Reservation {
    budget: Arc<Budget>,
    bytes: usize,
}

/// The budget has no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the memory budget is exhausted")]
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, used: AtomicUsize::new(0), refused: AtomicU64::new(0) })
    }

    /// Reserves nothing yet.
    pub(crate) fn reservation(self: &Arc<Self>) -> Reservation {
        Reservation { budget: Arc::clone(self), bytes: 0 }
    }

    /// Ties a body to its share of the budget, which ends with the last reference to the body.
    ///
    /// # Errors
    /// The budget has no room for it.
    pub(crate) fn hold(self: &Arc<Self>, body: Bytes) -> Result<Bytes, Exhausted> {
        if body.len() <= UNCOUNTED {
            return Ok(body);
        }
        let mut reservation = self.reservation();
        reservation.grow_to(body.len())?;
        Ok(reservation.attach(body))
    }

    fn take(&self, bytes: usize, total: usize) -> Result<(), Exhausted> {
        let limit = if total > SMALL { self.limit.saturating_sub(self.limit / 4) } else { self.limit };
        let fits = |used: usize| used.checked_add(bytes).filter(|used| *used <= limit);
        match self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits) {
            Ok(_) => Ok(()),
            Err(_) => {
                let refused = self.refused.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                // Often enough to be seen, and too rarely to fill a disk.
                if refused.is_power_of_two() {
                    tracing::warn!(refused, limit = self.limit, "requests refused: memory budget exhausted");
                }
                Err(Exhausted)
            }
        }
    }

    /// How many bodies were refused so far.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

impl Reservation {
    /// Raises the share to `bytes`; does nothing if it is that large already.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> Result<(), Exhausted> {
        if let Some(more) = bytes.checked_sub(self.bytes).filter(|more| *more > 0) {
            self.budget.take(more, bytes)?;
            self.bytes = bytes;
        }
        Ok(())
    }

    /// Ties the share to a body.
    pub(crate) fn attach(self, body: Bytes) -> Bytes {
        if self.bytes == 0 { body } else { Bytes::from_owner(Held { body, _reservation: self }) }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

struct Held {
    body: Bytes,
    _reservation: Reservation,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(size: usize) -> Bytes {
        vec![b'x'; size].into()
    }

    #[test]
    fn returns_what_is_dropped() {
        let budget = Budget::new(100_000);
        let held = budget.hold(body(50_000)).unwrap();
        let slice = held.slice(..10);
        assert_eq!(budget.hold(body(60_000)), Err(Exhausted));
        drop(held);
        assert_eq!(budget.hold(body(60_000)), Err(Exhausted), "a slice keeps the whole body");
        drop(slice);
        assert!(budget.hold(body(60_000)).is_ok());
        assert_eq!(budget.refused(), 2);
    }

    #[test]
    fn reserves_a_quarter_for_small_bodies() {
        let budget = Budget::new(1_000_000);
        let large = budget.hold(body(750_000)).unwrap();
        assert_eq!(budget.hold(body(SMALL + 1)), Err(Exhausted));
        assert!(budget.hold(body(SMALL)).is_ok());
        drop(large);
        assert!(budget.hold(body(SMALL + 1)).is_ok());
    }

    #[test]
    fn does_not_count_tiny_bodies() {
        assert!(Budget::new(0).hold(body(UNCOUNTED)).is_ok());
    }
}
