//! `StaticContextParamsTrait`, `OperationContextParamsTrait`: the values that operations give to parameters of rules.

use whitesmith_jmespath::Node as Expression;

use super::rule_sets::entries;
use crate::endpoint_rules::{ParameterType, ParameterValue};
use crate::model::Shape;
use crate::source::Node;
use crate::validate::context::{Context, Report};
use crate::validate::jmespath::{Kind, Sample, lint, parse};

pub(super) const STATIC: &str = "smithy.rules#staticContextParams";
pub(super) const OPERATION: &str = "smithy.rules#operationContextParams";

/// Static values are of types that parameters have.
pub(in crate::validate) fn check_static_params(context: &Context<'_>, report: &mut Report) {
    for (operation, params) in context.shapes_with(STATIC) {
        for entry in entries(Some(params)) {
            let value = entry.value.get("value");
            if value.and_then(ParameterValue::read).is_none() {
                let found = value.map_or("nothing", |value| value.kind().name());
                let message = format!(
                    "unsupported value of `{}`: expected a string, a boolean or an array of strings, found {found}",
                    entry.key
                );
                report.error("StaticContextParamsTrait", operation, message);
            }
        }
    }
}

/// The type of the parameter that an expression over the operation's input gives.
pub(super) fn operation_param_type(context: &Context<'_>, operation: &Shape, path: &str) -> Option<ParameterType> {
    let input = context.input(operation.as_operation()?)?;
    let linted = lint(context.model(), path, &Sample::of(context.model(), input)).ok()?;
    match linted.returns {
        Kind::Boolean => Some(ParameterType::Boolean),
        Kind::String => Some(ParameterType::String),
        Kind::Array => Some(ParameterType::StringArray),
        _ => None,
    }
}

/// Expressions over an operation's input fit it, and are of the simple kind that clients can follow.
pub(in crate::validate) fn check_operation_params(context: &Context<'_>, report: &mut Report) {
    for (operation, params) in context.shapes_with(OPERATION) {
        let input = operation.as_operation().and_then(|details| context.input(details));
        let Some(input) = input else { continue };
        let sample = Sample::of(context.model(), input);
        for entry in entries(Some(params)) {
            let path = entry.value.get("path").and_then(Node::as_str).unwrap_or_default();
            let mut error = |problem: &str| {
                let message = format!("the path `{path}` of `{}`: {problem}", entry.key);
                report.error("OperationContextParamsTrait", operation, message);
            };
            match (lint(context.model(), path, &sample), parse(path)) {
                (Ok(linted), Ok(query)) => {
                    linted.problems.iter().for_each(|(_, problem)| error(problem));
                    let mut unsupported = Vec::new();
                    find_unsupported(query.root(), &mut unsupported);
                    if !unsupported.is_empty() {
                        error(&format!("unsupported {}", unsupported.join(", ")));
                    }
                }
                (Err(problem), _) | (_, Err(problem)) => error(&problem),
            }
        }
    }
}

/// Finds what clients need not support: all but fields, projections, lists of expressions and `keys`.
fn find_unsupported(expression: &Expression, found: &mut Vec<String>) {
    match expression {
        Expression::Current | Expression::Field(_) => {}
        Expression::Reference(inner) | Expression::Flatten(inner) => find_unsupported(inner, found),
        Expression::Then(left, right)
        | Expression::Projection(left, right)
        | Expression::ValueProjection(left, right) => {
            find_unsupported(left, found);
            find_unsupported(right, found);
        }
        Expression::List(items) => items.iter().for_each(|item| find_unsupported(item, found)),
        Expression::Call(name, arguments) if name == "keys" => {
            arguments.iter().for_each(|argument| find_unsupported(argument, found));
        }
        Expression::Call(name, _) => found.push(format!("function `{name}`")),
        Expression::Compare(..) => found.push("comparison".to_owned()),
        Expression::Index(_) => found.push("index".to_owned()),
        Expression::Literal(_) => found.push("literal".to_owned()),
        Expression::Object(_) => found.push("object of expressions".to_owned()),
        Expression::And(..) => found.push("`&&`".to_owned()),
        Expression::Or(..) => found.push("`||`".to_owned()),
        Expression::Not(_) => found.push("`!`".to_owned()),
        Expression::FilterProjection { .. } => found.push("filter".to_owned()),
        Expression::Slice { .. } => found.push("slice".to_owned()),
    }
}
