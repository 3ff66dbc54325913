//! `LengthTrait`, `RangeTrait`, `PatternTrait`: constraints that can be met, and are meant.

use super::context::{Applied, Context, Report};
use crate::model::relations::Item;
use crate::model::{Severity, ShapeType};
use crate::source::Node;

pub(super) fn check_length(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#length") {
        let bound = |name| applied.value.get(name).and_then(Node::as_i64);
        let (min, max) = (bound("min"), bound("max"));
        for (name, bound) in [("min", min), ("max", max)] {
            if bound.is_some_and(|bound| bound < 0) {
                report.trait_error("LengthTrait", applied, format!("The `{name}` of a length is negative"));
            }
        }
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            report.trait_error("LengthTrait", applied, format!("No length is at least {min} and at most {max}"));
        }
    }
}

pub(super) fn check_range(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#range") {
        for name in ["min", "max"] {
            check_range_bound(context, report, applied, name);
        }
        let bound = |name| applied.value.get(name).and_then(Node::as_f64);
        if let (Some(min), Some(max)) = (bound("min"), bound("max"))
            && min > max
        {
            report.trait_error("RangeTrait", applied, format!("No number is at least {min} and at most {max}"));
        }
    }
}

/// Whole numbers have whole bounds.
fn check_range_bound(context: &Context<'_>, report: &mut Report, applied: Applied<'_>, name: &str) {
    let target = match applied.item {
        Item::Shape(shape) => Some(shape),
        Item::Member(_, member) => context.model().target(member),
    };
    let fractional = applied.value.get(name).and_then(Node::as_number).is_some_and(|number| !number.is_whole());
    let decimal = |shape_type| matches!(shape_type, ShapeType::Float | ShapeType::Double | ShapeType::BigDecimal);
    if let Some(target) = target.filter(|target| fractional && !decimal(target.shape_type)) {
        let message =
            format!("The `{name}` of the range has a fraction, but type {} has none", target.shape_type.name());
        report.trait_error("RangeTrait", applied, message);
    }
}

pub(super) fn check_pattern(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#pattern") {
        let pattern = applied.value.as_str().unwrap_or("");
        let missing = match (pattern.starts_with('^'), pattern.ends_with('$')) {
            (true, true) => continue,
            (false, true) => "a leading '^'",
            (true, false) => "a trailing '$'",
            (false, false) => "a leading '^' and a trailing '$'",
        };
        let message = format!("The pattern is without {missing}, so it need only match a part of the text");
        report.add_at(Severity::Warning, "PatternTrait", applied.item, applied.value.span, message);
    }
}
