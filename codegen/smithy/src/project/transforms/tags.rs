//! Transforms by tags, and of tags.

use std::collections::BTreeSet;

use super::arguments::Arguments;
use crate::model::{Model, Traits};
use crate::source::{Node, NodeValue};

const TAGS: &str = "smithy.api#tags";

/// Whether one of some tags is there.
pub(super) fn has_any(traits: &Traits, tags: &BTreeSet<&str>) -> bool {
    traits.get(TAGS).into_iter().flat_map(Node::strings).any(|tag| tags.contains(tag))
}

/// `includeTags`, `excludeTags`
pub(super) fn filter(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let tags = arguments.list("tags")?;
    let filter = |traits: &mut Traits| {
        if let Some(Node { value: NodeValue::Array(elements), .. }) = traits.get_mut(TAGS) {
            elements.retain(|tag| tag.as_str().is_some_and(|tag| tags.contains(tag)) == includes);
        }
    };
    model.edit_shapes(|shape| {
        filter(&mut shape.traits);
        shape.members.iter_mut().for_each(|member| filter(&mut member.traits));
    });
    Ok(())
}
