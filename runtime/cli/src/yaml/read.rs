//! Reads YAML 1.2 into a value.

use std::collections::HashMap;

use base64_simd::STANDARD;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use whitesmith_schema::{Blob, Member, Number, Schema, ShapeType, Timestamp, Value, ValueMap};

use crate::json;

/// Maximum nesting depth.
const MAX_DEPTH: usize = 256;
/// Maximum number of values in a document, including those that aliases repeat.
const MAX_VALUES: usize = 100_000;
/// Maximum number of bytes of its scalars, including those that aliases repeat.
const MAX_BYTES: usize = 128 << 20;

/// Invalid YAML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid YAML: {problem} at line {line}, column {column}")]
pub struct YamlError {
    /// What is wrong.
    pub problem: String,
    /// The one-based line.
    pub line: usize,
    /// The one-based column, in characters.
    pub column: usize,
}

/// Reads the only document of a text, which is null if there is none.
///
/// Keys that are not strings are text in structures and documents; a map of the schema refuses them, as the AWS CLI does.
///
/// # Errors
/// Returns a [`YamlError`] with the position of the first problem.
pub fn read(text: &str, schema: Option<&'static Schema>) -> Result<Value, YamlError> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        line: 1,
        column: 1,
        anchors: HashMap::new(),
        size: Size::default(),
    };
    let root = Place { parent: None, name: "", schema };
    let mut document = None;
    loop {
        match reader.next()? {
            Event::StreamEnd => return Ok(document.unwrap_or_default()),
            Event::DocumentStart(_) if document.is_some() => return Err(reader.error("unexpected second document")),
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event => document = Some(reader.value(event, &root, 0)?),
        }
    }
}

/// Where a value stands: its shape, and its path for messages.
struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    name: &'p str,
    schema: Option<&'static Schema>,
}

impl Place<'_> {
    fn child<'p>(&'p self, name: &'p str, member: Option<&'static Member>) -> Place<'p> {
        let schema = match self.schema {
            Some(schema) if schema.shape_type == ShapeType::Document => Some(schema),
            _ => member.map(|member| member.target),
        };
        Place { parent: Some(self), name, schema }
    }

    fn element(&self) -> Place<'_> {
        self.child("[]", self.schema.and_then(Schema::list_member))
    }

    fn entry<'p>(&'p self, key: &'p str) -> Place<'p> {
        let member = self.schema.and_then(|schema| match schema.shape_type {
            ShapeType::Map => schema.map_value(),
            ShapeType::Structure | ShapeType::Union => schema.member(key),
            _ => None,
        });
        self.child(key, member)
    }

    fn path(&self) -> String {
        match self.parent {
            None => "the input".to_owned(),
            Some(parent) if parent.parent.is_none() => self.name.to_owned(),
            Some(parent) if self.name == "[]" => parent.path() + "[]",
            Some(parent) => format!("{}.{}", parent.path(), self.name),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    line: usize,
    column: usize,
    anchors: HashMap<usize, (Value, Size)>,
    /// That of everything so far.
    size: Size,
}

/// How much a value takes.
#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
}

impl Size {
    fn scalar(text: &str) -> Self {
        Self { values: 1, bytes: text.len() }
    }

    /// Returns what has come since an earlier size.
    fn since(self, earlier: Self) -> Self {
        Self { values: self.values.saturating_sub(earlier.values), bytes: self.bytes.saturating_sub(earlier.bytes) }
    }
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Event<'a>, YamlError> {
        match self.parser.next_event() {
            None => Ok(Event::StreamEnd),
            Some(Ok((event, span))) => {
                (self.line, self.column) = (span.start.line(), span.start.col().saturating_add(1));
                Ok(event)
            }
            Some(Err(error)) => Err(YamlError {
                problem: error.info().to_owned(),
                line: error.marker().line(),
                column: error.marker().col().saturating_add(1),
            }),
        }
    }

    fn error(&self, problem: impl Into<String>) -> YamlError {
        YamlError { problem: problem.into(), line: self.line, column: self.column }
    }

    fn count(&mut self, size: Size) -> Result<(), YamlError> {
        self.size.values = self.size.values.saturating_add(size.values);
        self.size.bytes = self.size.bytes.saturating_add(size.bytes);
        match self.size {
            Size { values, .. } if values > MAX_VALUES => Err(self.error("too many values")),
            Size { bytes, .. } if bytes > MAX_BYTES => Err(self.error("values that are too long")),
            _ => Ok(()),
        }
    }

    fn value(&mut self, event: Event<'a>, place: &Place<'_>, depth: usize) -> Result<Value, YamlError> {
        if depth > MAX_DEPTH {
            return Err(self.error("nested too deeply"));
        }
        let inner = depth.saturating_add(1);
        let before = self.size;
        self.count(match &event {
            Event::Scalar(text, ..) => Size::scalar(text),
            _ => Size { values: 1, bytes: 0 },
        })?;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => (self.scalar(&text, style, tag.as_deref())?, anchor),
            Event::SequenceStart(anchor, tag) => {
                self.expect_tag(tag.as_deref(), "seq")?;
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => items.push(self.value(event, &place.element(), inner)?),
                    }
                }
                (Value::List(items), anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.expect_tag(tag.as_deref(), "map")?;
                (self.mapping(place, inner)?, anchor)
            }
            Event::Alias(anchor) => {
                // An anchor that contains itself is not stored yet.
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(self.error("recursive anchor"));
                };
                self.count(size)?;
                return Ok(value);
            }
            _ => return Err(self.error("expected a value")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), self.size.since(before)));
        }
        Ok(value)
    }

    fn mapping(&mut self, place: &Place<'_>, depth: usize) -> Result<Value, YamlError> {
        let (mut map, mut merged) = (ValueMap::new(), Vec::new());
        loop {
            let key = match self.next()? {
                Event::MappingEnd => break,
                Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<" => None,
                Event::Scalar(text, style, anchor, tag) => {
                    let key = self.scalar(&text, style, tag.as_deref())?;
                    let size = Size::scalar(&text);
                    self.count(size)?;
                    let name = self.key(&key, &text, place)?;
                    if anchor > 0 {
                        self.anchors.insert(anchor, (key, size));
                    }
                    Some(name)
                }
                event => match self.value(event, &Place { parent: Some(place), name: "", schema: None }, depth)? {
                    Value::List(_) | Value::Map(_) => return Err(self.error("invalid key: expected a scalar")),
                    key => Some(self.key(&key, &json::to_compact(&key), place)?),
                },
            };
            let (line, column) = (self.line, self.column);
            let event = self.next()?;
            match key {
                None => merged.push(self.value(event, place, depth)?),
                Some(key) => {
                    let value = self.value(event, &place.entry(&key), depth)?;
                    if map.contains_key(&key) {
                        return Err(YamlError { problem: format!("duplicate key {key}"), line, column });
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

    /// Returns the name that a key stands for.
    fn key(&self, key: &Value, text: &str, place: &Place<'_>) -> Result<String, YamlError> {
        let shape_type = place.schema.map(|schema| schema.shape_type);
        match (key, shape_type) {
            (Value::String(name), _) => Ok(name.clone()),
            (Value::Timestamp(_) | Value::Blob(_), Some(ShapeType::Map | ShapeType::Document))
            | (_, Some(ShapeType::Map)) => {
                let found = match key {
                    Value::Timestamp(_) => "a date",
                    Value::Blob(_) => "binary data",
                    other => other.kind(),
                };
                Err(self.error(format!("invalid key {text} of {}: expected a string, found {found}", place.path())))
            }
            (Value::Timestamp(_) | Value::Blob(_), _) => Ok(text.to_owned()),
            (scalar, _) => Ok(json::to_compact(scalar)),
        }
    }

    /// Applies `<<: *anchor`: adds the entries that are missing.
    fn merge(&self, value: Value, map: &mut ValueMap) -> Result<(), YamlError> {
        let sources = match value {
            Value::List(items) => items,
            other => vec![other],
        };
        for source in sources {
            let Value::Map(source) = source else { return Err(self.error("invalid merge: expected a map")) };
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
        self.error(format!("unsupported tag {}{}", tag.handle, tag.suffix))
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

/// Returns what a plain scalar means if it is not a string.
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
    integer(text).or_else(|| float(text)).map(Value::Number).or_else(|| timestamp(text).map(Value::Timestamp))
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
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
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

/// Parses YAML's timestamps: `2024-01-02`, or `2024-1-2 3:04:05.6 +2` with a `T` or whitespace before the time and an
/// optional offset; UTC without one.
fn timestamp(text: &str) -> Option<Timestamp> {
    let (year, rest) = digits(text, 4, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 1, 2)?;
    if rest.is_empty() {
        let is_date = month.len() == 2 && day.len() == 2;
        return is_date.then(|| Timestamp::parse_date_time(&format!("{year}-{month}-{day}T00:00:00Z")).ok())?;
    }
    let time = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start_matches([' ', '\t']));
    if time.len() == rest.len() {
        return None;
    }
    let (hour, rest) = digits(time, 1, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest, 0, usize::MAX)?,
        None => ("", rest),
    };
    let zone = match rest.trim_start_matches([' ', '\t']) {
        "" | "Z" => "Z".to_owned(),
        zone => {
            let (hours, rest) = digits(zone.strip_prefix(['+', '-'])?, 1, 2)?;
            let minutes = if rest.is_empty() { "00" } else { rest.strip_prefix(':').filter(|it| it.len() == 2)? };
            format!("{}{hours:0>2}:{minutes}", zone.get(..1)?)
        }
    };
    let text = format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{second}.{fraction:0<1}{zone}");
    Timestamp::parse_date_time(&text).ok()
}

/// Splits `least` to `most` digits off the front of a text.
fn digits(text: &str, least: usize, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count < least || count > most { None } else { text.split_at_checked(count) }
}
