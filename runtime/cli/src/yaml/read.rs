//! Reads YAML 1.2 into a value.

use std::collections::HashMap;

use base64_simd::STANDARD;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use whitesmith_schema::{Blob, Number, Timestamp, Value, ValueMap};

use crate::json;

/// How deep a value may be nested.
const MAX_DEPTH: usize = 256;
/// How many values a document may have, those that aliases repeat included.
const MAX_VALUES: usize = 100_000;

/// A text that is no YAML document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at line {line}, column {column}")]
pub struct YamlError {
    /// What is wrong.
    pub problem: String,
    /// The line, counted from one.
    pub line: usize,
    /// The character in the line, counted from one.
    pub column: usize,
}

/// Reads the only document of a text; null where there is none.
pub fn read(text: &str) -> Result<Value, YamlError> {
    let mut reader =
        Reader { parser: Parser::new_from_str(text), line: 1, column: 1, anchors: HashMap::new(), values: 0 };
    let mut document = None;
    loop {
        match reader.next()? {
            Event::StreamEnd => return Ok(document.unwrap_or_default()),
            Event::DocumentStart(_) if document.is_some() => return Err(reader.error("the YAML has a second document")),
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event => document = Some(reader.value(event, 0)?),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    line: usize,
    column: usize,
    /// What each anchor marks, and how many values that are.
    anchors: HashMap<usize, (Value, usize)>,
    values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Event<'a>, YamlError> {
        match self.parser.next_event() {
            None => Ok(Event::StreamEnd),
            Some(Ok((event, span))) => {
                (self.line, self.column) = (span.start.line(), span.start.col() + 1);
                Ok(event)
            }
            Some(Err(error)) => Err(YamlError {
                problem: format!("the YAML cannot be read ({})", error.info()),
                line: error.marker().line(),
                column: error.marker().col() + 1,
            }),
        }
    }

    fn error(&self, problem: impl Into<String>) -> YamlError {
        YamlError { problem: problem.into(), line: self.line, column: self.column }
    }

    fn count(&mut self, values: usize) -> Result<(), YamlError> {
        self.values += values;
        if self.values > MAX_VALUES { Err(self.error("the YAML has too many values")) } else { Ok(()) }
    }

    fn value(&mut self, event: Event<'a>, depth: usize) -> Result<Value, YamlError> {
        if depth > MAX_DEPTH {
            return Err(self.error("the YAML is nested too deeply"));
        }
        self.count(1)?;
        let before = self.values;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => (self.scalar(&text, style, tag.as_deref())?, anchor),
            Event::SequenceStart(anchor, tag) => {
                self.expect_tag(tag.as_deref(), "seq")?;
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => items.push(self.value(event, depth + 1)?),
                    }
                }
                (Value::List(items), anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.expect_tag(tag.as_deref(), "map")?;
                (self.mapping(depth)?, anchor)
            }
            Event::Alias(anchor) => {
                // An anchor within itself has not been stored yet.
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(self.error("the YAML refers to an anchor that is not complete"));
                };
                self.count(size)?;
                return Ok(value);
            }
            _ => return Err(self.error("the YAML lacks a value")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), self.values - before + 1));
        }
        Ok(value)
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, YamlError> {
        let (mut map, mut merged) = (ValueMap::new(), Vec::new());
        loop {
            let key = match self.next()? {
                Event::MappingEnd => break,
                Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<" => None,
                event => Some(self.value(event, depth + 1)?),
            };
            let (line, column) = (self.line, self.column);
            let event = self.next()?;
            let value = self.value(event, depth + 1)?;
            match key {
                None => merged.push(value),
                Some(key) => {
                    let key = match key {
                        Value::String(text) => text,
                        Value::List(_) | Value::Map(_) => {
                            return Err(self.error("the YAML has a name that is no scalar"));
                        }
                        scalar => json::to_scalar(&scalar),
                    };
                    if map.contains_key(&key) {
                        let problem = format!("the YAML has {key} twice");
                        return Err(YamlError { problem, line, column });
                    }
                    map.insert(key, value);
                }
            }
        }
        for value in merged {
            self.merge(value, &mut map)?;
        }
        Ok(Value::Map(map))
    }

    /// `<<: *anchor`: entries that are not there yet.
    fn merge(&self, value: Value, map: &mut ValueMap) -> Result<(), YamlError> {
        let sources = match value {
            Value::List(items) => items,
            other => vec![other],
        };
        for source in sources {
            let Value::Map(source) = source else { return Err(self.error("the YAML merges something that is no map")) };
            for (key, value) in source {
                if !map.contains_key(&key) {
                    map.insert(key, value);
                }
            }
        }
        Ok(())
    }

    fn expect_tag(&self, tag: Option<&Tag>, expected: &str) -> Result<(), YamlError> {
        match tag {
            Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == expected) => Err(self.unknown_tag(tag)),
            _ => Ok(()),
        }
    }

    fn unknown_tag(&self, tag: &Tag) -> YamlError {
        self.error(format!("the YAML has a tag that does not fit there ({}{})", tag.handle, tag.suffix))
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, YamlError> {
        let Some(tag) = tag else {
            let plain = if style == ScalarStyle::Plain { resolve_plain(text) } else { None };
            return Ok(plain.unwrap_or_else(|| Value::from(text)));
        };
        let resolved = resolve_plain(text);
        let value = match tag.suffix.as_str() {
            _ if tag.handle.is_empty() && tag.suffix == "!" => Some(Value::from(text)),
            _ if !tag.is_yaml_core_schema() => None,
            "str" => Some(Value::from(text)),
            "null" => Some(Value::Null),
            "bool" => resolved.filter(|value| matches!(value, Value::Boolean(_))),
            "int" => resolved.filter(|value| matches!(value, Value::Number(Number::Integer(_) | Number::Big(_)))),
            "float" => match resolved {
                #[allow(clippy::cast_precision_loss, reason = "the tag asks for a double")]
                Some(Value::Number(Number::Integer(number))) => Some(Value::Number(Number::Float(number as f64))),
                other => other.filter(|value| matches!(value, Value::Number(_))),
            },
            "timestamp" => resolved.filter(|value| matches!(value, Value::Timestamp(_))),
            "binary" => {
                let compact: String = text.split_whitespace().collect();
                STANDARD.decode_to_vec(compact).ok().map(|bytes| Value::Blob(Blob(bytes)))
            }
            _ => None,
        };
        value.ok_or_else(|| self.unknown_tag(tag))
    }
}

/// What an unquoted scalar means, where it is not a string.
pub fn resolve_plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Boolean(true)),
        "false" | "False" | "FALSE" => return Some(Value::Boolean(false)),
        ".nan" | ".NaN" | ".NAN" => return Some(Value::Number(Number::Float(f64::NAN))),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return None;
    }
    integer(text).or_else(|| float(text)).map(Value::Number).or_else(|| date(text).map(Value::Timestamp))
}

fn integer(text: &str) -> Option<Number> {
    let compact = text.replace('_', "");
    let (sign, digits) = match compact.strip_prefix(['-', '+']) {
        Some(digits) => (if compact.starts_with('-') { "-" } else { "" }, digits),
        None => ("", compact.as_str()),
    };
    let radix = |prefix: &str, radix| digits.strip_prefix(prefix).map(|digits| (digits, radix));
    let (digits, radix) = radix("0b", 2).or(radix("0o", 8)).or(radix("0x", 16)).unwrap_or((digits, 10));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    match i64::from_str_radix(&format!("{sign}{digits}"), radix) {
        Ok(number) => Some(Number::Integer(number)),
        Err(_) if radix == 10 => Some(Number::Big(format!("{sign}{digits}"))),
        Err(_) => None,
    }
}

fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        let infinity = if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
        return Some(Number::Float(infinity));
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, unsigned.get(at + 1..)),
        None => (unsigned, None),
    };
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
    } else if !mantissa.contains('.') {
        return None;
    }
    let point = mantissa.bytes().filter(|byte| *byte == b'.').count() <= 1;
    let digits = mantissa.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.'));
    if !point || !digits || !mantissa.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.replace('_', "").parse().ok().map(Number::Float)
}

/// A date, or a date and a time with or without an offset, in the loose form of YAML's timestamps.
fn date(text: &str) -> Option<Timestamp> {
    let (day, time) = match text.get(..10) {
        Some(day) if day.as_bytes().get(4) == Some(&b'-') => (day, text.get(10..)?),
        _ => return None,
    };
    if time.is_empty() {
        return Timestamp::parse_date_time(&format!("{day}T00:00:00Z")).ok();
    }
    let time = time.trim_start_matches(['T', 't', ' ', '\t']);
    let (clock, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (time.get(..at)?.trim_end(), time.get(at..)?),
        None => (time, "Z"),
    };
    let zone = if zone.len() == 3 { format!("{zone}:00") } else { zone.to_owned() };
    Timestamp::parse_date_time(&format!("{day}T{clock}{zone}")).ok()
}
