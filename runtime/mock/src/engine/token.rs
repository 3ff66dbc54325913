//! Idempotency tokens that have been seen.

use std::collections::{HashMap, VecDeque};

use foldhash::fast::RandomState;

/// The newest tokens, each with the input and the task that it came with, all by their
/// [fingerprints](super::fingerprint::Fingerprints): what is asked is only whether two are equal.
#[derive(Debug)]
pub(crate) struct TokenStore {
    seen: HashMap<u64, Seen, RandomState>,
    order: VecDeque<u64>,
    limit: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    input: u64,
    task: u64,
}

/// A token that came with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// The token, its operation and its world.
    pub(crate) place: u64,
    /// The input that it came with, without itself.
    pub(crate) input: u64,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is new.
    No,
    /// It came with the same input, and started this task.
    Same(u64),
    /// It came with other input.
    Other,
}

impl TokenStore {
    pub(crate) fn new(limit: usize) -> Self {
        Self { seen: HashMap::default(), order: VecDeque::new(), limit }
    }

    pub(crate) fn find(&self, token: Token) -> Known {
        match self.seen.get(&token.place) {
            None => Known::No,
            Some(seen) if seen.input == token.input => Known::Same(seen.task),
            Some(_) => Known::Other,
        }
    }

    /// Remembers a token, in place of the oldest if there are enough.
    pub(crate) fn remember(&mut self, token: Token, task: u64) {
        if self.limit == 0 {
            return;
        }
        while self.order.len() >= self.limit {
            if let Some(oldest) = self.order.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        if self.seen.insert(token.place, Seen { input: token.input, task }).is_none() {
            self.order.push_back(token.place);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.seen.clear();
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_the_oldest() {
        let mut store = TokenStore::new(3);
        let token = |place| Token { place, input: 0 };
        (0..5).for_each(|number| store.remember(token(number), number));
        let known = |place| store.find(token(place));
        assert_eq!([known(1), known(2), known(4)], [Known::No, Known::Same(2), Known::Same(4)]);
        assert_eq!(store.find(Token { place: 4, input: 1 }), Known::Other);
        assert_eq!(store.seen.len(), 3);
    }
}
