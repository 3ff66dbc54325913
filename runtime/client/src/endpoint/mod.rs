//! Endpoints: where requests go, and the parts that generated endpoint rules consist of.

pub(crate) mod bindings;
mod error;
mod parameters;
mod region;
mod resolve;
mod resolved;
mod target;
mod url;

pub use error::EndpointError;
pub use parameters::{AccountIdEndpointMode, EndpointParameters, ParameterValue, UnknownAccountIdEndpointMode};
pub(crate) use region::fips_pseudo_region;
pub use resolve::{ResolveEndpoint, require_endpoint_url};
pub use resolved::{AuthScheme, Endpoint};
pub(crate) use target::Target;
pub use url::without_user_info;
pub use whitesmith_endpoint::{
    ParsedArn, ParsedUrl, Partition, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url,
    partition, regions, split, substring, uri_encode,
};
