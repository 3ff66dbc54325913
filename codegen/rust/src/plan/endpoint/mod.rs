//! Endpoint rules, read from the model: expressions with their functions and templates resolved.

pub(in crate::plan) mod bindings;
mod cases;
mod expression;
mod rules;
mod template;

use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::{Node, Span};

pub use bindings::{BindingPlan, InputStep};
pub use cases::{EndpointCasePlan, ExpectedAuthScheme, ExpectedEndpoint};
pub use expression::{Expression, Function, PathStep};
pub use rules::{Condition, EndpointResult, Outcome, Rule};
pub use template::{Piece, Template};

use super::names;
use super::names::Scope;

/// The trait that holds a service's endpoint rules.
const RULE_SET_TRAIT: &str = "smithy.rules#endpointRuleSet";

/// The type of a parameter's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// `string`
    Text,
    /// `boolean`
    Boolean,
    /// `stringArray`
    TextArray,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// Of a `string`.
    Text(String),
    /// Of a `boolean`.
    Boolean(bool),
    /// Of a `stringArray`.
    TextArray(Vec<String>),
}

/// A parameter of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterPlan {
    /// The name in the rule set.
    pub name: String,
    /// The type of its values.
    pub kind: ParameterKind,
    /// The built-in value that every client knows, such as `AWS::Region`.
    pub built_in: Option<String>,
    /// Whether the rules require a value.
    pub required: bool,
    /// The value if none is given.
    pub default: Option<ParameterValue>,
}

/// A service's endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointPlan {
    /// The parameters, in the order of the rule set.
    pub parameters: Vec<ParameterPlan>,
    /// The rules, of which the first match counts.
    pub rules: Vec<Rule>,
    /// The Rust variable of each parameter and of each name that a condition binds.
    variables: Vec<(String, String)>,
}

/// Invalid endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid endpoint rules: {message}")]
pub struct EndpointRulesError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl EndpointRulesError {
    fn at(node: &Node, message: impl Into<String>) -> Self {
        Self { message: message.into(), span: node.span }
    }
}

/// Names of functions and parameters in the generated code.
const TAKEN_VARIABLES: &[&str] = &[
    "is_valid_host_label",
    "is_virtual_hostable_s3_bucket",
    "parameters",
    "parse_arn",
    "parse_url",
    "partition",
    "resolve",
    "split",
    "substring",
    "uri_encode",
];

impl EndpointPlan {
    /// Reads the endpoint rules of a service; `None` if it has none.
    ///
    /// # Errors
    /// The rules are malformed or use an unknown function.
    pub fn of_service(model: &Model, service: &ShapeId) -> Result<Option<Self>, EndpointRulesError> {
        let rule_set = model.shape(service).and_then(|shape| shape.traits.get(RULE_SET_TRAIT));
        rule_set.map(Self::of).transpose()
    }

    /// Reads an endpoint rule set.
    ///
    /// # Errors
    /// The rule set is malformed or uses an unknown function.
    pub fn of(rule_set: &Node) -> Result<Self, EndpointRulesError> {
        let parameters = rule_set.get("parameters").and_then(Node::as_object);
        let parameters = parameters.ok_or_else(|| EndpointRulesError::at(rule_set, "missing `parameters`"))?;
        let parameters: Vec<ParameterPlan> =
            parameters.iter().map(|entry| parameter(&entry.key, &entry.value)).collect::<Result<_, _>>()?;
        let rules = rules::read_all(rule_set)?;
        let mut names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        rules.iter().for_each(|rule| rule.assigned_names(&mut names));
        let mut scope = Scope::default();
        let mut variables: Vec<(String, String)> = Vec::new();
        for name in names {
            if !variables.iter().any(|(known, _)| known == name) {
                let snake = names::snake(name);
                let free = if TAKEN_VARIABLES.contains(&snake.as_str()) { format!("{snake}_result") } else { snake };
                variables.push((name.to_owned(), names::field(scope.take(free))));
            }
        }
        Ok(Self { parameters, rules, variables })
    }

    /// The Rust variable for a name of the rule set.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, variable)| variable.as_str())
    }
}

fn parameter(name: &str, node: &Node) -> Result<ParameterPlan, EndpointRulesError> {
    let kind_name = node.get("type").and_then(Node::as_str).unwrap_or_default();
    let kind = match kind_name.to_ascii_lowercase().as_str() {
        "string" => ParameterKind::Text,
        "boolean" => ParameterKind::Boolean,
        "stringarray" => ParameterKind::TextArray,
        _ => return Err(EndpointRulesError::at(node, format!("unknown type of parameter `{name}`"))),
    };
    let default = node.get("default");
    let default = default.map(|default| match (kind, default.as_str(), default.as_bool(), default.as_array()) {
        (ParameterKind::Text, Some(text), ..) => Ok(ParameterValue::Text(text.to_owned())),
        (ParameterKind::Boolean, _, Some(value), _) => Ok(ParameterValue::Boolean(value)),
        (ParameterKind::TextArray, .., Some(_)) => {
            Ok(ParameterValue::TextArray(default.strings().map(str::to_owned).collect()))
        }
        _ => Err(EndpointRulesError::at(default, format!("the default of parameter `{name}` has another type"))),
    });
    Ok(ParameterPlan {
        name: name.to_owned(),
        kind,
        built_in: node.get("builtIn").and_then(Node::as_str).map(str::to_owned),
        required: node.get("required").and_then(Node::as_bool).unwrap_or_default(),
        default: default.transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use whitesmith_smithy::source::Sources;

    fn parse(text: &str) -> Node {
        let file = Sources::new().add("rules.json", text.as_bytes()).unwrap();
        whitesmith_smithy::source::parse(file, text).unwrap()
    }

    #[test]
    fn names_become_variables_that_nothing_else_has() {
        let rules = parse(
            r#"{"version": "1.0",
                "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region"}, "Type": {"type": "boolean"}},
                "rules": [{"type": "error", "error": "{p#name}", "conditions": [
                    {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Partition"}]}]}"#,
        );
        let plan = EndpointPlan::of(&rules).unwrap();
        assert_eq!(plan.variable("Region"), Some("region"));
        assert_eq!(plan.variable("Type"), Some("r#type"));
        assert_eq!(plan.variable("Partition"), Some("partition_result"));
        assert_eq!(plan.variable("Else"), None);
    }

    #[test]
    fn what_is_no_rule_set_is_refused() {
        for (rules, message) in [
            (r#"{}"#, "invalid endpoint rules: missing `parameters`"),
            (r#"{"parameters": {"A": {"type": "int"}}}"#, "invalid endpoint rules: unknown type of parameter `A`"),
            (r#"{"parameters": {}}"#, "invalid endpoint rules: missing `rules`"),
            (
                r#"{"parameters": {}, "rules": [{"type": "error", "error": "", "conditions": [{"fn": "brew", "argv": []}]}]}"#,
                "invalid endpoint rules: unknown function `brew`",
            ),
            (
                r#"{"parameters": {}, "rules": [{"type": "leap"}]}"#,
                "invalid endpoint rules: expected a rule of type `endpoint`, `error` or `tree`",
            ),
            (
                r#"{"parameters": {}, "rules": [{"type": "error", "error": "{a", "conditions": []}]}"#,
                "invalid endpoint rules: unpaired brace in `{a`",
            ),
        ] {
            assert_eq!(EndpointPlan::of(&parse(rules)).unwrap_err().to_string(), message);
        }
    }
}
