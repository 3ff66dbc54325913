//! JSON values of a model's examples and test cases, free of their place in the source.

use std::fmt::{self, Display, Formatter, Write as _};

use whitesmith_smithy::source::{Node, NodeValue, Number};

use crate::markdown_blocks::is_hidden;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Box<str>),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the order of the model.
    Object(Vec<(Box<str>, Json)>),
}

impl From<&Node> for Json {
    fn from(node: &Node) -> Self {
        match &node.value {
            NodeValue::Null => Self::Null,
            NodeValue::Bool(value) => Self::Boolean(*value),
            NodeValue::Number(number) => Self::Number(number.clone()),
            NodeValue::String(text) => Self::String(text.clone()),
            NodeValue::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            NodeValue::Object(object) => {
                Self::Object(object.iter().map(|entry| (entry.key.clone(), Self::from(&entry.value))).collect())
            }
        }
    }
}

impl Json {
    /// The value of an object's key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(known, _)| **known == *key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, of a number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value over several lines, indented by two spaces a level.
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.pretty_into(&mut out, 0);
        out
    }

    fn pretty_into(&self, out: &mut String, depth: usize) {
        let new_line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', depth * 2));
        };
        match self {
            Self::Array(items) if !items.is_empty() => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    new_line(out, depth + 1);
                    item.pretty_into(out, depth + 1);
                }
                new_line(out, depth);
                out.push(']');
            }
            Self::Object(entries) if !entries.is_empty() => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    new_line(out, depth + 1);
                    string_into(out, key);
                    out.push_str(": ");
                    value.pretty_into(out, depth + 1);
                }
                new_line(out, depth);
                out.push('}');
            }
            scalar => scalar.compact_into(out),
        }
    }

    fn compact_into(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(Number::Integer(value)) => out.push_str(&value.to_string()),
            Self::Number(Number::Float(value)) => out.push_str(&format!("{value:?}")),
            Self::Number(Number::Big(text)) => out.push_str(text),
            Self::String(text) => string_into(out, text),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.compact_into(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    string_into(out, key);
                    out.push_str(": ");
                    value.compact_into(out);
                }
                out.push('}');
            }
        }
    }
}

/// The value on one line, with a space after each comma and colon.
impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.compact_into(&mut out);
        f.write_str(&out)
    }
}

/// Appends a string with its quotes; control and bidirectional characters are escaped.
pub(crate) fn string_into(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Writing to a string cannot fail.
            c if is_hidden(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
