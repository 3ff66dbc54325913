//! Reads JSON into a value.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in a text, which has at most `isize::MAX` bytes, and surrogates"
)]

use whitesmith_schema::{Number, Value, ValueMap};

/// Maximum nesting depth; values are read recursively.
const MAX_DEPTH: usize = 256;

/// Invalid JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid JSON: {problem} at line {line}, column {column}")]
pub struct JsonError {
    /// What is wrong.
    pub problem: &'static str,
    /// The one-based line.
    pub line: usize,
    /// The one-based column, in characters.
    pub column: usize,
}

/// Reads a single value, optionally surrounded by whitespace.
///
/// # Errors
/// Returns a [`JsonError`] with the position of the first problem.
pub fn read(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader { text, at: 0 };
    reader.whitespace();
    let value = reader.value(0)?;
    reader.whitespace();
    if reader.at < text.len() { Err(reader.error("unexpected text after the value")) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn error(&self, problem: &'static str) -> JsonError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        JsonError { problem, line: before.matches('\n').count() + 1, column }
    }

    fn value(&mut self, depth: usize) -> Result<Value, JsonError> {
        if depth > MAX_DEPTH {
            return Err(self.error("nested too deeply"));
        }
        Ok(match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') if !self.rest().starts_with("-I") => self.number()?,
            _ if self.eat_word("true") => Value::Boolean(true),
            _ if self.eat_word("false") => Value::Boolean(false),
            _ if self.eat_word("null") => Value::Null,
            _ if self.eat_word("NaN") => Value::Number(Number::Float(f64::NAN)),
            _ if self.eat_word("Infinity") => Value::Number(Number::Float(f64::INFINITY)),
            _ if self.eat_word("-Infinity") => Value::Number(Number::Float(f64::NEG_INFINITY)),
            _ => return Err(self.error("expected a value")),
        })
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        self.whitespace();
        let mut map = ValueMap::new();
        if self.eat(b'}') {
            return Ok(Value::Map(map));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.error("expected a name in double quotes"));
            }
            let key = self.string()?;
            self.whitespace();
            if !self.eat(b':') {
                return Err(self.error("expected :"));
            }
            self.whitespace();
            let value = self.value(depth + 1)?;
            map.insert(key, value);
            self.whitespace();
            if self.eat(b'}') {
                return Ok(Value::Map(map));
            }
            if !self.eat(b',') {
                return Err(self.error("expected , or }"));
            }
            self.whitespace();
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        self.whitespace();
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.whitespace();
            if self.eat(b']') {
                return Ok(Value::List(items));
            }
            if !self.eat(b',') {
                return Err(self.error("expected , or ]"));
            }
            self.whitespace();
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let opening = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(stop) = rest.find(|character: char| matches!(character, '"' | '\\' | '\0'..='\x1f')) else {
                self.at = opening;
                return Err(self.error("unterminated string"));
            };
            text.push_str(rest.get(..stop).unwrap_or_default());
            self.at += stop;
            if self.eat(b'"') {
                return Ok(text);
            }
            if !self.eat(b'\\') {
                return Err(self.error("unescaped control character in a string"));
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let Some(escape) = self.peek() else { return Err(self.error("unterminated string")) };
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
                    let before = self.at;
                    self.at += 2;
                    let low = self.unit()?;
                    if (0xDC00..0xE000).contains(&low) {
                        let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                        return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    self.at = before;
                }
                // An unpaired surrogate is not a character.
                char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => {
                self.at -= 1;
                return Err(self.error("invalid escape sequence"));
            }
        })
    }

    fn unit(&mut self) -> Result<u32, JsonError> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.error("expected four hexadecimal digits after \\u"));
        };
        self.at += 4;
        Ok(unit)
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') && self.digits() == 0 {
            self.at = start;
            return Err(self.error("expected a value"));
        }
        let mut end = self.at;
        if self.eat(b'.') && self.digits() > 0 {
            end = self.at;
        }
        self.at = end;
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'-') {
                self.eat(b'+');
            }
            if self.digits() > 0 {
                end = self.at;
            }
        }
        self.at = end;
        let text = self.text.get(start..end).unwrap_or_default();
        Ok(Value::Number(if text.contains(['.', 'e', 'E']) {
            Number::Float(text.parse().unwrap_or(f64::NAN))
        } else {
            text.parse().map_or_else(|_| Number::Big(text.to_owned()), Number::Integer)
        }))
    }
}
