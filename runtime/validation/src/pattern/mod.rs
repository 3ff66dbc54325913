//! Patterns, compiled once.

mod ascii;
mod dialect;
mod shortcut;

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use ascii::AsciiMatcher;
pub use dialect::to_rust;
use shortcut::Shortcut;

/// The step limit for matching a pattern with look-around or back-references.
const BACKTRACK_LIMIT: usize = 100_000;
/// The size limit of a compiled pattern, in bytes.
const SIZE_LIMIT: usize = 4 << 20;

/// A compiled `pattern`, which matches anywhere in a value unless it is anchored.
///
/// Without look-around and back-references the time of a match is linear in the value; with them the number of steps
/// is limited.
#[derive(Debug)]
pub struct Pattern {
    /// In Rust's dialect.
    text: String,
    ascii: Option<AsciiMatcher>,
    shortcut: Option<Shortcut>,
    /// Compiled on the first text that the others do not decide; `None` for an invalid pattern, which is not checked.
    regex: OnceLock<Option<fancy_regex::Regex>>,
}

/// An invalid pattern.
#[derive(Debug, thiserror::Error)]
#[error("invalid pattern `{pattern}`: {reason}")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// Why it is invalid.
    pub reason: String,
}

/// Compiled patterns by the address of their text: that of a schema's pattern never changes.
static CACHE: LazyLock<RwLock<Cache>> = LazyLock::new(RwLock::default);

type Cache = HashMap<Place, &'static Pattern, foldhash::fast::RandomState>;

/// The address and length of a pattern's text.
type Place = (usize, usize);

/// Slots for the patterns that a thread has used; a prime, since addresses are multiples of small numbers.
const SLOTS: usize = 61;

thread_local! {
    /// The patterns that this thread has used, in slots by their addresses: finding one takes no lock and no hash.
    static RECENT: [Cell<Option<(Place, &'static Pattern)>>; SLOTS] = const { [const { Cell::new(None) }; SLOTS] };
}

impl Pattern {
    /// Compiles a pattern of a model: ECMA 262 syntax, and the parts of Java's that models use.
    ///
    /// # Errors
    /// It is not a regular expression, or exceeds the size limit.
    pub fn compile(pattern: &str) -> Result<Self, PatternError> {
        let compiled = Self::of(pattern);
        let regex = build(&compiled.text);
        let regex = regex.map_err(|error| PatternError { pattern: pattern.to_owned(), reason: error.to_string() })?;
        // Nobody else has it, so there is none yet.
        let _ = compiled.regex.set(Some(regex));
        Ok(compiled)
    }

    fn of(pattern: &str) -> Self {
        let text = to_rust(pattern);
        Self { ascii: AsciiMatcher::of(&text), shortcut: Shortcut::of(&text), regex: OnceLock::new(), text }
    }

    /// Returns the compiled form of a schema's pattern, from a cache. An invalid one matches everything: it is reported when
    /// the model is validated, not when a value is.
    pub fn cached(pattern: &'static str) -> &'static Self {
        let place = (pattern.as_ptr().addr(), pattern.len());
        RECENT.with(|recent| {
            let Some(slot) = recent.get(place.0 % SLOTS) else { return Self::shared(pattern, place) };
            if let Some((known, compiled)) = slot.get()
                && known == place
            {
                return compiled;
            }
            let compiled = Self::shared(pattern, place);
            slot.set(Some((place, compiled)));
            compiled
        })
    }

    fn shared(pattern: &'static str, place: Place) -> &'static Self {
        if let Some(known) = CACHE.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return known;
        }
        let compiled = Self::of(pattern);
        let mut cache = CACHE.write().unwrap_or_else(PoisonError::into_inner);
        // Kept for ever, as the schema is whose pattern it is.
        cache.entry(place).or_insert_with(|| Box::leak(Box::new(compiled)))
    }

    /// Returns whether it matches anywhere in the text; `false` beyond the step limit.
    pub fn is_match(&self, text: &str) -> bool {
        if let Some(known) = self.ascii.as_ref().and_then(|ascii| ascii.is_match(text)) {
            return known;
        }
        if self.shortcut.as_ref().is_some_and(|shortcut| shortcut.is_match(text)) {
            return true;
        }
        let regex = self.regex.get_or_init(|| build(&self.text).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text).unwrap_or(false))
    }
}

fn build(pattern: &str) -> Result<fancy_regex::Regex, fancy_regex::Error> {
    fancy_regex::RegexBuilder::new(pattern).backtrack_limit(BACKTRACK_LIMIT).delegate_size_limit(SIZE_LIMIT).build()
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
