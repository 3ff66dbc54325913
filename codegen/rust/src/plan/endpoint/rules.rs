//! Rules: conditions and their outcome.

use super::{EndpointRulesError, Expression};
use whitesmith_smithy::source::Node;

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
}

/// Reads the rules of a rule set or of a tree.
pub(super) fn read_all(node: &Node) -> Result<Vec<Rule>, EndpointRulesError> {
    let rules = node.get("rules").and_then(Node::as_array);
    rules.ok_or_else(|| EndpointRulesError::at(node, "missing `rules`"))?.iter().map(read).collect()
}

fn read(node: &Node) -> Result<Rule, EndpointRulesError> {
    let part = |key: &str| {
        node.get(key)
            .ok_or_else(|| EndpointRulesError::at(node, "expected a rule of type `endpoint`, `error` or `tree`"))
    };
    let outcome = match node.get("type").and_then(Node::as_str).unwrap_or_default() {
        "endpoint" => Outcome::Endpoint(endpoint(part("endpoint")?)?),
        "error" => Outcome::Error(Expression::read(part("error")?)?),
        "tree" => Outcome::Tree(read_all(node)?),
        _ => return Err(EndpointRulesError::at(node, "expected a rule of type `endpoint`, `error` or `tree`")),
    };
    let conditions = node.get("conditions").and_then(Node::as_array).unwrap_or_default();
    let conditions = conditions
        .iter()
        .map(|condition| {
            Ok(Condition {
                expression: Expression::read(condition)?,
                assign: condition.get("assign").and_then(Node::as_str).map(str::to_owned),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Rule { conditions, outcome })
}

fn endpoint(node: &Node) -> Result<EndpointResult, EndpointRulesError> {
    let url = node.get("url").ok_or_else(|| EndpointRulesError::at(node, "an endpoint has a URL"))?;
    let entries = |key: &str| node.get(key).and_then(Node::as_object).into_iter().flatten();
    let headers = entries("headers").map(|entry| {
        let values = entry.value.as_array().unwrap_or_default();
        Ok((entry.key.to_string(), values.iter().map(Expression::read).collect::<Result<_, _>>()?))
    });
    let properties =
        entries("properties").map(|entry| Ok((entry.key.to_string(), Expression::read_property(&entry.value)?)));
    Ok(EndpointResult {
        url: Expression::read(url)?,
        headers: headers.collect::<Result<_, _>>()?,
        properties: properties.collect::<Result<_, _>>()?,
    })
}

impl Rule {
    /// Collects the names that conditions give to values, in order.
    pub(super) fn assigned_names<'a>(&'a self, names: &mut Vec<&'a str>) {
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
            Self::Endpoint(EndpointResult { url, headers, properties }) => {
                url.refers_to(name)
                    || headers.iter().flat_map(|(_, values)| values).any(|value| value.refers_to(name))
                    || properties.iter().any(|(_, value)| value.refers_to(name))
            }
        }
    }
}
