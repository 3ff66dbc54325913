//! `Target`: what a shape refers to exists, and is of a type that may stand there. `DeprecatedShape`: and is not
//! deprecated.

use super::context::{Context, Report, ticked};
use crate::model::relations::{Item, Relation, mentions};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::Span;

/// How many missing shapes get a hint at what may have been meant: finding one compares all names.
const MOST_HINTS: usize = 100;

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let mut hints_left = MOST_HINTS;
    for (_, item) in context.own_items() {
        mentions(item, |relation, target| {
            if relation == Relation::Trait || relation == Relation::Member {
                return;
            }
            match context.index(target).and_then(|at| context.relations.item(at)) {
                Some(found) => check_target(report, item, relation, found),
                None => {
                    let hint = hint(context, target, &mut hints_left);
                    report_unresolved(report, item, relation, target, &hint);
                }
            }
        });
        if let Item::Shape(shape) = item {
            check_map_key(context, report, shape);
        }
    }
}

fn place(item: Item<'_>, relation: Relation) -> Span {
    match item {
        Item::Member(_, member) if relation == Relation::Target && member.target_span.file == member.span.file => {
            Span { end: member.target_span.end.max(member.span.end), ..member.span }
        }
        _ => item.span(),
    }
}

fn hint(context: &Context<'_>, target: &ShapeId, left: &mut usize) -> String {
    if *left == 0 {
        return String::new();
    }
    *left -= 1;
    let near = context.nearest_shapes(target);
    if near.is_empty() { String::new() } else { format!(". Did you mean {}?", ticked(near)) }
}

fn report_unresolved(report: &mut Report, item: Item<'_>, relation: Relation, target: &ShapeId, hint: &str) {
    let message = match relation {
        Relation::Target => format!("The member targets `{target}`, which does not exist{hint}"),
        _ => format!(
            "The {} has the relationship `{}` to `{target}`, which does not exist{hint}",
            item.type_name(),
            relation.label()
        ),
    };
    report.add_at(Severity::Error, "Target.UnresolvedShape", item, place(item, relation), message);
}

fn check_target(report: &mut Report, item: Item<'_>, relation: Relation, found: Item<'_>) {
    let id = found.id();
    let mut error = |message: String| report.add_at(Severity::Error, "Target", item, place(item, relation), message);
    if relation != Relation::Mixin {
        if found.traits().is_trait_definition() {
            return error(format!("`{id}` defines a trait: it can be applied, but not be referred to"));
        }
        if found.as_shape().is_some_and(|shape| shape.traits.is_mixin()) {
            return error(format!("`{id}` is a mixin: it can be mixed in, but not be referred to otherwise"));
        }
    }
    let described = || format!("({}: `{id}`)", found.type_name());
    let shape_type = found.as_shape().map(|shape| shape.shape_type);
    let expected = match relation {
        Relation::Target | Relation::Property => {
            let data = shape_type.is_some_and(|shape_type| !shape_type.is_service_type());
            if !data {
                error(format!("Members cannot target {} shapes: {}", found.type_name(), described()));
            }
            None
        }
        Relation::Resource => Some(ShapeType::Resource),
        Relation::Input | Relation::Output | Relation::Error => Some(ShapeType::Structure),
        Relation::Identifier => Some(ShapeType::String),
        Relation::Mixin => {
            if !found.traits().is_mixin() {
                error(format!("`{id}` is used as a mixin but does not have the `mixin` trait"));
            }
            None
        }
        _ => Some(ShapeType::Operation),
    };
    let is_expected = |expected: ShapeType| {
        shape_type == Some(expected) || (expected == ShapeType::String && shape_type == Some(ShapeType::Enum))
    };
    if let Some(expected) = expected.filter(|expected| !is_expected(*expected)) {
        error(format!(
            "The `{}` of the {} must be of type {}, but is {}",
            relation.label(),
            item.type_name(),
            expected.name(),
            described()
        ));
    } else {
        let is_error = found.traits().has("smithy.api#error");
        match relation {
            Relation::Input | Relation::Output if is_error => {
                error(format!("The {} of the operation is `{id}`, which is an error", relation.label()));
            }
            Relation::Error if !is_error => {
                error(format!("`{id}` is bound as an error but does not have the `error` trait"));
            }
            _ => {}
        }
    }
    check_deprecated(report, item, relation, found);
}

/// Says so where something deprecated is used.
fn check_deprecated(report: &mut Report, item: Item<'_>, relation: Relation, found: Item<'_>) {
    let Some(deprecated) = found.traits().deprecated() else { return };
    let use_of = match relation {
        Relation::Target => "The member targets a deprecated shape",
        Relation::Resource => "A deprecated resource is bound",
        Relation::Operation => "A deprecated operation is bound",
        Relation::Identifier => "A resource identifier has a deprecated shape",
        Relation::Property => "A resource property has a deprecated shape",
        Relation::Input => "The input is a deprecated shape",
        Relation::Output => "The output is a deprecated shape",
        Relation::Error => "An error is a deprecated shape",
        Relation::Mixin => "A deprecated mixin is applied",
        _ => return,
    };
    let mut message = format!("{use_of}, {}", found.id());
    if let Some(reason) = deprecated.message {
        message = format!("{message}. {reason}");
    }
    if let Some(since) = deprecated.since {
        message = format!("{message} (since {since})");
    }
    let id = format!("DeprecatedShape.{}", found.id());
    report.add_at(Severity::Warning, id, item, place(item, relation), message);
}

fn check_map_key(context: &Context<'_>, report: &mut Report, shape: &Shape) {
    if shape.shape_type != ShapeType::Map {
        return;
    }
    let key = shape.member("key").and_then(|key| context.model().target(key));
    if let Some(key) = key.filter(|key| !matches!(key.shape_type, ShapeType::String | ShapeType::Enum)) {
        let message = format!("The key of a map must be a string, but is ({}: `{}`)", key.shape_type.name(), key.id);
        report.error("Target", shape, message);
    }
}
