//! The formats in which a result or an error is printed.

mod error;
mod scalar;
mod table;
mod text;

use whitesmith_schema::Value;

pub use error::OutputError;
pub use scalar::text as scalar_text;
pub use table::{Layout, Paint};

use crate::{json, yaml};

/// A format of `--output`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the option's values")]
pub enum OutputFormat {
    Json,
    Text,
    Table,
    Yaml,
    YamlStream,
    Off,
    /// JSON of an event, on a line of its own. It has no name: a stream of events is printed so with `json`.
    JsonLines,
}

/// The values of `--output` in the order of the help page.
pub const OUTPUT_FORMATS: &[(&str, OutputFormat)] = &[
    ("json", OutputFormat::Json),
    ("text", OutputFormat::Text),
    ("table", OutputFormat::Table),
    ("yaml", OutputFormat::Yaml),
    ("yaml-stream", OutputFormat::YamlStream),
    ("off", OutputFormat::Off),
];

impl OutputFormat {
    /// Returns the format with a name.
    pub fn named(name: &str) -> Option<Self> {
        OUTPUT_FORMATS.iter().find(|(other, _)| *other == name).map(|(_, format)| *format)
    }
}

/// Returns the text to print for a value, with a final newline unless there is nothing to print.
///
/// # Errors
/// Returns an [`OutputError`] if the format cannot show the value.
pub fn format(format: OutputFormat, value: &Value, layout: Layout<'_>) -> Result<String, OutputError> {
    let is_empty_object = value.as_map().is_some_and(whitesmith_schema::ValueMap::is_empty);
    Ok(match format {
        OutputFormat::Off => String::new(),
        OutputFormat::Text => text::format(value)?,
        OutputFormat::Table => table::format(value, layout)?,
        OutputFormat::JsonLines => json::to_compact(value) + "\n",
        _ if is_empty_object => String::new(),
        OutputFormat::Json => json::to_pretty(value) + "\n",
        OutputFormat::Yaml => yaml::document(value),
        OutputFormat::YamlStream => yaml::document(&Value::List(vec![value.clone()])),
    })
}

#[cfg(test)]
mod tests;
