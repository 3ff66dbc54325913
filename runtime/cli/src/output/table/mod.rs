//! `--output table`: boxes in boxes.

mod build;
mod layout;
mod paint;
mod section;

use whitesmith_schema::Value;

use super::OutputError;
pub use layout::Layout;
pub use paint::Paint;

/// Returns the table for a value; empty if the value is.
pub fn format(value: &Value, layout: Layout<'_>) -> Result<String, OutputError> {
    let sections = build::sections(layout.title, value)?;
    if sections.is_empty() { Ok(String::new()) } else { layout::render(sections, layout) }
}
