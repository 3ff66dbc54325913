//! Endpoint rules (Smithy 2.0, "Rules engine"): read from `smithy.rules#endpointRuleSet`, with every value's type checked as
//! it is read.

mod error;
mod expression;
mod parameter;
mod rule;
mod template;
mod types;

pub use error::{EndpointRulesError, EndpointRulesErrorKind};
pub use expression::{Expression, Function, PathStep};
pub use parameter::{Parameter, ParameterType, ParameterValue};
pub use rule::{Condition, EndpointResult, Outcome, Rule};
pub use template::{Piece, Template};
pub use types::{Kind, Type};

use crate::source::Node;
use types::Scope;

/// The trait that holds a service's endpoint rules.
pub const RULE_SET_TRAIT: &str = "smithy.rules#endpointRuleSet";

/// A set of endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// The parameters, in the order of the rule set.
    pub parameters: Vec<Parameter>,
    /// The rules, of which the first match counts.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// Reads a rule set.
    ///
    /// # Errors
    /// The rule set is malformed, names what does not exist, or uses a value where one of another type belongs.
    pub fn read(node: &Node) -> Result<Self, EndpointRulesError> {
        let parameters = node.get("parameters").and_then(Node::as_object);
        let parameters = parameters.ok_or_else(|| EndpointRulesErrorKind::Missing("parameters").at(node))?;
        let parameters: Vec<Parameter> =
            parameters.iter().map(|entry| Parameter::read(&entry.key, &entry.value)).collect::<Result<_, _>>()?;
        let mut scope = Scope::default();
        parameters.iter().for_each(|parameter| scope.set(&parameter.name, parameter.value_type()));
        let rules = rule::read_all(node, &mut scope)?;
        Ok(Self { parameters, rules })
    }
}

/// Refuses keys of an object other than these.
fn refuse_other_keys(node: &Node, known: &[&str]) -> Result<(), EndpointRulesError> {
    let mut entries = node.as_object().into_iter().flatten();
    match entries.find(|entry| !known.contains(&&*entry.key)) {
        Some(entry) => {
            let kind = EndpointRulesErrorKind::UnknownKey(entry.key.to_string());
            Err(EndpointRulesError { kind, span: entry.key_span })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
