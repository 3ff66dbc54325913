//! Parameters of rules.

use super::error::{EndpointRulesError, EndpointRulesErrorKind as ErrorKind, refuse_other_keys};
use super::types::{Kind, Type};
use crate::source::{Node, Span};

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

impl ParameterType {
    /// Returns the type that models call by a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "stringArray" => Some(Self::StringArray),
            _ if name.eq_ignore_ascii_case("string") => Some(Self::String),
            _ if name.eq_ignore_ascii_case("boolean") => Some(Self::Boolean),
            _ => None,
        }
    }

    /// Returns the name in models.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::StringArray => "stringArray",
        }
    }
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

impl ParameterValue {
    /// Reads a value; `None` if no parameter has values like it.
    #[must_use]
    pub fn read(node: &Node) -> Option<Self> {
        match node.as_array() {
            Some(items) => {
                let items = items.iter().map(|item| item.as_str().map(str::to_owned));
                items.collect::<Option<_>>().map(Self::StringArray)
            }
            None => match node.as_str() {
                Some(text) => Some(Self::String(text.to_owned())),
                None => node.as_bool().map(Self::Boolean),
            },
        }
    }

    /// Returns the type of the parameters that have such values.
    #[must_use]
    pub fn parameter_type(&self) -> ParameterType {
        match self {
            Self::String(_) => ParameterType::String,
            Self::Boolean(_) => ParameterType::Boolean,
            Self::StringArray(_) => ParameterType::StringArray,
        }
    }
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
    /// Whether there is documentation.
    pub is_documented: bool,
    /// Where the parameter stands.
    pub span: Span,
}

/// The values that clients know by themselves, and their types.
pub(crate) const BUILT_INS: [(&str, ParameterType); 14] = [
    ("SDK::Endpoint", ParameterType::String),
    ("AWS::UseDualStack", ParameterType::Boolean),
    ("AWS::UseFIPS", ParameterType::Boolean),
    ("AWS::Region", ParameterType::String),
    ("AWS::Auth::AccountId", ParameterType::String),
    ("AWS::Auth::AccountIdEndpointMode", ParameterType::String),
    ("AWS::Auth::CredentialScope", ParameterType::String),
    ("AWS::S3::Accelerate", ParameterType::Boolean),
    ("AWS::S3::DisableMultiRegionAccessPoints", ParameterType::Boolean),
    ("AWS::S3::ForcePathStyle", ParameterType::Boolean),
    ("AWS::S3::UseArnRegion", ParameterType::Boolean),
    ("AWS::S3::UseGlobalEndpoint", ParameterType::Boolean),
    ("AWS::S3Control::UseArnRegion", ParameterType::Boolean),
    ("AWS::STS::UseGlobalEndpoint", ParameterType::Boolean),
];

/// Reads the parameters of rules.
///
/// # Errors
/// There are none, or one of them is malformed.
pub fn read_parameters(rules: &Node) -> Result<Vec<Parameter>, EndpointRulesError> {
    let parameters = rules.get("parameters").and_then(Node::as_object);
    let parameters = parameters.ok_or_else(|| ErrorKind::Missing("parameters").at(rules))?;
    parameters.iter().map(|entry| Parameter::read(&entry.key, &entry.value)).collect()
}

impl Parameter {
    fn read(name: &str, node: &Node) -> Result<Self, EndpointRulesError> {
        refuse_other_keys(node, &["builtIn", "default", "deprecated", "documentation", "required", "type"])?;
        let type_name = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let parameter_type =
            ParameterType::named(type_name).ok_or_else(|| ErrorKind::UnknownParameterType(name.to_owned()).at(node))?;
        let built_in = node.get("builtIn").and_then(Node::as_str).map(str::to_owned);
        let known = BUILT_INS.iter().find(|(known, _)| built_in.as_deref() == Some(known));
        if let Some((built_in, expected)) = known.filter(|(_, expected)| *expected != parameter_type) {
            let (name, built_in, expected) = (name.to_owned(), (*built_in).to_owned(), expected.name());
            return Err(ErrorKind::BuiltInType { name, built_in, expected }.at(node));
        }
        let required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
        let default = match node.get("default") {
            None => None,
            Some(value) => {
                let default = ParameterValue::read(value).filter(|value| value.parameter_type() == parameter_type);
                Some(default.ok_or_else(|| ErrorKind::DefaultType(name.to_owned()).at(value))?)
            }
        };
        let is_documented = node.get("documentation").and_then(Node::as_str).is_some();
        if default.is_some() && !required {
            return Err(ErrorKind::OptionalDefault(name.to_owned()).at(node));
        }
        Ok(Self { name: name.to_owned(), parameter_type, built_in, required, default, is_documented, span: node.span })
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
