//! What several kinds of descriptions have.

use std::time::Duration;

use serde_json::Value as Json;
use whitesmith_schema::Operation;

use super::fields::Fields;
use crate::engine::Engine;
use crate::place::DescriptionError;

/// The longest delay that a description may ask for.
const LONGEST_DELAY: u64 = 600_000;

/// Finds the operation that a description names.
pub(super) fn operation(
    engine: &Engine,
    fields: &Fields<'_>,
) -> Result<Option<(usize, &'static Operation)>, DescriptionError> {
    let Some(name) = fields.text("operation")? else { return Ok(None) };
    let known = || engine.definition.closure.operations.iter().map(|known| known.name);
    let found = engine.operation(&name).ok_or_else(|| fields.at("operation").unknown("operation", &name, known()));
    found.map(Some)
}

/// Reads a number of milliseconds.
pub(super) fn milliseconds(fields: &Fields<'_>, key: &'static str) -> Result<Option<Duration>, DescriptionError> {
    Ok(fields.integer(key, 0..=LONGEST_DELAY)?.map(Duration::from_millis))
}

/// Returns the approximate size of a description in memory, in bytes.
pub(super) fn size(json: &Json) -> usize {
    let below = match json {
        Json::String(text) => text.len(),
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(entries) => entries.iter().map(|(key, value)| key.len() + size(value)).sum(),
        _ => 0,
    };
    size_of::<Json>() + below
}
