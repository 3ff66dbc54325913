//! Evaluates rules for given parameters.

use std::collections::BTreeMap;

use super::bdd::Diagram;
use super::functions;
use super::rule_sets::entries;
use super::value::Value;
use crate::endpoint_rules::{
    Condition, DecisionDiagram, EndpointResult, Expression, Function, Outcome as RuleOutcome, PathStep, Piece, Rule,
    RuleSet, Template,
};
use crate::source::Node;

/// Rules that can be evaluated.
pub(super) enum Rules {
    Tree(RuleSet),
    Diagram(DecisionDiagram, Diagram),
}

/// An endpoint.
#[derive(Debug, PartialEq)]
pub(super) struct Endpoint {
    pub(super) url: String,
    pub(super) properties: BTreeMap<String, Value>,
    pub(super) headers: BTreeMap<String, Vec<String>>,
}

/// What rules come to.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Endpoint(Endpoint),
    Error(String),
}

/// The longest text that a template may come to, in bytes. Assigned texts can be put into others again and again, so that
/// a few conditions could otherwise fill the memory.
const LONGEST_TEXT: usize = 8 * 1024;

/// Evaluates rules.
///
/// # Errors
/// When no rule matches, or a value is of another type than an expression needs.
pub(super) fn evaluate(rules: &Rules, params: Option<&Node>) -> Result<Outcome, String> {
    let mut scope = Scope { values: Vec::new() };
    let (Rules::Tree(RuleSet { parameters, .. }) | Rules::Diagram(DecisionDiagram { parameters, .. }, _)) = rules;
    for parameter in parameters {
        if let Some(default) = &parameter.default {
            scope.set(&parameter.name, default.into());
        }
    }
    for entry in entries(params) {
        scope.set(&entry.key, Value::of(&entry.value)?);
    }
    let outcome = match rules {
        Rules::Tree(rules) => scope.first_match(&rules.rules)?,
        Rules::Diagram(rules, diagram) => scope.follow(diagram, rules)?,
    };
    outcome.ok_or_else(|| "no rule matches".to_owned())
}

struct Scope<'m> {
    /// Later values hide earlier ones.
    values: Vec<(&'m str, Value)>,
}

impl<'m> Scope<'m> {
    fn set(&mut self, name: &'m str, value: Value) {
        self.values.push((name, value));
    }

    fn get(&self, name: &str) -> Value {
        let found = self.values.iter().rev().find(|(known, _)| *known == name);
        found.map_or(Value::Empty, |(_, value)| value.clone())
    }

    fn first_match(&mut self, rules: &'m [Rule]) -> Result<Option<Outcome>, String> {
        for rule in rules {
            let before = self.values.len();
            let outcome = self.rule(rule);
            self.values.truncate(before);
            if let Some(outcome) = outcome? {
                return Ok(Some(outcome));
            }
        }
        Ok(None)
    }

    fn rule(&mut self, rule: &'m Rule) -> Result<Option<Outcome>, String> {
        for condition in &rule.conditions {
            if !self.condition(condition)? {
                return Ok(None);
            }
        }
        self.outcome(&rule.outcome).map(Some)
    }

    fn condition(&mut self, condition: &'m Condition) -> Result<bool, String> {
        let value = self.value(&condition.expression)?;
        let holds = value.is_truthy();
        if let Some(name) = condition.assign.as_deref().filter(|_| value != Value::Empty) {
            self.set(name, value);
        }
        Ok(holds)
    }

    /// Follows a decision diagram.
    fn follow(&mut self, diagram: &Diagram, rules: &'m DecisionDiagram) -> Result<Option<Outcome>, String> {
        let result = diagram.find(|at| match rules.conditions.get(at) {
            Some(condition) => self.condition(condition),
            None => Err(format!("unknown condition {at}")),
        })?;
        // The result 0 is that nothing matched.
        let outcome = result.and_then(|result| rules.results.get(result.checked_sub(1)?));
        outcome.map(|outcome| self.outcome(outcome)).transpose()
    }

    fn outcome(&mut self, outcome: &'m RuleOutcome) -> Result<Outcome, String> {
        match outcome {
            RuleOutcome::Error(message) => Ok(Outcome::Error(self.text(message)?)),
            RuleOutcome::Endpoint(endpoint) => self.endpoint(endpoint).map(Outcome::Endpoint),
            RuleOutcome::Tree(rules) => {
                let outcome = self.first_match(rules)?;
                outcome.ok_or_else(|| "no rule in a tree matches".to_owned())
            }
        }
    }

    fn endpoint(&self, endpoint: &EndpointResult) -> Result<Endpoint, String> {
        let properties = endpoint.properties.iter().map(|(name, value)| Ok((name.clone(), self.value(value)?)));
        let headers = endpoint.headers.iter().map(|(name, values)| {
            let values = values.iter().map(|value| self.text(value));
            Ok((name.clone(), values.collect::<Result<_, String>>()?))
        });
        Ok(Endpoint {
            url: self.text(&endpoint.url)?,
            properties: properties.collect::<Result<_, String>>()?,
            headers: headers.collect::<Result<_, String>>()?,
        })
    }

    fn text(&self, expression: &Expression) -> Result<String, String> {
        self.value(expression)?.into_text()
    }

    fn value(&self, expression: &Expression) -> Result<Value, String> {
        Ok(match expression {
            Expression::Text(template) => Value::String(self.template(template)?),
            Expression::Boolean(value) => Value::Boolean(*value),
            Expression::Number(number) => Value::Integer(*number),
            Expression::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?)
            }
            Expression::Record(entries) => {
                let entries = entries.iter().map(|(name, value)| Ok((name.clone(), self.value(value)?)));
                Value::Record(entries.collect::<Result<_, String>>()?)
            }
            Expression::Reference(name) => self.get(name),
            Expression::Attribute(of, path) => attribute(self.value(of)?, path)?,
            Expression::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Result<Value, String> {
        match (function, arguments) {
            (Function::Ite, [condition, one, other]) => {
                self.value(if self.value(condition)?.as_boolean()? { one } else { other })
            }
            (Function::Coalesce, values) => {
                for value in values {
                    let value = self.value(value)?;
                    if value != Value::Empty {
                        return Ok(value);
                    }
                }
                Ok(Value::Empty)
            }
            _ => {
                let values = arguments.iter().map(|argument| self.value(argument)).collect::<Result<Vec<_>, _>>()?;
                functions::call(function, &values)
            }
        }
    }

    fn template(&self, Template(pieces): &Template) -> Result<String, String> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Value(value) => text.push_str(self.value(value)?.as_text()?),
            }
            if text.len() > LONGEST_TEXT {
                return Err(format!("a template comes to more than {LONGEST_TEXT} bytes"));
            }
        }
        Ok(text)
    }
}

/// The value at a path.
fn attribute(value: Value, path: &[PathStep]) -> Result<Value, String> {
    path.iter().try_fold(value, |value, step| match (value, step) {
        (Value::Record(mut entries), PathStep::Key(name)) => Ok(entries.remove(name).unwrap_or(Value::Empty)),
        (other, PathStep::Key(name)) => Err(other.unexpected(&format!("a record with `{name}`"))),
        (Value::Array(elements), PathStep::Index(index)) => {
            let index = i64::from(*index);
            let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
            let at = usize::try_from(if index < 0 { length + index } else { index }).ok();
            Ok(at.and_then(|at| elements.into_iter().nth(at)).unwrap_or(Value::Empty))
        }
        (other, PathStep::Index(_)) => Err(other.unexpected("an array")),
    })
}
