//! The formats in which a result, and an error, can be printed.

mod scalar;
mod table;
mod text;

use whitesmith_schema::Value;

pub use scalar::text as scalar_text;
pub use table::{Paint, TableError};

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
}

/// The values of `--output`, in the order in which help lists them.
pub const OUTPUT_FORMATS: &[(&str, OutputFormat)] = &[
    ("json", OutputFormat::Json),
    ("text", OutputFormat::Text),
    ("table", OutputFormat::Table),
    ("yaml", OutputFormat::Yaml),
    ("yaml-stream", OutputFormat::YamlStream),
    ("off", OutputFormat::Off),
];

impl OutputFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        OUTPUT_FORMATS.iter().find(|(other, _)| *other == name).map(|(_, format)| *format)
    }
}

/// What a table needs to know besides the value.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The table's title: the operation's name.
    pub title: &'a str,
    /// Columns from which on a row is turned into a list of its cells.
    pub width: usize,
    /// How it is coloured.
    pub paint: Paint,
}

/// The text to print for a value, newline included; empty where there is nothing to print.
pub fn format(format: OutputFormat, value: &Value, layout: Layout<'_>) -> Result<String, TableError> {
    let is_empty_object = value.as_map().is_some_and(whitesmith_schema::ValueMap::is_empty);
    Ok(match format {
        OutputFormat::Off => String::new(),
        OutputFormat::Text => text::format(value),
        OutputFormat::Table => table::format(value, layout)?,
        _ if is_empty_object => String::new(),
        OutputFormat::Json => json::to_pretty(value) + "\n",
        OutputFormat::Yaml => yaml::document(value),
        OutputFormat::YamlStream => yaml::document(&Value::List(vec![value.clone()])),
    })
}

#[cfg(test)]
mod tests;
