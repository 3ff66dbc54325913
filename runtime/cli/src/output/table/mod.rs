//! `--output table`: boxes in boxes.

mod build;
mod layout;
mod paint;

use icu_properties::{CodePointMapData, props::EastAsianWidth};
use whitesmith_schema::Value;

use super::{Layout, OutputError};
pub use paint::Paint;

/// A part of a table with one set of columns.
#[derive(Debug, Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The number of boxes around it.
    level: usize,
    /// The number of cells in its first row.
    columns: Option<usize>,
    /// The widest cell of each column.
    widths: Vec<usize>,
}

/// Returns the table for a value; empty if the value is.
pub fn format(value: &Value, layout: Layout<'_>) -> Result<String, OutputError> {
    let sections = build::sections(layout.title, value)?;
    if sections.is_empty() { Ok(String::new()) } else { layout::render(sections, layout) }
}

/// Returns the columns that a text takes; wide and ambiguous East Asian characters take two.
fn width(text: &str) -> usize {
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
