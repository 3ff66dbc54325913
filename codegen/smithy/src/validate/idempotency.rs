//! `IdempotencyTokenIgnored`, `IdempotentTrait`.

use std::collections::BTreeSet;

use super::context::{Context, Report, ticked};
use crate::model::relations::{Item, Relation};
use crate::model::{Severity, ShapeType};

/// A token means something at the top of an input only.
pub(super) fn check_tokens(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#idempotencyToken") {
        let Item::Member(container, _) = applied.item else { continue };
        if container.shape_type != ShapeType::Structure || container.traits.is_mixin() {
            continue;
        }
        let uses = context.index(&container.id).map_or(&[][..], |at| context.relations.reverse(at));
        let others: BTreeSet<&str> = uses
            .iter()
            .filter(|(relation, _)| *relation != Relation::Input)
            .map(|(relation, _)| relation.label())
            .collect();
        if !others.is_empty() {
            let message =
                format!("An idempotency token means nothing where the structure is used as {}", ticked(others));
            report.add_at(Severity::Warning, "IdempotencyTokenIgnored", applied.item, applied.value.span, message);
        }
    }
}

/// The errors that the trait names are errors of the operation.
pub(super) fn check_errors(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#idempotent") {
        let Some(operation) = applied.item.as_shape().and_then(|shape| shape.as_operation()) else { continue };
        if applied.value.get("exists").is_some() && applied.value.get("notFound").is_some() {
            report.trait_error("IdempotentTrait", applied, "Only one of `exists` and `notFound` can be given");
        }
        for property in ["exists", "notFound"] {
            let errors = applied.value.get(property).into_iter().flat_map(|errors| errors.strings());
            for error in errors {
                if !operation.errors.iter().any(|known| known.target == error) {
                    let message = format!("`{error}` of `{property}` is not an error of the operation");
                    report.trait_error("IdempotentTrait", applied, message);
                }
            }
        }
    }
}
