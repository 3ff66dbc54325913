//! Finds options, their values and positional arguments.

use std::collections::VecDeque;

/// The number of values that an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// None: a switch.
    None,
    /// Exactly one value.
    One,
    /// One value or none.
    Optional,
    /// Any number of values.
    Any,
}

/// An option.
#[derive(Clone, Copy, Debug)]
pub struct Flag<'a> {
    /// The name with its dashes.
    pub name: &'a str,
    /// The number of values.
    pub arity: Arity,
    /// The allowed values; empty for any.
    pub choices: &'a [&'a str],
}

/// A positional argument.
#[derive(Clone, Copy, Debug)]
pub struct Positional {
    /// Whether it can be missing.
    pub optional: bool,
}

/// The result of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The options in the order of the command line: index among the scanner's flags, and values.
    pub options: Vec<(usize, Vec<String>)>,
    /// The positional arguments.
    pub positionals: Vec<Option<String>>,
    /// Everything else, in order.
    pub rest: Vec<String>,
}

/// An invalid option.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum ScanError {
    #[error("ambiguous option {word}: could be {}", candidates.join(", "))]
    Ambiguous { word: String, candidates: Vec<String> },
    #[error("{flag}: expected one argument")]
    MissingValue { flag: String },
    #[error("{flag}: unexpected value '{value}'")]
    UnwantedValue { flag: String, value: String },
    #[error("invalid value '{value}' for {flag}: expected one of {}", choices.join(", "))]
    NotAChoice { flag: String, value: String, choices: Vec<String> },
}

/// Scans for a set of options and positional arguments.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    /// The options.
    pub flags: &'a [Flag<'a>],
    /// The positional arguments.
    pub positionals: &'a [Positional],
}

/// What a word is, before values are assigned to options.
enum Word<'w> {
    /// A value or positional argument.
    Argument,
    /// `--`.
    Separator,
    /// An option, `None` if it is unknown, with the value after its equals sign.
    Option(Option<usize>, Option<&'w str>),
}

impl Scanner<'_> {
    /// Scans the words.
    ///
    /// # Errors
    /// Returns a [`ScanError`] for an ambiguous or invalid option.
    pub fn scan(&self, words: &[String]) -> Result<Scan, ScanError> {
        let kinds = self.classify(words)?;
        let mut found = Scan { positionals: vec![None; self.positionals.len()], ..Scan::default() };
        let mut open: VecDeque<usize> = (0..self.positionals.len()).collect();
        let mut at = 0;
        while let Some(kind) = kinds.get(at) {
            match kind {
                Word::Option(None, _) => {
                    found.rest.extend(words.get(at).cloned());
                    at += 1;
                }
                Word::Option(Some(index), value) => {
                    at = self.take_option(*index, *value, words, &kinds, at, &mut found)?
                }
                Word::Argument | Word::Separator => {
                    let before = at;
                    at = self.take_positionals(words, &kinds, at, &mut open, &mut found);
                    if at == before {
                        while kinds.get(at).is_some_and(|kind| !matches!(kind, Word::Option(..))) {
                            found.rest.extend(words.get(at).cloned());
                            at += 1;
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    fn classify<'w>(&self, words: &'w [String]) -> Result<Vec<Word<'w>>, ScanError> {
        let mut separated = false;
        words
            .iter()
            .map(|word| match word.as_str() {
                _ if separated => Ok(Word::Argument),
                "--" => {
                    separated = true;
                    Ok(Word::Separator)
                }
                word => self.classify_word(word),
            })
            .collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.flags.iter().position(|flag| flag.name == name)
    }

    fn classify_word<'w>(&self, word: &'w str) -> Result<Word<'w>, ScanError> {
        if !word.starts_with('-') || word.len() == 1 {
            return Ok(Word::Argument);
        }
        if let Some(index) = self.position(word) {
            return Ok(Word::Option(Some(index), None));
        }
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        if let Some(index) = value.and(self.position(name)) {
            return Ok(Word::Option(Some(index), value));
        }
        if name.starts_with("--") {
            let flags = self.flags.iter().enumerate();
            let candidates: Vec<_> = flags.filter(|(_, flag)| flag.name.starts_with(name)).collect();
            match candidates.as_slice() {
                [] => {}
                [(index, _)] => return Ok(Word::Option(Some(*index), value)),
                several => {
                    let candidates = several.iter().map(|(_, flag)| flag.name.to_owned()).collect();
                    return Err(ScanError::Ambiguous { word: word.to_owned(), candidates });
                }
            }
        }
        Ok(if is_negative_number(word) || word.contains(' ') { Word::Argument } else { Word::Option(None, None) })
    }

    fn take_option(
        &self,
        index: usize,
        explicit: Option<&str>,
        words: &[String],
        kinds: &[Word<'_>],
        at: usize,
        found: &mut Scan,
    ) -> Result<usize, ScanError> {
        let Some(flag) = self.flags.get(index) else { return Ok(at + 1) };
        let name = || flag.name.to_owned();
        let values = match (flag.arity, explicit) {
            (Arity::None, Some(value)) => {
                return Err(ScanError::UnwantedValue { flag: name(), value: value.to_owned() });
            }
            (_, Some(value)) => vec![value.to_owned()],
            (arity, None) => {
                let most = match arity {
                    Arity::None => 0,
                    Arity::One | Arity::Optional => 1,
                    Arity::Any => usize::MAX,
                };
                let behind = kinds.iter().skip(at + 1).take_while(|kind| matches!(kind, Word::Argument)).count();
                words.iter().skip(at + 1).take(behind.min(most)).cloned().collect()
            }
        };
        if flag.arity == Arity::One && values.is_empty() {
            return Err(ScanError::MissingValue { flag: name() });
        }
        if let Some(value) =
            values.iter().find(|value| !flag.choices.is_empty() && !flag.choices.contains(&value.as_str()))
        {
            let choices = flag.choices.iter().map(|choice| (*choice).to_owned()).collect();
            return Err(ScanError::NotAChoice { flag: name(), value: value.clone(), choices });
        }
        let taken = if explicit.is_some() { 0 } else { values.len() };
        found.options.push((index, values));
        Ok(at + 1 + taken)
    }

    /// Assigns the words from `start` to as many open positionals as possible. Each may consume `--` before and after its
    /// word; an optional one may stay empty.
    fn take_positionals(
        &self,
        words: &[String],
        kinds: &[Word<'_>],
        start: usize,
        open: &mut VecDeque<usize>,
        found: &mut Scan,
    ) -> usize {
        let mut at = start;
        while let Some(&index) = open.front() {
            let mut end = at;
            while matches!(kinds.get(end), Some(Word::Separator)) {
                end += 1;
            }
            let word = match kinds.get(end) {
                Some(Word::Argument) => words.get(end).cloned(),
                _ => None,
            };
            if word.is_none() && !self.positionals.get(index).is_some_and(|positional| positional.optional) {
                break;
            }
            end += usize::from(word.is_some());
            while matches!(kinds.get(end), Some(Word::Separator)) {
                end += 1;
            }
            if let Some(place) = found.positionals.get_mut(index) {
                *place = word;
            }
            open.pop_front();
            at = end;
        }
        at
    }
}

/// Whether a word is `-5`, `-.5` or `-1.5`: a value despite its dash.
fn is_negative_number(word: &str) -> bool {
    let Some(number) = word.strip_prefix('-') else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match number.split_once('.') {
        None => !number.is_empty() && digits(number),
        Some((whole, fraction)) => !fraction.is_empty() && digits(whole) && digits(fraction),
    }
}
