//! The configuration of validators that metadata asks for.

use std::collections::BTreeMap;

use super::context::{Context, Report};
use crate::select::Selector;
use crate::source::{Node, Span};

/// What is wrong with a configuration, and where.
pub(super) type Problem = (Span, String);

/// A validator that the metadata `validators` can name.
pub(super) trait ConfiguredValidator {
    /// Reports events with the validator's own name as ID.
    fn check(&self, context: &Context<'_>, report: &mut Report);
}

/// Reads a configuration.
pub(super) type Create = fn(&Node) -> Result<Box<dyn ConfiguredValidator>, Problem>;

/// The text of a key, if there is one.
pub(super) fn text<'n>(node: &'n Node, key: &str) -> Result<Option<&'n str>, Problem> {
    node.get(key).map(|value| text_of(value, key)).transpose()
}

fn text_of<'n>(value: &'n Node, key: &str) -> Result<&'n str, Problem> {
    value.as_str().ok_or_else(|| unexpected(value, key, "a string"))
}

fn unexpected(value: &Node, key: &str, expected: &str) -> Problem {
    (value.span, format!("`{key}` must be {expected}; found {}", value.kind().name()))
}

/// The text of a key that must be there.
pub(super) fn needed_text<'n>(node: &'n Node, key: &str) -> Result<&'n str, Problem> {
    text(node, key)?.ok_or_else(|| (node.span, format!("Missing expected member `{key}`.")))
}

/// The texts of a key; none without it.
pub(super) fn texts(node: &Node, key: &str) -> Result<Vec<String>, Problem> {
    node.get(key).map_or_else(|| Ok(Vec::new()), |value| texts_of(value, key))
}

fn texts_of(value: &Node, key: &str) -> Result<Vec<String>, Problem> {
    let elements = value.as_array().ok_or_else(|| unexpected(value, key, "an array"))?;
    elements.iter().map(|element| text_of(element, key).map(str::to_owned)).collect()
}

/// Lists of texts by name; none without the key.
pub(super) fn text_lists(node: &Node, key: &str) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let Some(value) = node.get(key) else { return Ok(BTreeMap::new()) };
    let object = value.as_object().ok_or_else(|| unexpected(value, key, "an object"))?;
    object.iter().map(|entry| Ok((entry.key.to_string(), texts_of(&entry.value, key)?))).collect()
}

/// The boolean of a key; `false` without it.
pub(super) fn flag(node: &Node, key: &str) -> Result<bool, Problem> {
    let Some(value) = node.get(key) else { return Ok(false) };
    value.as_bool().ok_or_else(|| unexpected(value, key, "a boolean"))
}

/// The objects of a key; none without it.
pub(super) fn objects<'n>(node: &'n Node, key: &str) -> Result<Vec<&'n Node>, Problem> {
    let Some(value) = node.get(key) else { return Ok(Vec::new()) };
    let elements = value.as_array().ok_or_else(|| unexpected(value, key, "an array"))?;
    let object = |element: &'n Node| match element.as_object() {
        Some(_) => Ok(element),
        None => Err(unexpected(element, key, "an array of objects")),
    };
    elements.iter().map(object).collect()
}

/// The selector of a key, if there is one.
pub(super) fn selector(node: &Node, key: &str) -> Result<Option<Selector>, Problem> {
    let Some(text) = text(node, key)? else { return Ok(None) };
    let span = node.get(key).map_or(node.span, |value| value.span);
    Selector::parse(text).map(Some).map_err(|error| (span, format!("{error}; expression: {text}")))
}
