//! Lines of a page.

/// A line of the page, its indentation within the enclosing block removed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'p> {
    pub text: &'p str,
    /// Its number in the page, from 1.
    pub number: usize,
}
