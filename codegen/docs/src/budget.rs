//! How long pages may be.

use crate::ServicePages;

/// Limits the size of a service's pages. They describe a nested shape wherever it occurs, so shapes that contain each other
/// in many ways would fill any disk.
pub(super) struct Budget {
    page: usize,
    /// Bytes that all pages together may still take.
    pub left: usize,
}

impl Budget {
    /// The longest pages of AWS's models have about the size of the model's own text.
    pub fn new(pages: &ServicePages) -> Self {
        const KIB: usize = 1 << 10;
        const MIB: usize = 1 << 20;
        let text = pages.text_len();
        Self {
            page: (256 * KIB).saturating_add(text.saturating_mul(8)).min(8 * MIB),
            left: (8 * MIB).saturating_add(text.saturating_mul(64)),
        }
    }

    /// Bytes after which the next page leaves nested shapes out.
    pub fn page_limit(&self) -> usize {
        self.page.min(self.left)
    }

    pub fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}
