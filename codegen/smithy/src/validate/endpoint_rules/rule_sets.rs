//! The rules of a service, as a tree or as a decision diagram.

use crate::model::Shape;
use crate::source::{Entry, Node};
use crate::validate::context::Context;

pub(super) const RULE_SET: &str = "smithy.rules#endpointRuleSet";
pub(super) const DECISION_DIAGRAM: &str = "smithy.rules#endpointBdd";
pub(super) const TESTS: &str = "smithy.rules#endpointTests";

/// The rules of a service.
#[derive(Clone, Copy)]
pub(super) struct RuleSet<'m> {
    pub(super) service: &'m Shape,
    pub(super) value: &'m Node,
    pub(super) is_tree: bool,
}

/// A parameter of rules.
#[derive(Clone, Copy)]
pub(super) struct Parameter<'m> {
    pub(super) name: &'m str,
    pub(super) value: &'m Node,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParameterType {
    String,
    Boolean,
    StringArray,
}

impl ParameterType {
    /// The type that rules call by a name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "stringArray" => Some(Self::StringArray),
            _ if name.eq_ignore_ascii_case("string") => Some(Self::String),
            _ if name.eq_ignore_ascii_case("boolean") => Some(Self::Boolean),
            _ => None,
        }
    }

    /// The type of a value.
    pub(super) fn of(value: &Node) -> Option<Self> {
        match value.as_array() {
            Some(elements) => elements.iter().all(|element| element.as_str().is_some()).then_some(Self::StringArray),
            None if value.as_str().is_some() => Some(Self::String),
            None => value.as_bool().map(|_| Self::Boolean),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::StringArray => "stringArray",
        }
    }
}

impl<'m> Parameter<'m> {
    fn text(self, key: &str) -> Option<&'m str> {
        self.value.get(key).and_then(Node::as_str)
    }

    pub(super) fn built_in(self) -> Option<&'m str> {
        self.text("builtIn")
    }

    pub(super) fn documentation(self) -> Option<&'m str> {
        self.text("documentation")
    }

    pub(super) fn default(self) -> Option<&'m Node> {
        self.value.get("default")
    }

    pub(super) fn is_required(self) -> bool {
        self.value.get("required").and_then(Node::as_bool) == Some(true)
    }

    pub(super) fn parameter_type(self) -> Option<ParameterType> {
        self.text("type").and_then(ParameterType::from_name)
    }
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
    let mut all = of(RULE_SET, true);
    all.extend(of(DECISION_DIAGRAM, false));
    all
}

impl<'m> RuleSet<'m> {
    pub(super) fn parameters(self) -> impl Iterator<Item = Parameter<'m>> {
        entries(self.value.get("parameters")).map(|entry| Parameter { name: &entry.key, value: &entry.value })
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
