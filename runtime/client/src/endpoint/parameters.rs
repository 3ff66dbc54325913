//! Parameters of endpoint rules.

use std::fmt;
use std::str::FromStr;

use super::url::without_user_info;

/// Name of the parameter `AWS::Auth::AccountId` in the models' rule sets.
const ACCOUNT_ID: &str = "AccountId";
/// Name of the parameter `AWS::Auth::AccountIdEndpointMode` in the models' rule sets.
const ACCOUNT_ID_ENDPOINT_MODE: &str = "AccountIdEndpointMode";

/// When account-based endpoints are used (AWS SDKs and Tools Reference Guide, "Account-based endpoints").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccountIdEndpointMode {
    /// If the account is known.
    #[default]
    Preferred,
    /// Never.
    Disabled,
    /// Always: a call without an account fails.
    Required,
}

impl AccountIdEndpointMode {
    /// Returns the mode's name in settings and rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Disabled => "disabled",
            Self::Required => "required",
        }
    }
}

/// Error of a name that is not an [`AccountIdEndpointMode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid account ID endpoint mode `{0}`: expected `preferred`, `disabled` or `required`")]
pub struct UnknownAccountIdEndpointMode(pub String);

impl FromStr for AccountIdEndpointMode {
    type Err = UnknownAccountIdEndpointMode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let modes = [Self::Preferred, Self::Disabled, Self::Required];
        let found = modes.into_iter().find(|mode| mode.as_str().eq_ignore_ascii_case(text));
        found.ok_or_else(|| UnknownAccountIdEndpointMode(text.to_owned()))
    }
}

/// Parameters of an endpoint rule set: those that every client has, and a service's own ones by name.
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

/// Value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A `string`.
    String(String),
    /// A `boolean`.
    Boolean(bool),
    /// A `stringArray`.
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
    /// Returns the account that the endpoint is for, if it is set.
    pub fn account_id(&self) -> Option<&str> {
        self.string(ACCOUNT_ID)
    }

    /// Sets the account that the endpoint is for (`AWS::Auth::AccountId`).
    pub fn set_account_id(&mut self, id: impl Into<String>) {
        self.set(ACCOUNT_ID, id.into());
    }

    /// Sets when account-based endpoints are used (`AWS::Auth::AccountIdEndpointMode`).
    pub fn set_account_id_endpoint_mode(&mut self, mode: AccountIdEndpointMode) {
        self.set(ACCOUNT_ID_ENDPOINT_MODE, mode.as_str());
    }

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

    /// Returns a string parameter of the service's own, if it is set.
    pub fn string(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(ParameterValue::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns a boolean parameter of the service's own, if it is set.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(ParameterValue::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// Returns a list of strings parameter of the service's own, if it is set.
    pub fn string_array(&self, name: &str) -> Option<&[String]> {
        match self.get(name) {
            Some(ParameterValue::StringArray(items)) => Some(items),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_password() {
        let parameters =
            EndpointParameters { endpoint: Some("http://me:word@h".into()), ..EndpointParameters::default() };
        assert!(!format!("{parameters:?}").contains("word"));
    }

    #[test]
    fn account_id_endpoint_modes_are_checked() {
        assert_eq!("Required".parse(), Ok(AccountIdEndpointMode::Required));
        let error = "always".parse::<AccountIdEndpointMode>().unwrap_err();
        assert!(error.to_string().starts_with("invalid account ID endpoint mode `always`"), "{error}");
    }
}
