//! Idempotency tokens of earlier requests.

use std::collections::{HashMap, VecDeque};

use foldhash::fast::RandomState;

/// The newest tokens, each with the input it came with and its answer. Tokens and inputs are kept as
/// [fingerprints](crate::input::Fingerprints), since only their equality matters.
#[derive(Debug)]
pub(crate) struct TokenStore {
    seen: HashMap<u64, Seen, RandomState>,
    order: VecDeque<u64>,
    limit: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    input: u64,
    answer: u64,
}

/// A token that came with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// The token, its operation and its isolation value.
    pub(crate) place: u64,
    /// The input that it came with, without the token.
    pub(crate) input: u64,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is new.
    No,
    /// It came with the same input and got this answer: a task's number or the seed of a sample.
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
            Some(seen) if seen.input == token.input => Known::Same(seen.answer),
            Some(_) => Known::Other,
        }
    }

    /// Remembers a token, in place of the oldest if there are too many.
    pub(crate) fn remember(&mut self, token: Token, answer: u64) {
        if self.limit == 0 {
            return;
        }
        while self.order.len() >= self.limit {
            if let Some(oldest) = self.order.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        if self.seen.insert(token.place, Seen { input: token.input, answer }).is_none() {
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
