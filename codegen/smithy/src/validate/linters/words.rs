//! Words in names.

use crate::model::relations::Item;
use crate::source::{Node, Span};
use crate::validate::configuration::Problem;

/// The name of a member, or of a shape without its namespace.
pub(super) fn name(item: Item<'_>) -> &str {
    match item {
        Item::Shape(shape) => shape.id.name(),
        Item::Member(_, member) => &member.name,
    }
}

/// Splits a name before each capital that starts a word: `ListAWSThings` is `List`, `AWS`, `Things`.
pub(super) fn camel_words(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let is_upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let starts = (1..bytes.len()).filter(|at| is_upper(*at) && (!is_upper(at - 1) || is_lower(at + 1)));
    let mut words = Vec::new();
    let mut first = 0;
    for at in starts.chain([bytes.len()]) {
        words.extend(name.get(first..at));
        first = at;
    }
    words
}

/// Terms of one or more words that are searched for at word boundaries.
pub(super) struct Terms {
    terms: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Separator,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_lowercase() => Self::Lower,
            _ if c.is_uppercase() => Self::Upper,
            _ if c.is_alphanumeric() => Self::Digit,
            _ => Self::Separator,
        }
    }
}

impl Terms {
    /// Takes terms: words of letters and digits with single spaces between them. They are found with and without the spaces.
    pub(super) fn new<'t>(terms: impl IntoIterator<Item = &'t str>, span: Span) -> Result<Self, Problem> {
        let mut all = Vec::new();
        for term in terms {
            let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
            if !term.split(' ').all(is_word) {
                return Err((span, format!("invalid term `{term}`: expected words with single spaces between them")));
            }
            let lower = term.to_lowercase();
            all.push(lower.replace(' ', ""));
            all.push(lower);
        }
        all.sort_unstable();
        all.dedup();
        Ok(Self { terms: all })
    }

    /// The first term that a name has.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let words = spaced_words(name);
        let is_there = |term: &&String| {
            let Some((before, after)) = words.split_once(term.as_str()) else { return false };
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        };
        self.terms.iter().find(is_there).map(String::as_str)
    }
}

/// The words of a name in lower case with spaces between them. Digits are words of their own.
fn spaced_words(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut previous = None;
    for c in name.chars() {
        let class = Class::of(c);
        if previous == Some(Class::Upper) && class == Class::Lower {
            // The last capital starts the new word.
            let first = word.pop();
            words.push(std::mem::take(&mut word));
            word.extend(first);
        } else if previous != Some(class) {
            words.push(std::mem::take(&mut word));
        }
        if class != Class::Separator {
            word.extend(c.to_lowercase());
        }
        previous = Some(class);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The place of a key's value, or that of the whole configuration.
pub(super) fn place(configuration: &Node, key: &str) -> Span {
    configuration.get(key).map_or(configuration.span, |value| value.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_before_capitals() {
        assert_eq!(camel_words("ListAWSThings"), ["List", "AWS", "Things"]);
        assert_eq!(camel_words("getHTTP"), ["get", "HTTP"]);
        assert_eq!(camel_words("A"), ["A"]);
        assert_eq!(camel_words("list_things2Do"), ["list_things2", "Do"]);
    }

    #[test]
    fn names_are_split_into_words() {
        assert_eq!(spaced_words("billingAddress2"), "billing address 2");
        assert_eq!(spaced_words("HTTPServer_Name"), "http server name");
        assert_eq!(spaced_words("_"), "");
    }

    #[test]
    fn terms_are_found_at_word_boundaries() {
        let terms = Terms::new(["zip code", "bank"], Span::NONE).ok();
        let find = |name| terms.as_ref().and_then(|terms| terms.find(name));
        assert_eq!(find("homeZipCode"), Some("zip code"));
        assert_eq!(find("zipcode"), Some("zipcode"));
        assert_eq!(find("embankment"), None);
        assert!(Terms::new([" bank"], Span::NONE).is_err());
    }
}
