//! What a reader of many pages remembers of the ones before: pages of a service describe the same shapes again and again.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::document::{Blocks, Inline, Message};
use super::inline;

/// Texts are remembered until they take this many bytes.
const MOST_REMEMBERED: usize = 16 << 20;

/// Shorter texts are read again as fast as they are looked up.
const SHORTEST: usize = 16;

/// Texts that were read, and what they are.
#[derive(Debug, Default)]
pub struct Memory {
    blocks: HashMap<String, Blocks, RandomState>,
    inlines: HashMap<String, Arc<[Inline]>, RandomState>,
    size: usize,
}

impl Memory {
    /// Reads the text of a paragraph that begins on `line`. Complaints are appended to `messages`.
    pub(super) fn inlines(&mut self, text: &str, line: usize, messages: &mut Vec<Message>) -> Arc<[Inline]> {
        if let Some(known) = self.inlines.get(text) {
            return Arc::clone(known);
        }
        let complaints = messages.len();
        let parts: Arc<[Inline]> = inline::parse(text, line, messages).into();
        let has_lines = messages.len() > complaints || parts.iter().any(Inline::has_line);
        if !has_lines && self.has_room(text) {
            self.inlines.insert(text.to_owned(), Arc::clone(&parts));
        }
        parts
    }

    /// The blocks of a text that was read before.
    pub(super) fn blocks(&self, text: &str) -> Option<Blocks> {
        self.blocks.get(text).cloned()
    }

    /// Remembers the blocks of a text, unless they depend on where in its page it stands.
    pub(super) fn remember(&mut self, text: String, blocks: &Blocks) {
        if !blocks.has_lines() && self.has_room(&text) {
            self.blocks.insert(text, blocks.clone());
        }
    }

    fn has_room(&mut self, text: &str) -> bool {
        let has_room = text.len() >= SHORTEST && self.size + text.len() <= MOST_REMEMBERED;
        if has_room {
            self.size += text.len();
        }
        has_room
    }
}
