//! The constraint traits, for JSON values: `length`, `pattern`, `range`, `uniqueItems`, `idRef`, enums.

use super::context::{EnumValue, ticked, ticked_of};
use super::contracts;
use super::node_findings::{Checker, Constrained, name_of};
use crate::model::{Severity, Shape, ShapeId, ShapeType};
use crate::source::{Node, NodeValue, Number};

/// Strings that stand for doubles that JSON cannot write.
const NON_NUMERIC: [&str; 3] = ["NaN", "Infinity", "-Infinity"];

pub(super) fn check(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if !constrained.traits.is_empty() {
        check_length(checker, constrained, value);
        check_pattern(checker, constrained, value);
        check_range(checker, constrained, value);
        check_unique(checker, constrained, value);
        check_id_reference(checker, constrained, value);
        check_conditions(checker, constrained, value);
    }
    if !constrained.is_member {
        check_enum(checker, constrained.target, value);
        check_non_numeric(checker, constrained.target, value);
    }
}

fn is_string(shape: &Shape) -> bool {
    matches!(shape.shape_type, ShapeType::String | ShapeType::Enum)
}

fn check_length(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    let (count, unit) = match (constrained.target.shape_type, &value.value) {
        (ShapeType::Blob, NodeValue::String(text)) => (text.len(), "bytes"),
        (ShapeType::String | ShapeType::Enum, NodeValue::String(text)) => (text.chars().count(), "characters"),
        (ShapeType::List, NodeValue::Array(elements)) => (elements.len(), "elements"),
        (ShapeType::Map, NodeValue::Object(object)) => (object.len(), "entries"),
        _ => return,
    };
    let Some(length) = constrained.traits.length() else { return };
    let Ok(count) = i64::try_from(count) else { return };
    // A list that is too short or long is an error even where other constraints only warn.
    let severity = match constrained.target.shape_type {
        ShapeType::List => Severity::Error,
        _ => checker.constraint_severity(),
    };
    if let Some(min) = length.min.filter(|min| count < *min) {
        let name = name_of(constrained.id);
        checker.add(severity, "", value, format!("{name} has at least {min} {unit}, but the value has {count}"));
    }
    if let Some(max) = length.max.filter(|max| count > *max) {
        let name = name_of(constrained.id);
        checker.add(severity, "", value, format!("{name} has at most {max} {unit}, but the value has {count}"));
    }
}

fn check_pattern(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if !is_string(constrained.target) {
        return;
    }
    let (Some(pattern), Some(text)) = (constrained.traits.pattern(), value.as_str()) else { return };
    // A pattern that cannot be used is reported where it is applied.
    if checker.context.matches_pattern(pattern, text) == Some(false) {
        let severity = checker.constraint_severity();
        let message = format!("{} matches {pattern}, which the value does not", name_of(constrained.id));
        checker.add(severity, "", value, message);
    }
}

fn check_range(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if !constrained.target.shape_type.is_number() {
        return;
    }
    let Some(range) = constrained.traits.range() else { return };
    let suffix = if constrained.is_member { ".Member.InvalidRange" } else { ".Target.InvalidRange" };
    let bound = |node: Option<&Node>| node.and_then(|node| node.as_number().cloned());
    let (min, max) = (bound(range.min), bound(range.max));
    if let Some(text) = value.as_str() {
        let name = name_of(constrained.id);
        let severity = checker.constraint_severity();
        match text {
            "NaN" => checker.add(severity, "", value, format!("{name} has a range, which \"NaN\" is never in")),
            "-Infinity" if min.is_some() => checker.add(severity, suffix, value, format!("{name} has a least value")),
            "Infinity" if max.is_some() => checker.add(severity, suffix, value, format!("{name} has a greatest value")),
            _ => {}
        }
        return;
    }
    let Some(number) = value.as_number() else { return };
    let is_zero = number.as_f64() == Some(0.0);
    let warn = checker.mode.constraints_are_warnings || (checker.mode.zero_range_is_warning && is_zero);
    let severity = if warn { Severity::Warning } else { Severity::Error };
    if let Some(min) = min.filter(|min| less(number, min)) {
        let name = name_of(constrained.id);
        checker.add(severity, suffix, value, format!("{name} is at least {min}, but the value is {value}"));
    }
    if let Some(max) = max.filter(|max| less(max, number)) {
        let name = name_of(constrained.id);
        checker.add(severity, suffix, value, format!("{name} is at most {max}, but the value is {value}"));
    }
}

fn less(a: &Number, b: &Number) -> bool {
    match (a, b) {
        (Number::Integer(a), Number::Integer(b)) => a < b,
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        },
    }
}

fn check_unique(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if constrained.target.shape_type != ShapeType::List || !constrained.traits.has_unique_items() {
        return;
    }
    let mut texts: Vec<String> = value.as_array().unwrap_or_default().iter().map(Node::to_string).collect();
    texts.sort_unstable();
    let twice = texts.iter().zip(texts.iter().skip(1)).find(|(a, b)| a == b).map(|(text, _)| text.clone());
    if let Some(twice) = twice {
        let message = format!("{} has unique items, but {twice} is there more than once", name_of(constrained.id));
        checker.error(value, message);
    }
}

fn check_id_reference(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if !is_string(constrained.target) {
        return;
    }
    let (Some(id_ref), Some(text)) = (constrained.traits.get("smithy.api#idRef"), value.as_str()) else { return };
    let own_message = || id_ref.get("errorMessage").and_then(Node::as_str).map(str::to_owned);
    // IDs of the prelude may be written without their namespace.
    let absolute = if text.contains('#') { text.to_owned() } else { format!("smithy.api#{text}") };
    let parsed = ShapeId::parse(if text.contains('#') { text } else { &absolute });
    let found = parsed.as_ref().ok().and_then(|id| checker.context.index(id));
    let relative_unknown = !text.contains('#') && found.is_none();
    if parsed.is_err() || relative_unknown {
        return checker.error(value, format!("Invalid shape ID: {text}"));
    }
    let Some(found) = found else {
        if id_ref.get("failWhenMissing").and_then(Node::as_bool) == Some(true) {
            let message = own_message().unwrap_or_else(|| format!("The model has no shape `{text}`"));
            checker.error(value, message);
        }
        return;
    };
    let selector = id_ref.get("selector").and_then(Node::as_str).filter(|selector| selector.trim() != "*");
    let Some(selector) = selector.and_then(|selector| checker.context.selector(selector)) else { return };
    match checker.context.selects(&selector, found) {
        Ok(true) => {}
        Ok(false) => {
            let message =
                own_message().unwrap_or_else(|| format!("`{text}` does not match the selector `{}`", selector.text()));
            checker.error(value, message);
        }
        Err(error) => checker.error(value, error.to_string()),
    }
}

fn check_conditions(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    let Some(conditions) = constrained.traits.get(contracts::CONDITIONS) else { return };
    for name in contracts::broken(conditions, value) {
        let severity = checker.constraint_severity();
        let message = format!("{} must satisfy the condition `{name}`", name_of(constrained.id));
        checker.add(severity, format!(".{name}"), value, message);
    }
}

fn check_enum(checker: &mut Checker<'_, '_>, shape: &Shape, value: &Node) {
    let (values, found) = match (checker.context.enum_values(shape), &value.value) {
        (Some(values), NodeValue::String(text)) => (values, EnumValue::Text(text.to_string())),
        (Some(values), NodeValue::Number(_)) => match value.as_i64() {
            Some(number) => (values, EnumValue::Number(number)),
            None => return,
        },
        _ => return,
    };
    let is_of_kind = matches!(found, EnumValue::Text(_)) == (shape.shape_type != ShapeType::IntEnum);
    if is_of_kind && !values.contains(&found) {
        let listed = ticked_of(values.iter(), values.len());
        let found = match found {
            EnumValue::Text(text) => format!("\"{text}\""),
            EnumValue::Number(number) => number.to_string(),
        };
        checker.error(value, format!("{} is one of {listed}, not {found}", name_of(&shape.id)));
    }
}

fn check_non_numeric(checker: &mut Checker<'_, '_>, shape: &Shape, value: &Node) {
    let Some(text) = value.as_str() else { return };
    if matches!(shape.shape_type, ShapeType::Float | ShapeType::Double) && !NON_NUMERIC.contains(&text) {
        let message = format!("{} is a number or one of {}", name_of(&shape.id), ticked(NON_NUMERIC));
        checker.error(value, message);
    }
}
