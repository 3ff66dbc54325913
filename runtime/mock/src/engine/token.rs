//! Idempotency tokens that have been seen.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash};

use foldhash::quality::RandomState;
use whitesmith_schema::{Number, Value, ValueMap};

/// The newest tokens, each with the input and the task that it came with.
///
/// Kept as keyed hashes: what is asked is only whether two are equal.
#[derive(Debug)]
pub(crate) struct TokenStore {
    keys: (RandomState, RandomState),
    seen: HashMap<(u64, u64), Seen, RandomState>,
    order: VecDeque<(u64, u64)>,
    limit: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    input: u64,
    task: u64,
}

/// A token's place in the store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenKey {
    place: (u64, u64),
    input: u64,
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
        Self { keys: Default::default(), seen: HashMap::default(), order: VecDeque::new(), limit }
    }

    /// The place of a token of an operation in a world, with its input. The token itself, of the member `token_member`,
    /// does not count as input.
    pub(crate) fn key(
        &self,
        operation: usize,
        world: &str,
        token_member: &str,
        token: &str,
        input: &ValueMap,
    ) -> TokenKey {
        let place = (operation, world, token);
        let place = (self.keys.0.hash_one(place), self.keys.1.hash_one(place));
        TokenKey { place, input: self.map_hash(input, Some(token_member)) }
    }

    pub(crate) fn find(&self, key: TokenKey) -> Known {
        match self.seen.get(&key.place) {
            None => Known::No,
            Some(seen) if seen.input == key.input => Known::Same(seen.task),
            Some(_) => Known::Other,
        }
    }

    /// Remembers a token, in place of the oldest if there are enough.
    pub(crate) fn remember(&mut self, key: TokenKey, task: u64) {
        if self.limit == 0 {
            return;
        }
        while self.order.len() >= self.limit {
            if let Some(oldest) = self.order.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        if self.seen.insert(key.place, Seen { input: key.input, task }).is_none() {
            self.order.push_back(key.place);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.seen.clear();
        self.order.clear();
    }

    /// A hash that does not depend on the order of a map's entries: they are added up.
    fn map_hash(&self, map: &ValueMap, except: Option<&str>) -> u64 {
        map.iter()
            .filter(|(key, value)| Some(*key) != except && **value != Value::Null)
            .map(|(key, value)| self.keys.0.hash_one((key, self.hash(value))))
            .fold(map.len() as u64, u64::wrapping_add)
    }

    fn hash(&self, value: &Value) -> u64 {
        struct Tagged<T>(u8, T);
        impl<T: Hash> Hash for Tagged<T> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
                self.1.hash(state);
            }
        }
        let keys = &self.keys.0;
        match value {
            Value::Null => keys.hash_one(0_u8),
            Value::Boolean(value) => keys.hash_one(Tagged(1, value)),
            Value::Number(Number::Integer(number)) => keys.hash_one(Tagged(2, number)),
            Value::Number(Number::Float(number)) => keys.hash_one(Tagged(3, number.to_bits())),
            Value::Number(Number::Big(text)) => keys.hash_one(Tagged(4, text)),
            Value::String(text) => keys.hash_one(Tagged(5, text)),
            Value::Blob(bytes) => keys.hash_one(Tagged(6, bytes)),
            Value::Timestamp(instant) => keys.hash_one(Tagged(7, instant)),
            Value::List(items) => {
                keys.hash_one(Tagged(8, items.iter().map(|item| self.hash(item)).collect::<Vec<_>>()))
            }
            Value::Map(map) => keys.hash_one(Tagged(9, self.map_hash(map, None))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input<const N: usize>(entries: [(&str, Value); N]) -> ValueMap {
        entries.into_iter().collect()
    }

    #[test]
    fn knows_the_same_input_whatever_its_order() {
        let mut store = TokenStore::new(10);
        let key = |store: &TokenStore, input: &ValueMap| store.key(0, "AWS", "Token", "t", input);
        let one = input([("Token", "t".into()), ("A", 1.into()), ("B", Value::List(vec!["x".into(), "y".into()]))]);
        let same = input([("B", Value::List(vec!["x".into(), "y".into()])), ("Token", "t".into()), ("A", 1.into())]);
        let other = input([("Token", "t".into()), ("A", 1.into()), ("B", Value::List(vec!["y".into(), "x".into()]))]);
        let first = key(&store, &one);
        assert_eq!(store.find(first), Known::No);
        store.remember(first, 7);
        assert_eq!(store.find(key(&store, &same)), Known::Same(7));
        assert_eq!(store.find(key(&store, &other)), Known::Other);
        assert_eq!(store.find(store.key(1, "AWS", "Token", "t", &one)), Known::No);
        assert_eq!(store.find(store.key(0, "Sandbox", "Token", "t", &one)), Known::No);
    }

    #[test]
    fn forgets_the_oldest() {
        let mut store = TokenStore::new(3);
        let empty = ValueMap::new();
        for number in 0..5 {
            store.remember(store.key(0, "", "Token", &number.to_string(), &empty), number);
        }
        let known = |number: u64| store.find(store.key(0, "", "Token", &number.to_string(), &empty));
        assert_eq!([known(1), known(2), known(4)], [Known::No, Known::Same(2), Known::Same(4)]);
        assert_eq!(store.seen.len(), 3);
    }
}
