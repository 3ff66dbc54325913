//! Parsing of forms.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::{ReadError, ReadProblem};

/// A form as a tree: the parameter `A.B.1` is a descendant of `A` and `B`.
#[derive(Debug)]
pub(super) struct Form<'a> {
    nodes: Vec<Node<'a>>,
}

#[derive(Debug)]
pub(super) struct Node<'a> {
    /// The last segment of the name.
    pub(super) name: Cow<'a, str>,
    /// The value of the parameter with that name.
    pub(super) text: Option<Cow<'a, str>>,
    /// The nodes with the next segments, in the order of the form.
    pub(super) children: Vec<usize>,
    /// The position of the parameter in the form.
    pub(super) offset: usize,
}

/// The root node.
pub(super) const ROOT: usize = 0;

impl<'a> Form<'a> {
    pub(super) fn parse(body: &'a [u8], max_depth: u32) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(body)
            .map_err(|error| ReadError::new(ReadProblem::NotUtf8, error.valid_up_to(), None))?;
        let root = Node { name: Cow::Borrowed(""), text: None, children: Vec::new(), offset: 0 };
        let mut form = Self { nodes: vec![root] };
        let mut known: HashMap<(usize, Cow<'a, str>), usize> = HashMap::new();
        let mut offset = 0;
        for parameter in text.split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let mut at = ROOT;
            // A list or map has up to three segments.
            let limit = usize::try_from(max_depth).unwrap_or(usize::MAX).saturating_mul(3);
            for (depth, segment) in decode(name, offset)?.split('.').enumerate() {
                if depth >= limit {
                    return Err(ReadError::new(ReadProblem::TooDeep(max_depth), offset, None));
                }
                at = form.child(&mut known, at, segment, offset);
            }
            let value = decode(value, offset)?;
            if let Some(node) = form.nodes.get_mut(at).filter(|_| !parameter.is_empty()) {
                node.text = Some(value);
            }
            offset = offset.saturating_add(parameter.len()).saturating_add(1);
        }
        Ok(form)
    }

    fn child(
        &mut self,
        known: &mut HashMap<(usize, Cow<'a, str>), usize>,
        parent: usize,
        segment: &str,
        offset: usize,
    ) -> usize {
        let name: Cow<'a, str> = Cow::Owned(segment.to_owned());
        *known.entry((parent, name.clone())).or_insert_with(|| {
            let child = self.nodes.len();
            self.nodes.push(Node { name, text: None, children: Vec::new(), offset });
            if let Some(parent) = self.nodes.get_mut(parent) {
                parent.children.push(child);
            }
            child
        })
    }

    pub(super) fn node(&self, at: usize) -> Option<&Node<'a>> {
        self.nodes.get(at)
    }

    /// Returns the child with a name.
    pub(super) fn named(&self, at: usize, name: &str) -> Option<usize> {
        let children = &self.node(at)?.children;
        children.iter().copied().find(|child| self.node(*child).is_some_and(|node| node.name == name))
    }

    /// Returns the children whose names are numbers, sorted by them.
    pub(super) fn numbered(&self, at: usize) -> Vec<usize> {
        let children = self.node(at).map(|node| node.children.as_slice()).unwrap_or_default();
        let number = |child: &usize| self.node(*child)?.name.parse::<u32>().ok();
        let mut numbered: Vec<_> = children.iter().filter_map(|child| Some((number(child)?, *child))).collect();
        numbered.sort_unstable();
        numbered.into_iter().map(|(_, child)| child).collect()
    }
}

/// Decodes a name or value; `+` is a space.
fn decode(text: &str, offset: usize) -> Result<Cow<'_, str>, ReadError> {
    let not_utf8 = |_| ReadError::new(ReadProblem::NotUtf8, offset, None);
    if !text.contains('+') {
        return percent_decode_str(text).decode_utf8().map_err(not_utf8);
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(not_utf8)?;
    Ok(Cow::Owned(decoded.into_owned()))
}
