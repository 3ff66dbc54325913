//! Endpoint rules of a client: the rules, and the Rust variables that their names become.

pub(in crate::plan) mod bindings;
mod cases;

use foldhash::HashSet;

use whitesmith_smithy::endpoint_rules::{EndpointRulesErrorKind, RULE_SET_TRAIT};
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::Node;

pub use bindings::{BindingPlan, InputStep};
pub use cases::{EndpointCasePlan, ExpectedAuthScheme, ExpectedEndpoint};
pub use whitesmith_smithy::endpoint_rules::{
    Condition, EndpointResult, EndpointRulesError, Expression, Function, Outcome, Parameter, ParameterType,
    ParameterValue, PathStep, Piece, Rule, RuleSet, Template,
};

use super::names;
use super::names::Scope;

/// A service's endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointPlan {
    /// The parameters, in the order of the rule set.
    pub parameters: Vec<Parameter>,
    /// The rules, of which the first match counts.
    pub rules: Vec<Rule>,
    /// The Rust variable of each parameter and of each name that a condition binds.
    variables: Vec<(String, String)>,
}

/// The property of endpoints that clients read.
const AUTH_SCHEMES: &str = "authSchemes";

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
    /// The rule set is malformed, names what does not exist, or uses a value where one of another type belongs.
    pub fn of(rule_set: &Node) -> Result<Self, EndpointRulesError> {
        let RuleSet { parameters, rules } = RuleSet::read(rule_set)?;
        rules.iter().try_for_each(check_auth_schemes)?;
        let mut names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        rules.iter().for_each(|rule| rule.assigned_names(&mut names));
        let mut scope = Scope::default();
        let mut variables: Vec<(String, String)> = Vec::new();
        let mut known = HashSet::default();
        for name in names.into_iter().filter(|name| known.insert(*name)) {
            let snake = names::snake(name);
            let free = if TAKEN_VARIABLES.contains(&snake.as_str()) { format!("{snake}_result") } else { snake };
            variables.push((name.to_owned(), names::field(scope.take(free))));
        }
        Ok(Self { parameters, rules, variables })
    }

    /// Whether a name of the rule set has that Rust variable.
    #[must_use]
    pub fn is_variable(&self, variable: &str) -> bool {
        self.variables.iter().any(|(_, known)| known == variable)
    }

    /// The Rust variable for a name of the rule set.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, variable)| variable.as_str())
    }
}

/// Checks that the authentication schemes of endpoints have the types that clients read.
fn check_auth_schemes(rule: &Rule) -> Result<(), EndpointRulesError> {
    let EndpointResult { properties, span, .. } = match &rule.outcome {
        Outcome::Tree(rules) => return rules.iter().try_for_each(check_auth_schemes),
        Outcome::Error(_) => return Ok(()),
        Outcome::Endpoint(endpoint) => endpoint,
    };
    let refuse = |expected| EndpointRulesError { kind: EndpointRulesErrorKind::AuthScheme(expected), span: *span };
    let is_text = |value: &Expression| matches!(value, Expression::Text(_));
    for (_, schemes) in properties.iter().filter(|(name, _)| name == AUTH_SCHEMES) {
        let Expression::Array(schemes) = schemes else { return Err(refuse("an array of them")) };
        for scheme in schemes {
            let Expression::Record(entries) = scheme else { return Err(refuse("an object")) };
            for (key, value) in entries {
                let expected = match (key.as_str(), value) {
                    ("name" | "signingName" | "signingRegion", value) if !is_text(value) => "a string",
                    ("signingRegionSet", Expression::Array(regions)) if regions.iter().all(is_text) => continue,
                    ("signingRegionSet", _) => "an array of strings",
                    ("disableDoubleEncoding", Expression::Boolean(_)) => continue,
                    ("disableDoubleEncoding", _) => "a boolean",
                    _ => continue,
                };
                return Err(refuse(expected));
            }
            if !entries.iter().any(|(key, _)| key == "name") {
                return Err(refuse("a `name`"));
            }
        }
    }
    Ok(())
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
                "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region", "required": true}, "Type": {"type": "boolean"}},
                "rules": [{"type": "error", "error": "{Partition#name}", "conditions": [
                    {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Partition"}]}]}"#,
        );
        let plan = EndpointPlan::of(&rules).unwrap();
        assert_eq!(plan.variable("Region"), Some("region"));
        assert_eq!(plan.variable("Type"), Some("r#type"));
        assert_eq!(plan.variable("Partition"), Some("partition_result"));
        assert_eq!(plan.variable("Else"), None);
    }

    #[test]
    fn authentication_schemes_have_types() {
        for (schemes, expected) in [
            (r#""sigv4""#, "an array of them"),
            (r#"["sigv4"]"#, "an object"),
            (r#"[{}]"#, "a `name`"),
            (r#"[{"name": true}]"#, "a string"),
            (r#"[{"name": "sigv4", "signingName": 1}]"#, "a string"),
            (r#"[{"name": "sigv4", "signingRegion": []}]"#, "a string"),
            (r#"[{"name": "sigv4a", "signingRegionSet": "*"}]"#, "an array of strings"),
            (r#"[{"name": "sigv4a", "signingRegionSet": [1]}]"#, "an array of strings"),
            (r#"[{"name": "sigv4", "disableDoubleEncoding": "true"}]"#, "a boolean"),
        ] {
            let rules = parse(&format!(
                r#"{{"parameters": {{}}, "rules": [{{"type": "endpoint", "endpoint": {{
                    "url": "https://x", "properties": {{"authSchemes": {schemes}}}}}}}]}}"#
            ));
            let message = format!("invalid endpoint rules: invalid authentication scheme: expected {expected}");
            assert_eq!(EndpointPlan::of(&rules).unwrap_err().to_string(), message, "{schemes}");
        }
    }
}
