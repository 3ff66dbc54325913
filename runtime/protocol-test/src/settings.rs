//! Settings of a case's client: `aws.protocoltests.config#AwsConfig` as JSON.

use whitesmith_client::{Config, ConfigBuilder};
use whitesmith_schema::Value;

use crate::Failure;
use crate::params::read;

/// Returns the configuration of a client with these settings. Those of the operation win over those of the client.
pub(crate) fn config(json: &str) -> Result<ConfigBuilder, Failure> {
    let settings = read(json)?;
    let scope = |name| settings.as_map()?.get("scopedConfig")?.as_map()?.get(name);
    let setting = |path: &[&str]| {
        let scopes = [scope("operation"), scope("client")].into_iter().flatten();
        scopes.filter_map(|scope| at(scope, path)).next()
    };
    let mut config = Config::builder();
    if let Some(region) = setting(&["region"]).and_then(Value::as_str) {
        config = config.region(region);
    }
    if let Some(style) = setting(&["s3", "addressing_style"]).and_then(Value::as_str) {
        config = config.endpoint_parameter("ForcePathStyle", style == "path");
    }
    if setting(&["s3", "use_accelerate_endpoint"]) == Some(&Value::Boolean(true)) {
        config = config.endpoint_parameter("Accelerate", true);
    }
    Ok(config.use_dual_stack(setting(&["s3", "use_dualstack_endpoint"]) == Some(&Value::Boolean(true))))
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.as_map()?.get(key))
}
