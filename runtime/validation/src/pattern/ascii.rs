//! Patterns over ASCII texts, which most values are. Their automata take a few kilobytes, those over all of Unicode
//! hundreds, and more time.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson::NFA;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Input, MatchKind, nfa::thompson};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// The size limit of an automaton, in bytes.
const SIZE_LIMIT: usize = 64 << 10;
/// The memory limit for building one, in bytes.
const WORK_LIMIT: usize = 256 << 10;
/// The mark of a possessive repetition, which `regex_syntax` reads as another repetition.
const POSSESSIVE: [&str; 4] = ["++", "*+", "?+", "}+"];

/// Matches a pattern anywhere in ASCII texts.
#[derive(Debug)]
pub(super) struct AsciiMatcher {
    automaton: dense::DFA<Vec<u32>>,
    /// The start state.
    start: StateID,
}

impl AsciiMatcher {
    /// Compiles a pattern in Rust's dialect; `None` if it has look-around or back-references or exceeds the limits.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        if POSSESSIVE.iter().any(|possessive| pattern.contains(possessive)) {
            return None;
        }
        let hir = syntax::parse(pattern).ok()?;
        let thompson = thompson::Config::new().nfa_size_limit(Some(WORK_LIMIT));
        let nfa: NFA = thompson::Compiler::new().configure(thompson).build_from_hir(&narrowed(&hir)).ok()?;
        let config = dense::Config::new()
            .start_kind(StartKind::Unanchored)
            .match_kind(MatchKind::All)
            .accelerate(false)
            .dfa_size_limit(Some(SIZE_LIMIT))
            .determinize_size_limit(Some(WORK_LIMIT));
        let automaton = dense::Builder::new().configure(config).build_from_nfa(&nfa).ok()?;
        let start = automaton.start_state_forward(&Input::new("")).ok()?;
        Some(Self { automaton, start })
    }

    /// Returns whether it matches; `None` if the text is not ASCII.
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        if !text.is_ascii() {
            return None;
        }
        // Most values are a few bytes: a walk without the preparations of a search.
        let mut state = self.start;
        for byte in text.bytes() {
            state = self.automaton.next_state(state, byte);
            if self.automaton.is_special_state(state) {
                if self.automaton.is_match_state(state) {
                    return Some(true);
                }
                if self.automaton.is_dead_state(state) {
                    return Some(false);
                }
            }
        }
        Some(self.automaton.is_match_state(self.automaton.next_eoi_state(state)))
    }
}

/// Removes what no ASCII text can match from an expression.
fn narrowed(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) if literal.0.is_ascii() => Hir::literal(literal.0.clone()),
        HirKind::Literal(_) => Hir::fail(),
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            class.intersect(&ClassUnicode::new([ClassUnicodeRange::new('\0', '\x7f')]));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(class) => Hir::class(class.clone()),
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => *other,
        }),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            let sub = Box::new(narrowed(sub));
            Hir::repetition(Repetition { min: *min, max: *max, greedy: *greedy, sub })
        }
        HirKind::Capture(capture) => narrowed(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(narrowed).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(narrowed).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::AsciiMatcher;

    #[test]
    fn says_what_the_whole_pattern_says() {
        let patterns = [
            "^[a-zA-Z]+$",
            "[a-z]",
            r"^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$",
            r"(?i)^k\b.*é?$",
            r"^(a|é|[^a-y])*$",
            r"^\w{2,3}(?:-\d)?$",
            r"\bend$",
            "^.{0,5}$",
            "",
            "é",
        ];
        let texts =
            ["", "a", "K", "k x", "abc", "ab-1", "the end", "bend", "a\nb", "zz", "a b_c:/=", "é", "aé", "\u{212a}"];
        for pattern in patterns {
            let whole = fancy_regex::Regex::new(pattern).unwrap();
            let ascii = AsciiMatcher::of(pattern).unwrap();
            for text in texts {
                let expected = text.is_ascii().then(|| whole.is_match(text).unwrap());
                assert_eq!(ascii.is_match(text), expected, "{pattern} and {text:?}");
            }
        }
    }

    #[test]
    fn leaves_alone_what_it_cannot_say_or_hold() {
        for pattern in ["(?=a)b", r"(a)\1", "a++a", "(?>a*)a", "[ab]*a[ab]{40}", r"((\w{100}){100}){100}"] {
            assert!(AsciiMatcher::of(pattern).is_none(), "{pattern}");
        }
    }
}
