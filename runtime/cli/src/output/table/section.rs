//! Parts of a table.

use icu_properties::{CodePointMapData, props::EastAsianWidth};

/// A part of a table with one set of columns.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// The number of boxes around it.
    pub(super) level: usize,
    /// The number of cells in its first row.
    pub(super) columns: Option<usize>,
    /// The widest cell of each column.
    pub(super) widths: Vec<usize>,
}

/// Returns the columns that a text takes; wide and ambiguous East Asian characters take two.
pub(super) fn width(text: &str) -> usize {
    let widths = CodePointMapData::<EastAsianWidth>::new();
    text.chars()
        .map(|character| match character {
            ' '..='~' => 1,
            other => match widths.get(other) {
                EastAsianWidth::Ambiguous | EastAsianWidth::Fullwidth | EastAsianWidth::Wide => 2,
                _ => 1,
            },
        })
        .sum()
}
