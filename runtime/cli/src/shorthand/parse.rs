//! Parses shorthand into a value. It knows no shapes: every scalar is a string.

use std::fmt::{self, Write as _};

use whitesmith_schema::{Value, ValueMap};

/// Maximum nesting depth.
const MAX_DEPTH: usize = 128;

/// Invalid shorthand, or a file in it that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum ShorthandError<E> {
    /// A syntax error.
    Syntax {
        /// What is wrong.
        problem: String,
        /// The whole text.
        text: String,
        /// The zero-based position, in characters.
        position: usize,
    },
    /// A value after `@=` cannot be loaded.
    File(E),
}

/// Shows the text with a caret under the position.
impl<E: fmt::Display> fmt::Display for ShorthandError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Syntax { problem, text, position } = self else {
            let Self::File(error) = self else { return Ok(()) };
            return error.fmt(f);
        };
        writeln!(f, "{problem}")?;
        let mut left = *position;
        let mut pointed = false;
        for (at, line) in text.split('\n').enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{line}")?;
            let width = line.chars().count();
            if !pointed && left <= width {
                f.write_char('\n')?;
                (0..left).try_for_each(|_| f.write_char(' '))?;
                f.write_char('^')?;
                pointed = true;
            }
            left = left.saturating_sub(width).saturating_sub(1);
        }
        Ok(())
    }
}

/// Parses `key=value,…`. `load` returns the content of a value after `@=` if it names a file.
///
/// # Errors
/// Returns a [`ShorthandError`] with the position of the problem, or the error of `load`.
pub fn parse<E>(text: &str, load: impl Fn(&str) -> Result<Option<Value>, E>) -> Result<Value, ShorthandError<E>> {
    let mut parser = Parser { text, characters: text.chars().collect(), at: 0, from_files: false, load };
    parser.parameter()
}

struct Parser<'a, F> {
    text: &'a str,
    characters: Vec<char>,
    at: usize,
    /// Whether the key ended in `@`.
    from_files: bool,
    load: F,
}

/// Whether an unquoted value can begin with a character.
fn begins_word(character: char) -> bool {
    matches!(character, '!' | '#'..='&' | '('..='+' | '-'..='<' | '>'..='Z' | '\\'..='z' | '|'..='\u{ffff}')
}

/// Whether an unquoted value can contain a character; the first value of a list can contain `=`.
fn continues_word(character: char, first: bool) -> bool {
    let common = character.is_whitespace()
        || matches!(character, '!' | '#'..='&' | '('..='+' | '-'..='<' | '>'..='\\' | '^'..='|' | '~'..='\u{ffff}');
    if first { common || matches!(character, '=') } else { common || matches!(character, ']' | '}') }
}

impl<E, F: Fn(&str) -> Result<Option<Value>, E>> Parser<'_, F> {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    /// Passes over some characters.
    fn advance(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    fn at_end(&self) -> bool {
        self.at >= self.characters.len()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|character| matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')) {
            self.advance(1);
        }
    }

    fn error<T>(&self, problem: impl Into<String>, position: usize) -> Result<T, ShorthandError<E>> {
        Err(ShorthandError::Syntax { problem: problem.into(), text: self.text.to_owned(), position })
    }

    fn expect(&mut self, wanted: char) -> Result<(), ShorthandError<E>> {
        match self.peek() {
            Some(found) if found == wanted => {
                self.advance(1);
                Ok(())
            }
            Some(found) => self.error(format!("expected {wanted}, found {found}:"), self.at),
            None => self.error(format!("expected {wanted}, found the end:"), self.at),
        }
    }

    fn expect_between_blanks(&mut self, wanted: char) -> Result<(), ShorthandError<E>> {
        self.blanks();
        self.expect(wanted)?;
        self.blanks();
        Ok(())
    }

    fn parameter(&mut self) -> Result<Value, ShorthandError<E>> {
        let mut map = ValueMap::new();
        let mut start = 0;
        loop {
            let key = self.key()?;
            let value = self.values()?;
            if map.contains_key(&key) {
                let problem = format!("duplicate key \"{key}\" (should a comma be a space?):");
                return self.error(problem, start);
            }
            map.insert(key, value);
            start = self.at.saturating_add(1);
            if self.at_end() {
                return Ok(Value::Map(map));
            }
            self.expect_between_blanks(',')?;
        }
    }

    /// Parses a key with its `=` or `@=`.
    fn key(&mut self) -> Result<String, ShorthandError<E>> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '#' | '/' | ':'))
        {
            self.advance(1);
        }
        let key = self.characters.get(start..self.at).unwrap_or_default().iter().collect();
        self.blanks();
        self.from_files = self.peek() == Some('@');
        if self.from_files {
            self.advance(1);
        }
        self.expect_between_blanks('=')?;
        Ok(key)
    }

    fn values(&mut self) -> Result<Value, ShorthandError<E>> {
        match self.peek() {
            None => Ok(Value::from("")),
            Some('[') => self.list(0),
            Some('{') => self.map(0),
            Some(_) => self.comma_separated(),
        }
    }

    /// Parses `a` or `a,b,c`. Whether a word after a comma is a value or the next key is only known after it.
    fn comma_separated(&mut self) -> Result<Value, ShorthandError<E>> {
        let first = self.first_value()?;
        self.blanks();
        if self.peek() != Some(',') {
            return Ok(first);
        }
        self.expect_between_blanks(',')?;
        let mut values = vec![first];
        loop {
            let value = match self.later_value() {
                Ok(value) => value,
                Err(error @ ShorthandError::File(_)) => return Err(error),
                Err(error) if self.at_end() => return Err(error),
                Err(_) => break self.back_to_comma(),
            };
            self.blanks();
            if self.at_end() {
                values.push(value);
                break;
            }
            if self.peek() != Some(',') {
                break self.back_to_comma();
            }
            self.expect_between_blanks(',')?;
            values.push(value);
        }
        match (values.len(), values.pop()) {
            (1, Some(only)) => Ok(only),
            (_, Some(last)) => {
                values.push(last);
                Ok(Value::List(values))
            }
            (_, None) => Ok(Value::List(values)),
        }
    }

    fn back_to_comma(&mut self) {
        while self.at > 0 && self.peek() != Some(',') {
            self.at = self.at.saturating_sub(1);
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, ShorthandError<E>> {
        self.expect_between_blanks('[')?;
        let mut items = Vec::new();
        while self.peek() != Some(']') {
            items.push(self.nested_value(depth)?);
            self.blanks();
            if self.peek() != Some(']') {
                self.expect(',')?;
                self.blanks();
            }
        }
        self.advance(1);
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, ShorthandError<E>> {
        self.expect_between_blanks('{')?;
        let mut map = ValueMap::new();
        while self.peek() != Some('}') {
            let key = self.key()?;
            let value = self.nested_value(depth)?;
            self.blanks();
            if self.peek() != Some('}') {
                self.expect(',')?;
                self.blanks();
            }
            map.insert(key, value);
        }
        self.advance(1);
        Ok(Value::Map(map))
    }

    fn nested_value(&mut self, depth: usize) -> Result<Value, ShorthandError<E>> {
        if depth >= MAX_DEPTH {
            return self.error("nested too deeply:", self.at);
        }
        let inner = depth.saturating_add(1);
        match self.peek() {
            Some('[') => self.list(inner),
            Some('{') => self.map(inner),
            _ => self.first_value(),
        }
    }

    fn first_value(&mut self) -> Result<Value, ShorthandError<E>> {
        match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => match self.word(true) {
                Some(word) => self.loaded(word),
                None => Ok(Value::from("")),
            },
        }
    }

    fn later_value(&mut self) -> Result<Value, ShorthandError<E>> {
        match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => match self.word(false) {
                Some(word) => self.loaded(word),
                None => self.error("expected a value:", self.at),
            },
        }
    }

    /// Parses an unquoted value without trailing spaces; `\,` stands for a comma.
    fn word(&mut self, first: bool) -> Option<String> {
        let mut word = String::new();
        while let Some(character) = self.peek() {
            let allowed = if word.is_empty() { begins_word(character) } else { continues_word(character, first) };
            if character == '\\' && self.characters.get(self.at.saturating_add(1)) == Some(&',') {
                word.push(',');
                self.advance(2);
            } else if allowed {
                word.push(character);
                self.advance(1);
            } else {
                break;
            }
        }
        if word.is_empty() { None } else { Some(word.trim_end().to_owned()) }
    }

    /// Parses a quoted value, which ends at the first unescaped quote or else at the last quote.
    fn quoted(&mut self, quote: char) -> Result<Value, ShorthandError<E>> {
        let (start, first) = (self.at, self.at.saturating_add(1));
        let mut end = None;
        let mut escaped = false;
        for (at, character) in self.characters.iter().enumerate().skip(first) {
            if *character == quote {
                end = Some(at);
                if !escaped {
                    break;
                }
            }
            escaped = *character == '\\';
        }
        let Some(end) = end else { return self.error(format!("missing closing {quote}:"), start) };
        let inner: String = self.characters.get(first..end).unwrap_or_default().iter().collect();
        self.at = end.saturating_add(1);
        self.loaded(inner.replace(&format!("\\{quote}"), &quote.to_string()).replace("\\\\", "\\"))
    }

    fn loaded(&self, text: String) -> Result<Value, ShorthandError<E>> {
        if self.from_files
            && let Some(value) = (self.load)(&text).map_err(ShorthandError::File)?
        {
            return Ok(value);
        }
        Ok(Value::String(text))
    }
}
