//! Evaluates rules for given parameters.

use std::collections::BTreeMap;

use super::bdd::Diagram;
use super::functions;
use super::rule_sets::{RuleSet, elements, entries};
use super::value::Value;
use crate::source::{Node, NodeValue};

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

/// Evaluates rules; `diagram` is that of rules that are not a tree.
///
/// # Errors
/// When no rule matches, or a value is of another type than an expression needs.
pub(super) fn evaluate(
    rules: RuleSet<'_>,
    diagram: Option<&Result<Diagram, String>>,
    params: Option<&Node>,
) -> Result<Outcome, String> {
    let mut scope = Scope { values: Vec::new() };
    for parameter in rules.parameters() {
        if let Some(default) = parameter.default() {
            scope.set(parameter.name, Value::of(default)?);
        }
    }
    for entry in entries(params) {
        scope.set(&entry.key, Value::of(&entry.value)?);
    }
    let outcome = match diagram {
        None => scope.first_match(rules.top_rules())?,
        Some(diagram) => scope.follow(diagram.as_ref().map_err(Clone::clone)?, rules)?,
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

    fn first_match(&mut self, rules: &'m [Node]) -> Result<Option<Outcome>, String> {
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

    fn rule(&mut self, rule: &'m Node) -> Result<Option<Outcome>, String> {
        for condition in elements(rule.get("conditions")) {
            if !self.condition(condition)? {
                return Ok(None);
            }
        }
        match rule.get("rules") {
            Some(rules) => {
                let outcome = self.first_match(elements(Some(rules)))?;
                outcome.map(Some).ok_or_else(|| "no rule in a tree matches".to_owned())
            }
            None => self.result(rule).map(Some),
        }
    }

    fn condition(&mut self, condition: &'m Node) -> Result<bool, String> {
        let value = self.expression(condition)?;
        let holds = value.is_truthy();
        if let Some(name) = condition.get("assign").and_then(Node::as_str).filter(|_| value != Value::Empty) {
            self.set(name, value);
        }
        Ok(holds)
    }

    /// Follows a decision diagram.
    fn follow(&mut self, diagram: &Diagram, rules: RuleSet<'m>) -> Result<Option<Outcome>, String> {
        let conditions = rules.conditions();
        let result = diagram.find(|at| match conditions.get(at) {
            Some(condition) => self.condition(condition),
            None => Err(format!("unknown condition {at}")),
        })?;
        // The result 0 is that nothing matched.
        let rule = result.and_then(|result| rules.top_rules().get(result.checked_sub(1)?));
        rule.map(|rule| self.result(rule)).transpose()
    }

    fn result(&self, rule: &Node) -> Result<Outcome, String> {
        if let Some(error) = rule.get("error") {
            return Ok(Outcome::Error(self.expression(error)?.as_text()?.to_owned()));
        }
        let endpoint = rule.get("endpoint").ok_or("a rule without an endpoint, an error or rules")?;
        let url = endpoint.get("url").ok_or("an endpoint without a URL")?;
        let properties = entries(endpoint.get("properties"));
        let properties = properties.map(|entry| Ok((entry.key.to_string(), self.literal(&entry.value)?)));
        let headers = entries(endpoint.get("headers")).map(|entry| {
            let values = elements(Some(&entry.value)).iter();
            let values = values.map(|value| Ok(self.expression(value)?.as_text()?.to_owned()));
            Ok((entry.key.to_string(), values.collect::<Result<_, String>>()?))
        });
        Ok(Outcome::Endpoint(Endpoint {
            url: self.expression(url)?.as_text()?.to_owned(),
            properties: properties.collect::<Result<_, String>>()?,
            headers: headers.collect::<Result<_, String>>()?,
        }))
    }

    fn expression(&self, node: &Node) -> Result<Value, String> {
        let Some(object) = node.as_object() else { return self.literal(node) };
        if let Some(name) = object.get("ref").and_then(Node::as_str) {
            return Ok(self.get(name));
        }
        let name = object.get("fn").and_then(Node::as_str).ok_or("an expression must have `ref` or `fn`")?;
        self.call(name, elements(object.get("argv")))
    }

    fn call(&self, name: &str, arguments: &[Node]) -> Result<Value, String> {
        let argument = |at: usize| {
            let argument = arguments.get(at).ok_or_else(|| format!("`{name}` needs more than {at} arguments"))?;
            self.expression(argument)
        };
        match name {
            "isSet" => Ok(Value::Boolean(argument(0)? != Value::Empty)),
            "not" => Ok(Value::Boolean(!argument(0)?.as_boolean()?)),
            "booleanEquals" => Ok(Value::Boolean(argument(0)?.as_boolean()? == argument(1)?.as_boolean()?)),
            "stringEquals" => Ok(Value::Boolean(argument(0)?.as_text()? == argument(1)?.as_text()?)),
            "ite" => argument(if argument(0)?.as_boolean()? { 1 } else { 2 }),
            "coalesce" => {
                for at in 0..arguments.len() {
                    let value = argument(at)?;
                    if value != Value::Empty {
                        return Ok(value);
                    }
                }
                Ok(Value::Empty)
            }
            "getAttr" => {
                let path = arguments.get(1).and_then(Node::as_str).ok_or("`getAttr` needs a path")?;
                attribute(argument(0)?, path)
            }
            _ => {
                let values = (0..arguments.len()).map(argument).collect::<Result<Vec<_>, _>>()?;
                functions::call(name, &values).unwrap_or_else(|| Err(format!("unknown function `{name}`")))
            }
        }
    }

    /// A literal; its texts are templates.
    fn literal(&self, node: &Node) -> Result<Value, String> {
        Ok(match &node.value {
            NodeValue::String(template) => Value::String(self.template(template)?),
            NodeValue::Array(elements) => {
                Value::Array(elements.iter().map(|element| self.literal(element)).collect::<Result<_, _>>()?)
            }
            NodeValue::Object(object) => {
                let entries = object.iter().map(|entry| Ok((entry.key.to_string(), self.literal(&entry.value)?)));
                Value::Record(entries.collect::<Result<_, String>>()?)
            }
            _ => Value::of(node)?,
        })
    }

    /// Fills the names between braces; doubled braces stand for themselves.
    fn template(&self, template: &str) -> Result<String, String> {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at_checked(at).unwrap_or((rest, ""));
            text.push_str(before);
            if let Some(after) = brace.strip_prefix("{{") {
                text.push('{');
                rest = after;
            } else if let Some(after) = brace.strip_prefix("}}") {
                text.push('}');
                rest = after;
            } else {
                let inner = brace.strip_prefix('{').and_then(|inner| inner.split_once('}'));
                let (name, after) = inner.ok_or_else(|| format!("unmatched brace in the template `{template}`"))?;
                let value = match name.split_once('#') {
                    Some((name, path)) => attribute(self.get(name), path)?,
                    None => self.get(name),
                };
                text.push_str(value.as_text().map_err(|problem| format!("`{{{name}}}`: {problem}"))?);
                rest = after;
            }
            if text.len() > LONGEST_TEXT {
                return Err(format!("a template comes to more than {LONGEST_TEXT} bytes"));
            }
        }
        text.push_str(rest);
        Ok(text)
    }
}

/// The value at a path: names with dots between them, each perhaps with an index.
fn attribute(value: Value, path: &str) -> Result<Value, String> {
    let mut value = value;
    for component in path.split('.') {
        let (name, index) = match component.split_once('[') {
            Some((name, index)) => (name, Some(index.strip_suffix(']').and_then(|index| index.parse::<i64>().ok()))),
            None => (component, None),
        };
        if !name.is_empty() {
            value = match value {
                Value::Record(mut entries) => entries.remove(name).unwrap_or(Value::Empty),
                other => return Err(other.unexpected(&format!("a record with `{name}`"))),
            };
        }
        if let Some(index) = index {
            let index = index.ok_or_else(|| format!("invalid path `{path}`"))?;
            value = match value {
                Value::Array(elements) => {
                    let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
                    let at = usize::try_from(if index < 0 { length + index } else { index }).ok();
                    at.and_then(|at| elements.into_iter().nth(at)).unwrap_or(Value::Empty)
                }
                other => return Err(other.unexpected("an array")),
            };
        }
    }
    Ok(value)
}
