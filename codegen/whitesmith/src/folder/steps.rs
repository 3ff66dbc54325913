//! A counter of changes, by which tests end a process before any one of them.

use std::io;
#[cfg(test)]
use std::sync::Arc;
#[cfg(test)]
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many changes may still be made; unlimited outside of tests.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    #[cfg(test)]
    left: Option<Arc<AtomicUsize>>,
}

impl Steps {
    /// Allows this many changes.
    #[cfg(test)]
    pub fn limited(count: usize) -> Self {
        Self { left: Some(Arc::new(AtomicUsize::new(count))) }
    }

    /// Counts a change that is about to be made.
    ///
    /// # Errors
    /// Fails once the limit is reached, as if the process had been killed.
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
