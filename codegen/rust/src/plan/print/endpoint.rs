//! Endpoint rules as text: a line for each parameter, condition and outcome.

use std::fmt::{self, Display, Formatter};

use super::super::endpoint::{
    EndpointPlan, EndpointResult, Expression, Outcome, Parameter, PathStep, Piece, Rule, Template,
};
use super::parts::flag;

/// The parameters and the rules, those of a tree below its conditions.
impl Display for EndpointPlan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.parameters.iter().try_for_each(|one| parameter(f, one))?;
        rules(f, &self.rules, 1)
    }
}

fn parameter(f: &mut Formatter<'_>, parameter: &Parameter) -> fmt::Result {
    write!(f, "    parameter {}: {:?}", parameter.name, parameter.parameter_type)?;
    if let Some(built_in) = &parameter.built_in {
        write!(f, ", built-in {built_in}")?;
    }
    if let Some(default) = &parameter.default {
        write!(f, ", default {default:?}")?;
    }
    flag(f, parameter.required, "required")?;
    f.write_str("\n")
}

fn rules(f: &mut Formatter<'_>, rules: &[Rule], depth: usize) -> fmt::Result {
    for rule in rules {
        indent(f, depth)?;
        f.write_str("rule")?;
        for (index, condition) in rule.conditions.iter().enumerate() {
            f.write_str(if index == 0 { " if " } else { " and " })?;
            if let Some(name) = &condition.assign {
                write!(f, "{name} = ")?;
            }
            expression(f, &condition.expression)?;
        }
        f.write_str("\n")?;
        match &rule.outcome {
            Outcome::Endpoint(result) => endpoint_result(f, result, depth + 1)?,
            Outcome::Error(message) => {
                indent(f, depth + 1)?;
                f.write_str("error ")?;
                expression(f, message)?;
                f.write_str("\n")?;
            }
            Outcome::Tree(inner) => self::rules(f, inner, depth + 1)?,
        }
    }
    Ok(())
}

fn endpoint_result(f: &mut Formatter<'_>, result: &EndpointResult, depth: usize) -> fmt::Result {
    indent(f, depth)?;
    f.write_str("endpoint ")?;
    expression(f, &result.url)?;
    for (name, values) in &result.headers {
        write!(f, ", header {name} ")?;
        list(f, values)?;
    }
    for (name, value) in &result.properties {
        write!(f, ", {name} ")?;
        expression(f, value)?;
    }
    f.write_str("\n")
}

fn expression(f: &mut Formatter<'_>, of: &Expression) -> fmt::Result {
    match of {
        Expression::Text(text) => {
            f.write_str("\"")?;
            template(f, text)?;
            f.write_str("\"")
        }
        Expression::Boolean(value) => write!(f, "{value}"),
        Expression::Number(value) => write!(f, "{value}"),
        Expression::Array(items) => list(f, items),
        Expression::Record(entries) => {
            f.write_str("{")?;
            for (index, (name, value)) in entries.iter().enumerate() {
                write!(f, "{}{name}: ", if index == 0 { "" } else { ", " })?;
                expression(f, value)?;
            }
            f.write_str("}")
        }
        Expression::Reference(name) => f.write_str(name),
        Expression::Attribute(of, path) => {
            expression(f, of)?;
            path.iter().try_for_each(|step| match step {
                PathStep::Key(key) => write!(f, ".{key}"),
                PathStep::Index(index) => write!(f, "[{index}]"),
            })
        }
        Expression::Call(function, arguments) => {
            write!(f, "{function:?}(")?;
            separated(f, arguments)?;
            f.write_str(")")
        }
    }
}

fn list(f: &mut Formatter<'_>, items: &[Expression]) -> fmt::Result {
    f.write_str("[")?;
    separated(f, items)?;
    f.write_str("]")
}

fn separated(f: &mut Formatter<'_>, items: &[Expression]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        expression(f, item)?;
    }
    Ok(())
}

fn template(f: &mut Formatter<'_>, template: &Template) -> fmt::Result {
    for piece in &template.0 {
        match piece {
            Piece::Literal(text) => write!(f, "{}", text.escape_default())?,
            Piece::Value(value) => {
                f.write_str("{")?;
                expression(f, value)?;
                f.write_str("}")?;
            }
        }
    }
    Ok(())
}

fn indent(f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    (0..depth).try_for_each(|_| f.write_str("    "))
}
