//! Completion at a prompt.

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

/// The words that can be typed next.
pub struct Choices {
    pub candidates: Vec<(String, String)>,
    /// Whether the last word is completed rather than the whole line.
    pub by_word: bool,
}

impl Completer for Choices {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..position).unwrap_or(line);
        let start = if self.by_word { before.rfind(' ').map_or(0, |blank| blank + 1) } else { 0 };
        let typed = before.get(start..).unwrap_or_default();
        let fitting = self.candidates.iter().filter(|(word, _)| word.starts_with(typed));
        Ok((start, fitting.map(|(word, shown)| Pair { display: shown.clone(), replacement: word.clone() }).collect()))
    }
}

impl Hinter for Choices {
    type Hint = String;
}

impl Highlighter for Choices {}
impl Validator for Choices {}
impl Helper for Choices {}
