//! The values that rules compute with.

use std::collections::BTreeMap;

use crate::endpoint_rules::ParameterValue;
use crate::source::{Node, NodeValue};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// What is not there.
    Empty,
    Boolean(bool),
    Integer(i64),
    String(String),
    Array(Vec<Value>),
    Record(BTreeMap<String, Value>),
}

impl Value {
    /// Reads a value that is meant as it is written, without templates.
    pub(super) fn of(node: &Node) -> Result<Self, String> {
        Ok(match &node.value {
            NodeValue::Null => Self::Empty,
            NodeValue::Bool(value) => Self::Boolean(*value),
            NodeValue::Number(_) => {
                let number = node.as_i64().filter(|number| *number >= 0);
                Self::Integer(number.ok_or_else(|| format!("unsupported number {node}: expected a natural number"))?)
            }
            NodeValue::String(text) => Self::String(text.to_string()),
            NodeValue::Array(elements) => Self::Array(elements.iter().map(Self::of).collect::<Result<_, _>>()?),
            NodeValue::Object(object) => {
                let entries = object.iter().map(|entry| Ok((entry.key.to_string(), Self::of(&entry.value)?)));
                Self::Record(entries.collect::<Result<_, String>>()?)
            }
        })
    }

    pub(super) fn record<const N: usize>(entries: [(&str, Value); N]) -> Self {
        Self::Record(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Record(_) => "a record",
        }
    }

    /// What to say of a value of another type.
    pub(super) fn unexpected(&self, expected: &str) -> String {
        format!("expected {expected}, found {}", self.kind())
    }

    pub(super) fn as_text(&self) -> Result<&str, String> {
        match self {
            Self::String(text) => Ok(text),
            other => Err(other.unexpected("a string")),
        }
    }

    pub(super) fn into_text(self) -> Result<String, String> {
        match self {
            Self::String(text) => Ok(text),
            other => Err(other.unexpected("a string")),
        }
    }

    pub(super) fn as_boolean(&self) -> Result<bool, String> {
        match self {
            Self::Boolean(value) => Ok(*value),
            other => Err(other.unexpected("a boolean")),
        }
    }

    pub(super) fn as_integer(&self) -> Result<i64, String> {
        match self {
            Self::Integer(value) => Ok(*value),
            other => Err(other.unexpected("an integer")),
        }
    }

    /// Whether a condition of this value holds.
    pub(super) fn is_truthy(&self) -> bool {
        !matches!(self, Self::Empty | Self::Boolean(false))
    }
}

impl From<&ParameterValue> for Value {
    fn from(value: &ParameterValue) -> Self {
        match value {
            ParameterValue::String(text) => Self::text(text),
            ParameterValue::Boolean(value) => Self::Boolean(*value),
            ParameterValue::StringArray(items) => Self::Array(items.iter().map(Self::text).collect()),
        }
    }
}
