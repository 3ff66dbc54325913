//! The test cases of endpoint rules: `smithy.rules#endpointTests`.

use super::{EndpointPlan, Parameter, ParameterValue};
use whitesmith_docs::{Json, ModelText};
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::{Node, NodeValue};

/// A case of endpoint rules.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointCasePlan {
    /// What the model says about the case.
    pub documentation: ModelText,
    /// The parameters that are given.
    pub parameters: Vec<(Parameter, ParameterValue)>,
    /// The endpoint, or the error's message.
    pub expected: Result<ExpectedEndpoint, String>,
}

/// The endpoint that a case expects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpectedEndpoint {
    /// The URL.
    pub url: String,
    /// Headers with their values.
    pub headers: Vec<(String, Vec<String>)>,
    /// Authentication schemes, the preferred first.
    pub auth_schemes: Vec<ExpectedAuthScheme>,
    /// Properties other than the authentication schemes.
    pub properties: Vec<(String, Json)>,
}

/// An authentication scheme that a case expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedAuthScheme {
    /// `name`
    pub name: String,
    /// `signingName`
    pub signing_name: Option<String>,
    /// `signingRegion`
    pub signing_region: Option<String>,
    /// `signingRegionSet`
    pub signing_region_set: Option<Vec<String>>,
    /// `disableDoubleEncoding`
    pub disable_double_encoding: bool,
}

impl EndpointPlan {
    /// Reads the test cases that a service has for these rules.
    #[must_use]
    pub fn cases(&self, model: &Model, service: &ShapeId) -> Vec<EndpointCasePlan> {
        let tests = model.shape(service).and_then(|shape| shape.traits.get("smithy.rules#endpointTests"));
        let cases = tests.and_then(|tests| tests.get("testCases")).and_then(Node::as_array).unwrap_or_default();
        cases.iter().map(|case| self.case(case)).collect()
    }

    fn case(&self, case: &Node) -> EndpointCasePlan {
        let given = case.get("params").and_then(Node::as_object).into_iter().flatten();
        let parameters = given.filter_map(|entry| {
            let parameter = self.parameters.iter().find(|parameter| *parameter.name == *entry.key)?;
            Some((parameter.clone(), parameter_value(&entry.value)))
        });
        let expect = case.get("expect");
        let error = expect.and_then(|expect| expect.get("error")).and_then(Node::as_str);
        EndpointCasePlan {
            documentation: case.get("documentation").and_then(Node::as_str).unwrap_or_default().into(),
            parameters: parameters.collect(),
            expected: match error {
                Some(error) => Err(error.to_owned()),
                None => Ok(expect.and_then(|expect| expect.get("endpoint")).map(endpoint).unwrap_or_default()),
            },
        }
    }
}

fn parameter_value(node: &Node) -> ParameterValue {
    match &node.value {
        NodeValue::Bool(value) => ParameterValue::Boolean(*value),
        NodeValue::Array(_) => ParameterValue::StringArray(texts(node)),
        _ => ParameterValue::String(node.as_str().unwrap_or_default().to_owned()),
    }
}

fn texts(node: &Node) -> Vec<String> {
    node.strings().map(str::to_owned).collect()
}

fn endpoint(node: &Node) -> ExpectedEndpoint {
    let entries = |key: &str| node.get(key).and_then(Node::as_object).into_iter().flatten();
    let schemes = node.get("properties").and_then(|properties| properties.get("authSchemes")).and_then(Node::as_array);
    ExpectedEndpoint {
        url: node.get("url").and_then(Node::as_str).unwrap_or_default().to_owned(),
        headers: entries("headers").map(|entry| (entry.key.to_string(), texts(&entry.value))).collect(),
        auth_schemes: schemes.unwrap_or_default().iter().map(auth_scheme).collect(),
        properties: entries("properties")
            .filter(|entry| &*entry.key != "authSchemes")
            .map(|entry| (entry.key.to_string(), Json::from(&entry.value)))
            .collect(),
    }
}

fn auth_scheme(scheme: &Node) -> ExpectedAuthScheme {
    let text = |key: &str| scheme.get(key).and_then(Node::as_str).map(str::to_owned);
    ExpectedAuthScheme {
        name: text("name").unwrap_or_default(),
        signing_name: text("signingName"),
        signing_region: text("signingRegion"),
        signing_region_set: scheme.get("signingRegionSet").map(texts),
        disable_double_encoding: scheme.get("disableDoubleEncoding").and_then(Node::as_bool) == Some(true),
    }
}
