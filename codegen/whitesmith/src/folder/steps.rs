//! Changes that are counted, so that tests can end a process before any of them.

use std::io;
#[cfg(test)]
use std::sync::Arc;
#[cfg(test)]
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many changes may still be made. Outside of tests there is no end to them.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    #[cfg(test)]
    left: Option<Arc<AtomicUsize>>,
}

impl Steps {
    /// As many changes, and no more.
    #[cfg(test)]
    pub fn limited(count: usize) -> Self {
        Self { left: Some(Arc::new(AtomicUsize::new(count))) }
    }

    /// Counts a change that is about to be made.
    ///
    /// # Errors
    /// No more may be made, as if the process had been killed.
    #[cfg(test)]
    pub(super) fn take(&self) -> io::Result<()> {
        let Some(left) = &self.left else { return Ok(()) };
        let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken.map(|_| ()).map_err(|_| io::Error::other("killed"))
    }

    #[cfg(not(test))]
    #[inline]
    pub(super) fn take(&self) -> io::Result<()> {
        Ok(())
    }
}
