//! `DeprecatedTrait`, `UnstableTrait`, `TraitBreakingChanges`: traits about traits.

use super::context::{Applied, Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, Shape};
use crate::source::Node;

pub(super) fn check_deprecated(context: &Context<'_>, report: &mut Report) {
    for (definition, _) in context.trait_definitions() {
        let Some(deprecated) = definition.traits.deprecated() else { continue };
        // Loading speaks of the `enum` trait already.
        if definition.id == "smithy.api#enum" {
            continue;
        }
        let reason = deprecated.message.map_or_else(String::new, |message| format!(": {message}"));
        for applied in context.with_trait(definition.id.as_str()) {
            let message = format!("The trait `{}` is deprecated{reason}", definition.id);
            report.add_at(Severity::Warning, "DeprecatedTrait", applied.item, applied.value.span, message);
        }
    }
}

pub(super) fn check_unstable(context: &Context<'_>, report: &mut Report) {
    for (definition, _) in context.trait_definitions() {
        if !definition.traits.has("smithy.api#unstable") {
            continue;
        }
        for applied in context.with_trait(definition.id.as_str()) {
            let message = format!("The trait `{}` is unstable", definition.id);
            let id = format!("UnstableTrait.{}", definition.id);
            report.add_at(Severity::Warning, id, applied.item, applied.value.span, message);
        }
    }
}

/// The paths of breaking changes lead through members that there are.
pub(super) fn check_breaking_changes(context: &Context<'_>, report: &mut Report) {
    for (shape, definition) in context.shapes_with("smithy.api#trait") {
        let changes = definition.get("breakingChanges").and_then(Node::as_array).unwrap_or_default();
        for change in changes {
            let path = change.get("path").and_then(Node::as_str).unwrap_or("");
            if let Some((evaluated, segment)) = missing_segment(context, shape, path) {
                let message = format!(
                    "The path `{path}` of a breaking change leads through `{}`, which has no member `{segment}`",
                    evaluated.id
                );
                report.trait_error(
                    "TraitBreakingChanges",
                    Applied { item: Item::Shape(shape), value: definition },
                    message,
                );
            }
        }
    }
}

/// The first segment of a JSON pointer that names no member, and the shape that lacks it.
fn missing_segment<'m>(context: &Context<'m>, shape: &'m Shape, path: &str) -> Option<(&'m Shape, String)> {
    let mut current = shape;
    for segment in path.split('/').skip(1) {
        // RFC 6901, section 4.
        let segment = segment.replace("~1", "/").replace("~0", "~");
        let member = current.member(&segment).and_then(|member| context.model().target(member));
        match member {
            Some(target) => current = target,
            None => return Some((current, segment)),
        }
    }
    None
}
