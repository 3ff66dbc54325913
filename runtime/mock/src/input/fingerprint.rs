//! Hashes that are equal if, and apart from collisions only if, inputs are.

use std::hash::{BuildHasher, Hash, Hasher as _};

use foldhash::quality::RandomState;
use whitesmith_schema::{Number, Value, ValueMap};

/// Hashes values, independently of the order of members and entries. The hashes are keyed, so that nobody can construct a
/// collision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fingerprints(RandomState);

/// The kind of the hashed value, so that `1` and `"1"` differ.
#[derive(Clone, Copy)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Float,
    Big,
    Text,
    Blob,
    Timestamp,
    List,
    Entry,
    Place,
}

/// From here on, a double cannot represent every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[allow(clippy::cast_possible_truncation, reason = "it is whole, and within bounds")]
fn whole(number: f64) -> i64 {
    number as i64
}

impl Fingerprints {
    fn of(&self, kind: Kind, value: impl Hash) -> u64 {
        let mut hasher = self.0.build_hasher();
        hasher.write_u8(kind as u8);
        value.hash(&mut hasher);
        hasher.finish()
    }

    /// Hashes a string.
    pub(crate) fn text(&self, text: &str) -> u64 {
        self.of(Kind::Text, text)
    }

    /// Returns the hash of an empty list.
    pub(crate) fn empty_list(&self) -> u64 {
        Kind::List as u64
    }

    /// Adds an element to a list's hash.
    pub(crate) fn with_element(&self, list: u64, element: u64) -> u64 {
        self.of(Kind::List, (list, element))
    }

    /// Returns the hash of an empty structure or map.
    pub(crate) fn empty_map(&self) -> u64 {
        Kind::Entry as u64
    }

    /// Adds an entry to the hash of a structure or map.
    pub(crate) fn with_entry(&self, map: u64, key: &str, value: u64) -> u64 {
        // A sum, since the order of entries does not matter.
        map.wrapping_add(self.of(Kind::Entry, (key, value)))
    }

    /// Hashes a value.
    pub(crate) fn value(&self, value: &Value) -> u64 {
        match value {
            Value::Null => self.of(Kind::Null, ()),
            Value::Boolean(value) => self.of(Kind::Boolean, value),
            Value::Number(Number::Integer(number)) => self.of(Kind::Integer, number),
            // In documents, 1 and 1.0 are the same; so are -0 and 0, and all NaNs.
            Value::Number(Number::Float(number)) if number.fract() == 0.0 && number.abs() < EXACT => {
                self.of(Kind::Integer, whole(*number))
            }
            Value::Number(Number::Float(number)) if number.is_nan() => self.of(Kind::Float, f64::NAN.to_bits()),
            Value::Number(Number::Float(number)) => self.of(Kind::Float, number.to_bits()),
            Value::Number(Number::Big(text)) => self.of(Kind::Big, text),
            Value::String(text) => self.text(text),
            Value::Blob(bytes) => self.of(Kind::Blob, &**bytes),
            Value::Timestamp(instant) => self.of(Kind::Timestamp, instant),
            Value::List(items) => {
                items.iter().fold(self.empty_list(), |list, item| self.with_element(list, self.value(item)))
            }
            Value::Map(map) => self.map(map, None),
        }
    }

    /// Hashes a structure or map without one of its entries.
    pub(crate) fn map(&self, map: &ValueMap, except: Option<&str>) -> u64 {
        map.iter()
            .filter(|(key, _)| Some(*key) != except)
            .fold(self.empty_map(), |map, (key, value)| self.with_entry(map, key, self.value(value)))
    }

    /// Hashes an idempotency token with its operation and isolation value.
    pub(crate) fn token(&self, operation: usize, isolation: &str, token: &str) -> u64 {
        self.of(Kind::Place, (operation, isolation, token))
    }
}
