//! Endpoint resolution.

use super::error::EndpointError;
use super::parameters::EndpointParameters;
use super::resolved::Endpoint;

/// Resolves endpoints. Implemented by functions, such as the one that is generated from a model's rules, and closures.
pub trait ResolveEndpoint: Send + Sync {
    /// Returns the endpoint for parameters.
    ///
    /// # Errors
    /// When the rules refuse the parameters.
    fn resolve(&self, parameters: &EndpointParameters) -> Result<Endpoint, EndpointError>;
}

impl<F: Fn(&EndpointParameters) -> Result<Endpoint, EndpointError> + Send + Sync> ResolveEndpoint for F {
    fn resolve(&self, parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
        self(parameters)
    }
}

/// Resolves endpoints for a model without endpoint rules: the configured URL.
///
/// # Errors
/// When no URL is configured.
pub fn require_endpoint_url(parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
    parameters
        .endpoint
        .as_deref()
        .map(Endpoint::new)
        .ok_or_else(|| EndpointError("the model has no endpoint rules: set the endpoint URL".into()))
}
