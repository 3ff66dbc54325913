//! Patterns, compiled once.

mod dialect;
mod shortcut;

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

pub use dialect::to_rust;
use shortcut::Shortcut;

/// Steps after which matching a pattern with look-around or back-references gives up.
const BACKTRACK_LIMIT: usize = 100_000;
/// Bytes that a compiled pattern may take.
const SIZE_LIMIT: usize = 4 << 20;

/// A compiled `pattern`, which matches anywhere in a value unless it is anchored.
///
/// Without look-around and back-references the time of a match is linear in the value; with them the number of steps
/// is limited.
#[derive(Debug)]
pub struct Pattern {
    /// `None` for a pattern that could not be compiled: it is not checked.
    regex: Option<fancy_regex::Regex>,
    shortcut: Option<Shortcut>,
}

/// A pattern that cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[error("the pattern `{pattern}` cannot be used: {reason}")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Compiled patterns by the place of their text in memory: a schema's pattern is always at the same one.
static CACHE: LazyLock<RwLock<Cache>> = LazyLock::new(RwLock::default);

type Cache = HashMap<(usize, usize), &'static Pattern, foldhash::fast::RandomState>;

impl Pattern {
    /// Compiles a pattern of a model: ECMA 262 syntax, and what models have of Java's.
    ///
    /// # Errors
    /// When it is no regular expression, or one that takes too much memory.
    pub fn compile(pattern: &str) -> Result<Self, PatternError> {
        let pattern_of_rust = to_rust(pattern);
        fancy_regex::RegexBuilder::new(&pattern_of_rust)
            .backtrack_limit(BACKTRACK_LIMIT)
            .delegate_size_limit(SIZE_LIMIT)
            .build()
            .map(|regex| Self { regex: Some(regex), shortcut: Shortcut::of(&pattern_of_rust) })
            .map_err(|error| PatternError { pattern: pattern.to_owned(), reason: error.to_string() })
    }

    /// The compiled form of a schema's pattern, from the first use on. One that cannot be compiled matches everything:
    /// it is found when the model is validated, not when a value is.
    pub fn cached(pattern: &'static str) -> &'static Self {
        let place = (pattern.as_ptr().addr(), pattern.len());
        if let Some(known) = CACHE.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return known;
        }
        let compiled = Self::compile(pattern).unwrap_or(Self { regex: None, shortcut: None });
        let mut cache = CACHE.write().unwrap_or_else(PoisonError::into_inner);
        // Kept for ever, as the schema is whose pattern it is.
        cache.entry(place).or_insert_with(|| Box::leak(Box::new(compiled)))
    }

    /// Whether it matches anywhere in the text. A match that takes too many steps is none.
    pub fn is_match(&self, text: &str) -> bool {
        if self.shortcut.as_ref().is_some_and(|shortcut| shortcut.is_match(text)) {
            return true;
        }
        self.regex.as_ref().is_none_or(|regex| regex.is_match(text).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern).unwrap().is_match(text)
    }

    #[test]
    fn matches_anywhere_unless_anchored() {
        assert!(matches("O[0-9]{1,19}", "see O123."));
        assert!(!matches("^O[0-9]{1,19}$", "see O123."));
    }

    #[test]
    fn looks_ahead() {
        let pattern = "^(?=.{1,10}$)(arn:.*|engi-[0-9a-z]{3})$";
        assert!(matches(pattern, "engi-a1b"));
        assert!(!matches(pattern, "arn:too-long-for-it"));
    }

    #[test]
    fn gives_up_on_a_pattern_that_takes_for_ever() {
        let started = std::time::Instant::now();
        assert!(!matches(r"^(?=a)(a+)+\1$", &format!("{}b", "a".repeat(64))));
        assert!(!matches("^([0-9]+)+$", &format!("{}x", "1".repeat(100_000))));
        assert!(started.elapsed() < std::time::Duration::from_secs(5));
    }

    #[test]
    fn refuses_what_is_no_pattern_or_too_large() {
        assert!(Pattern::compile("(").is_err());
        assert!(Pattern::compile(r"((\w{100}){100}){100}").is_err());
    }
}
