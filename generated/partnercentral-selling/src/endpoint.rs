// Generated from partnercentral-selling.json (SHA-256 c3d25834fb2af76529be1c0eace65ca98c7c8cc26b83e521cb3c005c0cdae148).
// Not to be edited: run `cargo xtask codegen` to make it again.

//! Where requests go, by the rules of the model.

use whitesmith_client::endpoint::{
    Endpoint, EndpointError, EndpointParameters, partition,
};

/// Finds the endpoint for parameters.
///
/// # Errors
/// When the model has no endpoint for them.
pub fn resolve(parameters: &EndpointParameters) -> Result<Endpoint, EndpointError> {
    let region = parameters.region.as_deref();
    let use_fips = parameters.use_fips;
    let endpoint = parameters.endpoint.as_deref();
    if endpoint.is_some() && use_fips {
        return Err(
            EndpointError::new(
                "Invalid Configuration: FIPS and custom endpoint are not supported",
            ),
        );
    }
    if let Some(endpoint) = endpoint {
        return Ok(Endpoint::new(endpoint));
    }
    if region.is_none() {
        return Err(EndpointError::new("Invalid Configuration: Missing Region"));
    }
    if let Some(region) = region {
        let partition_result = partition(region);
        if use_fips {
            return Ok(
                Endpoint::new(
                    format!(
                        "https://partnercentral-selling-fips.{region}.{}",
                        partition_result.dual_stack_dns_suffix
                    ),
                ),
            );
        }
        return Ok(
            Endpoint::new(
                format!(
                    "https://partnercentral-selling.{region}.{}", partition_result
                    .dual_stack_dns_suffix
                ),
            ),
        );
    }
    Err(EndpointError::no_rule())
}
