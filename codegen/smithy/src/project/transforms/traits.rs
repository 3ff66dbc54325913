//! Transforms that leave traits out, or add them.

use super::arguments::Arguments;
use super::shapes::absolute;
use super::tags;
use crate::model::{Model, Shape, ShapeId};
use crate::source::Node;

/// `includeTraits`, `excludeTraits`: a trait goes with its definition. `namespace#` stands for all of a namespace.
pub(super) fn by_name(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let listed: Vec<String> = arguments.list("traits")?.into_iter().map(absolute).collect();
    let is_listed =
        |id: &ShapeId| listed.iter().any(|one| id == one.as_str() || one.strip_suffix('#') == Some(id.namespace()));
    let keeps = |id: &ShapeId| is_listed(id) == includes || (includes && *id == "smithy.api#trait");
    model.retain_traits(keeps);
    model.retain(|item| item.as_shape().is_none_or(|shape| !shape.traits.is_trait_definition() || keeps(&shape.id)));
    Ok(())
}

/// `includeTraitsByTag`, `excludeTraitsByTag`
pub(super) fn by_tag(model: &mut Model, arguments: &Arguments<'_>, includes: bool) -> Result<(), String> {
    let tags = arguments.list("tags")?;
    let keeps = |shape: &Shape| !shape.traits.is_trait_definition() || tags::has_any(&shape.traits, &tags) == includes;
    model.retain(|item| item.as_shape().is_none_or(keeps));
    Ok(())
}

/// `makeIdempotencyTokensClientOptional`
pub(super) fn make_tokens_optional(model: &mut Model, _: &Arguments<'_>) -> Result<(), String> {
    model.edit_shapes(|shape| {
        for traits in shape.members.iter_mut().map(|member| &mut member.traits) {
            if traits.is_required() && traits.is_idempotency_token() && !traits.is_client_optional() {
                traits.insert(ShapeId::of("smithy.api", "clientOptional"), Node::empty_object());
            }
        }
    });
    Ok(())
}
