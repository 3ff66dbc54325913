//! Rules: conditions and their outcome.

use super::error::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind, refuse_other_keys};
use super::expression::{Expression, Function};
use super::growth::{MOST_BYTES, most_bytes};
use super::read::{expression as read_expression, expression_as, property};
use super::types::{Kind, Scope, Type};
use crate::source::{Node, Span};

/// A condition: met if its value is present and not false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The value.
    pub expression: Expression,
    /// The name that later conditions and the outcome use.
    pub assign: Option<String>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// All of them must be met.
    pub conditions: Vec<Condition>,
    /// The outcome.
    pub outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(EndpointResult),
    /// An error with this message.
    Error(Expression),
    /// Further rules, one of which must match.
    Tree(Vec<Rule>),
}

/// The parts of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointResult {
    /// The URL.
    pub url: Expression,
    /// Headers with their values.
    pub headers: Vec<(String, Vec<Expression>)>,
    /// Properties, `authSchemes` among them.
    pub properties: Vec<(String, Expression)>,
    /// Where the endpoint stands.
    pub span: Span,
}

/// Reads the rules of a rule set or of a tree.
pub(super) fn read_all(node: &Node, scope: &mut Scope) -> Result<Vec<Rule>, EndpointRulesError> {
    let rules = node.get("rules").and_then(Node::as_array);
    let rules = rules.ok_or_else(|| ErrorKind::Missing("rules").at(node))?;
    rules.iter().map(|rule| scope.nested(|scope| read(rule, scope))).collect()
}

fn read(node: &Node, scope: &mut Scope) -> Result<Rule, EndpointRulesError> {
    Ok(Rule { conditions: read_conditions(node, scope)?, outcome: read_outcome(node, scope)? })
}

/// Reads the conditions of a rule or a decision diagram.
pub(super) fn read_conditions(node: &Node, scope: &mut Scope) -> Result<Vec<Condition>, EndpointRulesError> {
    let conditions = node.get("conditions").and_then(Node::as_array).unwrap_or_default();
    conditions.iter().map(|condition| read_condition(condition, scope)).collect()
}

/// Reads the outcome of a rule, or a result of a decision diagram.
pub(super) fn read_outcome(node: &Node, scope: &mut Scope) -> Result<Outcome, EndpointRulesError> {
    let part = |key: &'static str| node.get(key).ok_or_else(|| ErrorKind::Missing(key).at(node));
    match node.get("type").and_then(Node::as_str).unwrap_or_default() {
        "endpoint" => Ok(Outcome::Endpoint(endpoint(part("endpoint")?, scope)?)),
        "error" => Ok(Outcome::Error(expression_as(part("error")?, Kind::String, scope)?)),
        "tree" => match read_all(node, scope)? {
            rules if rules.is_empty() => Err(ErrorKind::Expected("at least one rule in a tree").at(node)),
            rules => Ok(Outcome::Tree(rules)),
        },
        _ => Err(ErrorKind::Expected("a rule of type `endpoint`, `error` or `tree`").at(node)),
    }
}

/// Reads a condition, which holds for what comes after it: the name that it assigns has a value, and what it found set is.
fn read_condition(node: &Node, scope: &mut Scope) -> Result<Condition, EndpointRulesError> {
    if node.get("fn").is_none() {
        return Err(ErrorKind::Missing("fn").at(node));
    }
    let (expression, of) = read_expression(node, scope)?;
    if let Some(name) = proven_set(&expression)
        && let Some(of) = scope.type_of(name)
    {
        scope.set(name, Type::always(of.kind));
    }
    let assign = node.get("assign").and_then(Node::as_str).map(str::to_owned);
    if let Some(name) = &assign {
        if scope.type_of(name).is_some() && !scope.is_lenient() {
            return Err(ErrorKind::Redefined(name.clone()).at(node));
        }
        let size = most_bytes(&expression, scope);
        if size > MOST_BYTES {
            return Err(ErrorKind::Growth { name: name.clone(), size }.at(node));
        }
        // Where a name is assigned in several places, any of its values may be used.
        let size = scope.type_of(name).map_or(size, |_| size.max(scope.size_of(name)));
        scope.set_sized(name, Type::always(of.kind), size);
    }
    Ok(Condition { expression, assign })
}

/// The name that a met condition proves to be set.
fn proven_set(condition: &Expression) -> Option<&str> {
    match condition {
        Expression::Call(Function::IsSet, arguments) => match arguments.as_slice() {
            [Expression::Reference(name)] => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn endpoint(node: &Node, scope: &mut Scope) -> Result<EndpointResult, EndpointRulesError> {
    refuse_other_keys(node, &["headers", "properties", "url"])?;
    let url = node.get("url").ok_or_else(|| ErrorKind::Missing("url").at(node))?;
    let url = expression_as(url, Kind::String, scope)?;
    let entries = |key: &str| node.get(key).and_then(Node::as_object).into_iter().flatten();
    let mut headers = Vec::new();
    for entry in entries("headers") {
        let values = entry.value.as_array();
        let values = values.ok_or_else(|| ErrorKind::Expected("an array of strings").at(&entry.value))?;
        let values = values.iter().map(|value| expression_as(value, Kind::String, scope));
        headers.push((entry.key.to_string(), values.collect::<Result<_, _>>()?));
    }
    let properties = entries("properties");
    let properties = properties.map(|entry| Ok((entry.key.to_string(), property(&entry.value, scope)?)));
    let properties = properties.collect::<Result<_, _>>()?;
    Ok(EndpointResult { url, headers, properties, span: node.span })
}

impl Rule {
    /// Collects the names that conditions give to values, in order.
    pub fn assigned_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        names.extend(self.conditions.iter().filter_map(|condition| condition.assign.as_deref()));
        if let Outcome::Tree(rules) = &self.outcome {
            rules.iter().for_each(|rule| rule.assigned_names(names));
        }
    }

    /// Whether a value of that name is used here.
    #[must_use]
    pub fn refers_to(&self, name: &str) -> bool {
        self.conditions.iter().any(|condition| condition.expression.refers_to(name)) || self.outcome.refers_to(name)
    }
}

impl Outcome {
    /// Whether a value of that name is used here.
    #[must_use]
    pub fn refers_to(&self, name: &str) -> bool {
        match self {
            Self::Error(message) => message.refers_to(name),
            Self::Tree(rules) => rules.iter().any(|rule| rule.refers_to(name)),
            Self::Endpoint(EndpointResult { url, headers, properties, .. }) => {
                url.refers_to(name)
                    || headers.iter().flat_map(|(_, values)| values).any(|value| value.refers_to(name))
                    || properties.iter().any(|(_, value)| value.refers_to(name))
            }
        }
    }
}
