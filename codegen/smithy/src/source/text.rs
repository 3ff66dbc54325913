//! Writing a node as JSON on one line.

use std::fmt::{self, Write};

use super::{Node, NodeValue};

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            NodeValue::Null => f.write_str("null"),
            NodeValue::Bool(value) => value.fmt(f),
            NodeValue::Number(value) => value.fmt(f),
            NodeValue::String(value) => Quoted(value).fmt(f),
            NodeValue::Array(elements) => {
                f.write_char('[')?;
                for (at, element) in elements.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    element.fmt(f)?;
                }
                f.write_char(']')
            }
            NodeValue::Object(object) => {
                f.write_char('{')?;
                for (at, entry) in object.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    Quoted(&entry.key).fmt(f)?;
                    f.write_char(':')?;
                    entry.value.fmt(f)?;
                }
                f.write_char('}')
            }
        }
    }
}

/// A text as JSON string.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        f.write_char('"')?;
        for c in text.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
