//! Shape IDs that share their memory.

use foldhash::HashSet;

use crate::model::ShapeId;

/// The shape IDs of every file read so far.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    known: HashSet<ShapeId>,
}

impl Ids {
    /// The shape ID of a text; `None` if it is none.
    pub(crate) fn get(&mut self, text: &str) -> Option<ShapeId> {
        if let Some(known) = self.known.get(text) {
            return Some(known.clone());
        }
        let id = ShapeId::parse(text).ok()?;
        self.known.insert(id.clone());
        Some(id)
    }

    /// The shape ID of a text that follows the grammar.
    pub(crate) fn get_well_formed(&mut self, text: &str) -> ShapeId {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let id = ShapeId::of_well_formed(text);
        self.known.insert(id.clone());
        id
    }
}
