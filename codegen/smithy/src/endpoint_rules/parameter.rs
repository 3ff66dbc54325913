//! Parameters of rules.

use super::types::{Kind, Type};
use super::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind, refuse_other_keys};
use crate::source::Node;

/// The type of a parameter's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `string`
    String,
    /// `boolean`
    Boolean,
    /// `stringArray`
    StringArray,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// Of a `string`.
    String(String),
    /// Of a `boolean`.
    Boolean(bool),
    /// Of a `stringArray`.
    StringArray(Vec<String>),
}

/// A parameter of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name in the rule set.
    pub name: String,
    /// The type of its values.
    pub parameter_type: ParameterType,
    /// The built-in value that every client knows, such as `AWS::Region`.
    pub built_in: Option<String>,
    /// Whether the rules require a value.
    pub required: bool,
    /// The value if none is given.
    pub default: Option<ParameterValue>,
}

/// The built-in values that clients have in a form of their own.
const BUILT_INS: [(&str, ParameterType, &str); 4] = [
    ("AWS::Region", ParameterType::String, "string"),
    ("AWS::UseDualStack", ParameterType::Boolean, "boolean"),
    ("AWS::UseFIPS", ParameterType::Boolean, "boolean"),
    ("SDK::Endpoint", ParameterType::String, "string"),
];

impl Parameter {
    pub(super) fn read(name: &str, node: &Node) -> Result<Self, EndpointRulesError> {
        refuse_other_keys(node, &["builtIn", "default", "deprecated", "documentation", "required", "type"])?;
        let type_name = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let parameter_type = match type_name.to_ascii_lowercase().as_str() {
            "string" => ParameterType::String,
            "boolean" => ParameterType::Boolean,
            "stringarray" => ParameterType::StringArray,
            _ => return Err(ErrorKind::UnknownParameterType(name.to_owned()).at(node)),
        };
        let built_in = node.get("builtIn").and_then(Node::as_str).map(str::to_owned);
        let known = BUILT_INS.iter().find(|(known, ..)| built_in.as_deref() == Some(known));
        if let Some((built_in, _, expected)) = known.filter(|(_, expected, _)| *expected != parameter_type) {
            let (name, built_in) = (name.to_owned(), (*built_in).to_owned());
            return Err(ErrorKind::BuiltInType { name, built_in, expected }.at(node));
        }
        let required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
        let default = node.get("default").map(|default| default_value(name, parameter_type, default)).transpose()?;
        if default.is_some() && !required {
            return Err(ErrorKind::OptionalDefault(name.to_owned()).at(node));
        }
        Ok(Self { name: name.to_owned(), parameter_type, built_in, required, default })
    }

    pub(super) fn value_type(&self) -> Type {
        let kind = match self.parameter_type {
            ParameterType::String => Kind::String,
            ParameterType::Boolean => Kind::Boolean,
            ParameterType::StringArray => Kind::StringArray,
        };
        Type { kind, is_optional: !self.required }
    }
}

fn default_value(name: &str, of: ParameterType, node: &Node) -> Result<ParameterValue, EndpointRulesError> {
    match (of, node.as_str(), node.as_bool(), node.as_array()) {
        (ParameterType::String, Some(text), ..) => Ok(ParameterValue::String(text.to_owned())),
        (ParameterType::Boolean, _, Some(value), _) => Ok(ParameterValue::Boolean(value)),
        (ParameterType::StringArray, .., Some(items)) if items.iter().all(|item| item.as_str().is_some()) => {
            Ok(ParameterValue::StringArray(node.strings().map(str::to_owned).collect()))
        }
        _ => Err(ErrorKind::DefaultType(name.to_owned()).at(node)),
    }
}
