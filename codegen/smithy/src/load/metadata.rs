//! Metadata of several files.

use std::collections::BTreeMap;

use crate::model::Event;
use crate::source::{Entry, Node, NodeValue};

/// The metadata read so far. Arrays of the same key are joined; any other value must be the same in every file
/// (Smithy 2.0, "Merging metadata").
#[derive(Debug, Default)]
pub(super) struct Metadata {
    values: BTreeMap<Box<str>, Node>,
}

impl Metadata {
    /// Adds a value; the event says if it conflicts.
    pub(super) fn add(&mut self, entry: Entry) -> Option<Event> {
        let Some(known) = self.values.get_mut(&entry.key) else {
            self.values.insert(entry.key, entry.value);
            return None;
        };
        match (&mut known.value, entry.value.value) {
            (NodeValue::Array(known), NodeValue::Array(more)) => {
                known.extend(more);
                None
            }
            (known, value) if *known == value => None,
            _ => {
                let message = format!("Metadata conflict for key `{}`: another file gives it another value", entry.key);
                Some(Event::error("Model", None, entry.value.span, message))
            }
        }
    }

    pub(super) fn into_values(self) -> BTreeMap<Box<str>, Node> {
        self.values
    }
}
