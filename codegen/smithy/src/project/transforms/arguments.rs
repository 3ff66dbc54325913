//! The arguments of a transform.

use std::collections::BTreeSet;

use crate::model::ShapeId;
use crate::source::{Node, Object};

/// The value of `args`.
pub(super) struct Arguments<'a> {
    node: &'a Node,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        Self { node }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    /// A list of texts. The projects of old have the list itself for arguments.
    pub(super) fn list(&self, key: &str) -> Result<BTreeSet<&'a str>, String> {
        let value = if self.node.as_array().is_some() { Some(self.node) } else { self.get(key) };
        value.map(|value| value.strings().collect()).ok_or_else(|| missing(key))
    }

    /// A list of texts that can be left out.
    pub(super) fn optional_list(&self, key: &str) -> BTreeSet<&'a str> {
        self.list(key).unwrap_or_default()
    }

    pub(super) fn text(&self, key: &str) -> Result<&'a str, String> {
        self.get(key).and_then(Node::as_str).ok_or_else(|| missing(key))
    }

    pub(super) fn shape(&self, key: &str) -> Result<ShapeId, String> {
        ShapeId::parse(self.text(key)?).map_err(|error| error.to_string())
    }

    pub(super) fn object(&self, key: &str) -> Result<&'a Object, String> {
        self.get(key).and_then(Node::as_object).ok_or_else(|| missing(key))
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }
}

fn missing(key: &str) -> String {
    format!("missing `{key}`")
}
