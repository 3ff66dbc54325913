//! `DefaultTrait`: defaults are values of their shapes, and members repeat those of their targets.
//! `DefaultValueInUpdate`: updates cannot tell a default from nothing.

use super::context::{Applied, Context, Report, ticked};
use super::node_findings::Mode;
use super::node_values::{self, is_base64};
use crate::model::relations::{Item, Relation};
use crate::model::{Member, Severity, Shape, ShapeType};

const DEFAULT: &str = "smithy.api#default";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait(DEFAULT) {
        check_value(context, report, applied);
    }
    for item in context.own_members() {
        check_repeated(context, report, item);
    }
}

fn check_value(context: &Context<'_>, report: &mut Report, applied: Applied<'_>) {
    let Applied { item, value } = applied;
    let mode = Mode { zero_range_is_warning: true, ..Mode::default() };
    let (findings, target) = match item {
        Item::Member(_, _) if value.is_null() => return,
        Item::Member(_, member) => {
            (node_values::check_member(context, member, value, mode), context.model().target(member))
        }
        Item::Shape(_) if value.is_null() => {
            return report.trait_error("DefaultTrait", applied, "Only members can have `null` for a default");
        }
        Item::Shape(shape) => (node_values::check(context, shape, value, mode), Some(shape)),
    };
    for finding in findings {
        let id = format!("DefaultTrait{}", finding.id_suffix);
        report.add_at(finding.severity, id, item, finding.span, format!("The default: {}", finding.message));
    }
    if let Some(target) = target {
        check_form(report, applied, target);
    }
}

/// Lists and maps have empty defaults only; so have documents that are lists or objects.
fn check_form(report: &mut Report, applied: Applied<'_>, target: &Shape) {
    let not_empty = applied.value.as_array().is_some_and(|elements| !elements.is_empty())
        || applied.value.as_object().is_some_and(|object| !object.is_empty());
    match target.shape_type {
        ShapeType::List | ShapeType::Map | ShapeType::Document if not_empty => {
            let message = format!("A default of type {} cannot have contents", target.shape_type.name());
            report.trait_error("DefaultTrait", applied, message);
        }
        ShapeType::Blob if applied.value.as_str().is_some_and(|text| !is_base64(text)) => {
            let message = "The default of a blob should be base64";
            report.add_at(Severity::Warning, "DefaultTrait", applied.item, applied.value.span, message);
        }
        _ => {}
    }
}

/// A member of a structure states the default of its target again, or takes it away.
fn check_repeated(context: &Context<'_>, report: &mut Report, item: Item<'_>) {
    let Item::Member(container, member) = item else { return };
    if container.shape_type != ShapeType::Structure {
        return;
    }
    let target = context.model().target(member).and_then(|target| target.traits.get(DEFAULT));
    let Some(expected) = target else { return };
    match member.traits.get(DEFAULT) {
        None => {
            let message = format!(
                "The target `{}` has the default {expected}: the member must state the same, or null",
                member.target
            );
            report.error("DefaultTrait", item, message);
        }
        Some(own) if !own.is_null() && own != expected => {
            let message = format!("The default {own} is not the target's, which is {expected}");
            report.error("DefaultTrait", item, message);
        }
        Some(_) => {}
    }
}

pub(super) fn check_updates(context: &Context<'_>, report: &mut Report) {
    for operation in context.own(ShapeType::Operation) {
        let name = operation.id.name().to_lowercase();
        let bound = context.index(&operation.id).map_or(&[][..], |at| context.relations.reverse(at));
        let is_update = name.starts_with("update")
            || name.starts_with("patch")
            || bound.iter().any(|(relation, _)| *relation == Relation::Update);
        let Some(input) = operation.as_operation().and_then(|operation| context.input(operation)) else { continue };
        let with_default = |member: &&Member| member.traits.has(DEFAULT);
        let members: Vec<&str> = input.members.iter().filter(with_default).map(|member| &*member.name).collect();
        if is_update && !members.is_empty() {
            let message = format!(
                "An update cannot tell whether a member with a default was left out or given: {}",
                ticked(members)
            );
            report.add(Severity::Warning, "DefaultValueInUpdate", operation, message);
        }
    }
}
