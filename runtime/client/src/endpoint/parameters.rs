//! What endpoint rules decide on.

use std::fmt;

use super::without_user_info;

/// The parameters of an endpoint rule set: the built-in ones of every client, and those of one service by their names.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointParameters {
    /// `AWS::Region`.
    pub region: Option<String>,
    /// `AWS::UseFIPS`.
    pub use_fips: bool,
    /// `AWS::UseDualStack`.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`.
    pub endpoint: Option<String>,
    others: Vec<(String, ParameterValue)>,
}

impl fmt::Debug for EndpointParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { region, use_fips, use_dual_stack, endpoint, others } = self;
        f.debug_struct("EndpointParameters")
            .field("region", region)
            .field("use_fips", use_fips)
            .field("use_dual_stack", use_dual_stack)
            .field("endpoint", &endpoint.as_deref().map(without_user_info))
            .field("others", others)
            .finish()
    }
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// Of a parameter of the type `string`.
    String(String),
    /// Of a parameter of the type `boolean`.
    Boolean(bool),
    /// Of a parameter of the type `stringArray`.
    StringArray(Vec<String>),
}

impl From<&str> for ParameterValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for ParameterValue {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for ParameterValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Vec<String>> for ParameterValue {
    fn from(items: Vec<String>) -> Self {
        Self::StringArray(items)
    }
}

impl EndpointParameters {
    /// Sets a parameter of the service's own.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<ParameterValue>) {
        let (name, value) = (name.into(), value.into());
        match self.others.iter_mut().find(|(present, _)| *present == name) {
            Some((_, present)) => *present = value,
            None => self.others.push((name, value)),
        }
    }

    fn get(&self, name: &str) -> Option<&ParameterValue> {
        self.others.iter().find(|(present, _)| present == name).map(|(_, value)| value)
    }

    /// A string of the service's own, where it is set.
    pub fn string(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(ParameterValue::String(text)) => Some(text),
            _ => None,
        }
    }

    /// A boolean of the service's own, where it is set.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(ParameterValue::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// A list of strings of the service's own, where it is set.
    pub fn string_array(&self, name: &str) -> Option<&[String]> {
        match self.get(name) {
            Some(ParameterValue::StringArray(items)) => Some(items),
            _ => None,
        }
    }
}
