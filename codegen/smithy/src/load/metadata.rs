//! Metadata of several files.

use std::collections::BTreeMap;

use crate::model::Event;
use crate::source::{Entry, Node, NodeValue};

/// The metadata read so far. Arrays of the same key are joined; any other value must be the same in every file
/// (Smithy 2.0, "Merging metadata").
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// The values of a key: one, or arrays with the positions of their files.
    values: BTreeMap<Box<str>, Vec<(usize, Node)>>,
}

impl Metadata {
    /// Adds a value of the file at a position; the event says if it conflicts.
    pub(super) fn add(&mut self, position: usize, entry: Entry) -> Option<Event> {
        let known = self.values.entry(entry.key.clone()).or_default();
        let value = entry.value;
        match known.first().map(|(_, first)| (&first.value, &value.value)) {
            None | Some((NodeValue::Array(_), NodeValue::Array(_))) => {
                known.push((position, value));
                None
            }
            Some((first, second)) if first == second => None,
            Some(_) => {
                let message = format!("Metadata conflict for key `{}`: another file gives it another value", entry.key);
                Some(Event::error("Model", None, value.span, message))
            }
        }
    }

    pub(super) fn into_values(self) -> BTreeMap<Box<str>, Node> {
        self.values.into_iter().filter_map(|(key, values)| Some((key, joined(values)?))).collect()
    }
}

/// Joins arrays in the order of their files.
fn joined(mut values: Vec<(usize, Node)>) -> Option<Node> {
    values.sort_by_key(|(position, _)| *position);
    let mut values = values.into_iter().map(|(_, value)| value);
    let mut first = values.next()?;
    if let NodeValue::Array(elements) = &mut first.value {
        for value in values {
            if let NodeValue::Array(more) = value.value {
                elements.extend(more);
            }
        }
    }
    Some(first)
}
