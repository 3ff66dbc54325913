//! Results that a format cannot show.

/// The most bytes that `--output table` and `--output text` produce: both pad rows, so that a small result can become
/// a large output.
pub const MAX_BYTES: usize = 128 << 20;

/// A result that cannot be shown in a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutputError {
    /// Rows of one section differ in length.
    #[error("uneven rows in a table: expected {expected} cells, found {actual}; try another --output")]
    UnevenRows {
        /// The number of cells in the section's first row.
        expected: usize,
        /// The number of cells in the row that differs.
        actual: usize,
    },
    /// A list of objects holds something else, too.
    #[error("unsupported list in a table: expected objects, found {0}; try another --output")]
    MixedList(&'static str),
    /// The output is too large.
    #[error("the output exceeds the limit of {MAX_BYTES} bytes; try another --output or a --query")]
    TooLarge,
}
