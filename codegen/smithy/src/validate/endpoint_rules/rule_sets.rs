//! The rules of a service, as a tree or as a decision diagram: where they stand in the model.

use crate::endpoint_rules::{DECISION_DIAGRAM_TRAIT, Parameter, RULE_SET_TRAIT, read_parameters};
use crate::model::Shape;
use crate::source::{Entry, Node};
use crate::validate::context::Context;

pub(super) const TESTS: &str = "smithy.rules#endpointTests";

/// The rules of a service.
#[derive(Clone, Copy)]
pub(super) struct RuleSet<'m> {
    pub(super) service: &'m Shape,
    pub(super) value: &'m Node,
    pub(super) is_tree: bool,
}

/// The entries of an object; none of anything else.
pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::as_object).into_iter().flatten()
}

/// The elements of an array; none of anything else.
pub(super) fn elements(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::as_array).unwrap_or_default()
}

/// The rules of all services.
pub(super) fn rule_sets<'m>(context: &Context<'m>) -> Vec<RuleSet<'m>> {
    let of = |id: &str, is_tree| {
        context.shapes_with(id).map(move |(service, value)| RuleSet { service, value, is_tree }).collect::<Vec<_>>()
    };
    let mut all = of(RULE_SET_TRAIT, true);
    all.extend(of(DECISION_DIAGRAM_TRAIT, false));
    all
}

impl<'m> RuleSet<'m> {
    /// The parameters; none if one of them is malformed, which is reported where the rules are read.
    pub(super) fn parameters(self) -> Vec<Parameter> {
        read_parameters(self.value).unwrap_or_default()
    }

    /// The conditions of a decision diagram.
    pub(super) fn conditions(self) -> &'m [Node] {
        elements(self.value.get("conditions"))
    }

    /// The rules of a tree, or the results of a decision diagram.
    pub(super) fn top_rules(self) -> &'m [Node] {
        elements(self.value.get(if self.is_tree { "rules" } else { "results" }))
    }

    /// Every rule, those in trees included.
    pub(super) fn rules(self) -> Vec<&'m Node> {
        let mut all = Vec::new();
        let mut waiting: Vec<&Node> = self.top_rules().iter().rev().collect();
        while let Some(rule) = waiting.pop() {
            all.push(rule);
            waiting.extend(elements(rule.get("rules")).iter().rev());
        }
        all
    }

    /// The endpoints of all rules.
    pub(super) fn endpoints(self) -> impl Iterator<Item = &'m Node> {
        self.rules().into_iter().filter_map(|rule| rule.get("endpoint"))
    }
}
