//! `--output table`: boxes in boxes.

mod build;
mod layout;
mod paint;

use icu_properties::{CodePointMapData, props::EastAsianWidth};
use whitesmith_schema::Value;

use super::Layout;
pub use build::TableError;
pub use paint::Paint;

/// Part of a table that has one set of columns.
#[derive(Debug, Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many boxes it stands in.
    level: usize,
    /// How many cells its first row has.
    columns: Option<usize>,
    /// The widest cell of each column.
    widths: Vec<usize>,
}

/// The table for a value; empty where the value is.
pub fn format(value: &Value, layout: Layout<'_>) -> Result<String, TableError> {
    let sections = build::sections(layout.title, value)?;
    Ok(if sections.is_empty() { String::new() } else { layout::render(sections, layout) })
}

/// Columns that a text takes; those that East Asian fonts show wide, and ambiguous ones, take two.
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
