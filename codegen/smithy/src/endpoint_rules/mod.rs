//! Endpoint rules (Smithy 2.0, "Rules engine"): read from their traits, with every value's type checked as it is read.

mod attribute;
mod error;
mod expression;
mod growth;
mod parameter;
mod read;
mod rule;
mod template;
mod types;

pub use error::{EndpointRulesError, EndpointRulesErrorKind};
pub use expression::{Expression, Function, PathStep, Piece, Template};
pub(crate) use parameter::BUILT_INS;
pub use parameter::{Parameter, ParameterType, ParameterValue, read_parameters};
pub use rule::{Condition, EndpointResult, Outcome, Rule};
pub use types::{Kind, Type};

use crate::source::Node;
use types::Scope;

/// The trait that holds a service's endpoint rules.
pub const RULE_SET_TRAIT: &str = "smithy.rules#endpointRuleSet";

/// The trait that holds a service's endpoint rules as a decision diagram.
pub const DECISION_DIAGRAM_TRAIT: &str = "smithy.rules#endpointBdd";

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
        Self::read_in(Scope::default(), node)
    }

    /// Reads a rule set, in which an optional value may stand wherever one belongs.
    ///
    /// # Errors
    /// Otherwise as for [`Self::read`].
    pub fn read_lenient(node: &Node) -> Result<Self, EndpointRulesError> {
        Self::read_in(Scope::lenient(), node)
    }

    fn read_in(mut scope: Scope, node: &Node) -> Result<Self, EndpointRulesError> {
        let parameters = read_parameters(node)?;
        parameters.iter().for_each(|parameter| scope.set(&parameter.name, parameter.value_type()));
        let rules = rule::read_all(node, &mut scope)?;
        Ok(Self { parameters, rules })
    }
}

/// What the nodes of a decision diagram lead through, and to: the same rules in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionDiagram {
    /// The parameters, in the order of the diagram.
    pub parameters: Vec<Parameter>,
    /// The conditions, by the number that nodes have for them.
    pub conditions: Vec<Condition>,
    /// The results, by their number less one: the result 0 is that nothing matched.
    pub results: Vec<Outcome>,
}

impl DecisionDiagram {
    /// Reads a decision diagram without its nodes.
    ///
    /// # Errors
    /// As for [`RuleSet::read_lenient`]: the nodes decide which conditions come before another.
    pub fn read(node: &Node) -> Result<Self, EndpointRulesError> {
        let parameters = read_parameters(node)?;
        let mut scope = Scope::lenient();
        parameters.iter().for_each(|parameter| scope.set(&parameter.name, parameter.value_type()));
        let conditions = rule::read_conditions(node, &mut scope)?;
        let results = node.get("results").and_then(Node::as_array).unwrap_or_default();
        let results = results.iter().map(|result| rule::read_outcome(result, &mut scope)).collect::<Result<_, _>>()?;
        Ok(Self { parameters, conditions, results })
    }
}

#[cfg(test)]
mod tests;
