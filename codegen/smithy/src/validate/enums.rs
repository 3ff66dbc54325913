//! `EnumShape`, `EnumTrait`: the values of enums.

use foldhash::HashSet;

use super::context::{Applied, Context, Report};
use crate::model::relations::Item;
use crate::model::{Member, Severity, Shape, ShapeType};
use crate::source::Node;

/// `enum` and `intEnum` shapes.
pub(super) fn check_shapes(context: &Context<'_>, report: &mut Report) {
    for shape in context.own(ShapeType::Enum) {
        let mut values = HashSet::default();
        for member in &shape.members {
            let problem = match member.traits.enum_value().map(|value| (value, value.as_str())) {
                None => None,
                Some((value, None)) => Some(format!("The value of an enum member must be a string, not {value}")),
                Some((_, Some(""))) => Some("The value of an enum member must not be empty".to_owned()),
                Some((_, Some(text))) => {
                    (!values.insert(text)).then(|| format!("Another member of the enum has the value `{text}` too"))
                }
            };
            finish_member(report, shape, member, problem);
        }
    }
    for shape in context.own(ShapeType::IntEnum) {
        let mut values = HashSet::default();
        for member in &shape.members {
            let problem = int_enum_problem(member, &mut values);
            finish_member(report, shape, member, problem);
        }
    }
}

fn int_enum_problem(member: &Member, values: &mut HashSet<i64>) -> Option<String> {
    let Some(value) = member.traits.enum_value() else {
        return Some("A member of an intEnum must have a whole number for value".to_owned());
    };
    let Some(number) = value.as_number().filter(|number| number.is_whole()).and_then(|number| number.as_i64()) else {
        return Some(format!("The value of an intEnum member must be a whole number, not {value}"));
    };
    if i32::try_from(number).is_err() {
        return Some(format!("The value of an intEnum member must fit in 32 bits, which {number} does not"));
    }
    (!values.insert(number)).then(|| format!("Another member of the intEnum has the value `{number}` too"))
}

fn finish_member(report: &mut Report, shape: &Shape, member: &Member, problem: Option<String>) {
    let item = Item::Member(shape, member);
    if let Some(problem) = problem {
        let span = member.traits.enum_value().map_or(member.span, |value| value.span);
        report.add_at(Severity::Error, "EnumShape", item, span, problem);
    }
    if !is_recommended(&member.name) {
        report.add(Severity::Warning, "EnumShape", item, unusual_name(&member.name));
    }
}

fn unusual_name(name: &str) -> String {
    format!("Names of enum values are usually written in upper case, with underscores: `{name}` is not")
}

fn is_recommended(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase());
    first && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Strings with the `enum` trait of 1.0.
pub(super) fn check_traits(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("smithy.api#enum") {
        check_trait(report, applied);
    }
}

fn check_trait(report: &mut Report, applied: Applied<'_>) {
    let definitions = applied.value.as_array().unwrap_or_default();
    let text = |definition: &'_ Node, key: &str| definition.get(key).and_then(Node::as_str).map(str::to_owned);
    let mut values = HashSet::default();
    let mut names = HashSet::default();
    for definition in definitions {
        if let Some(value) = text(definition, "value").filter(|value| !values.insert(value.clone())) {
            report.trait_error("EnumTrait", applied, format!("The enum has the value `{value}` twice"));
        }
        let Some(name) = text(definition, "name") else { continue };
        if !names.insert(name.clone()) {
            report.trait_error("EnumTrait", applied, format!("The enum has the name `{name}` twice"));
        }
        if !is_recommended(&name) {
            let id = format!("EnumTrait.{name}");
            report.add_at(Severity::Warning, id, applied.item, definition.span, unusual_name(&name));
        }
    }
    if names.is_empty() {
        let message = "The values of the enum should have names, for generated code to use";
        report.add_at(Severity::Warning, "EnumNamesPresent", applied.item, applied.value.span, message);
        return;
    }
    for definition in definitions.iter().filter(|definition| definition.get("name").is_none()) {
        let value = text(definition, "value").unwrap_or_default();
        let message = format!("The enum value `{value}` has no name, but others have: all or none must");
        report.trait_error("EnumTrait", applied, message);
    }
}
