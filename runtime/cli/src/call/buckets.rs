//! Buckets in endpoints: settings of the profile that endpoint rules ask for, and names that the AWS CLI refuses
//! (2.36.7, observed).

use whitesmith_client::endpoint::EndpointParameters;
use whitesmith_schema::{EndpointBinding, InputStep, Operation, Value, ValueMap};

use crate::configuration::Settings;
use crate::failure::Failure;

/// The section of a profile with the settings.
const SECTION: &str = "s3";
/// The parameter of endpoint rules with the bucket.
const BUCKET: &str = "Bucket";
/// Services in the ARNs of access points.
const ARN_SERVICES: [&str; 3] = ["s3", "s3-object-lambda", "s3-outposts"];

/// Settings for operations whose bucket is a part of the host or path.
#[derive(Clone, Debug, Default)]
pub struct BucketSettings {
    force_path_style: Option<bool>,
    accelerate: Option<bool>,
    use_arn_region: Option<bool>,
    dual_stack: bool,
}

impl BucketSettings {
    /// Reads the settings.
    pub fn read(settings: &Settings, has_url: bool) -> Result<Self, Failure> {
        let is_true = |value: String| value.eq_ignore_ascii_case("true");
        let style = settings.of_nested(SECTION, "addressing_style")?;
        Ok(Self {
            force_path_style: match style.as_deref() {
                Some("path") => Some(true),
                Some("virtual") => None,
                _ => has_url.then_some(true),
            },
            accelerate: settings.of_nested(SECTION, "use_accelerate_endpoint")?.map(is_true),
            use_arn_region: settings
                .of_environment_or_profile("AWS_S3_USE_ARN_REGION", "s3_use_arn_region")?
                .map(is_true),
            dual_stack: settings.of_nested(SECTION, "use_dualstack_endpoint")?.is_some_and(is_true),
        })
    }

    /// Returns the parameters with the settings.
    pub fn apply(&self, parameters: &EndpointParameters) -> EndpointParameters {
        let mut parameters = parameters.clone();
        parameters.use_dual_stack |= self.dual_stack;
        // The host of an access point is a part of every URL.
        let is_arn = parameters.string(BUCKET).is_some_and(|bucket| bucket.starts_with("arn:"));
        let named = [
            ("ForcePathStyle", self.force_path_style.filter(|_| !is_arn)),
            ("Accelerate", self.accelerate),
            ("UseArnRegion", self.use_arn_region),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                parameters.set(name, value);
            }
        }
        parameters
    }
}

/// Checks the bucket of an input.
///
/// # Errors
/// If the name can be neither that of a bucket nor the ARN of an access point.
pub fn check(operation: &Operation, input: &ValueMap) -> Result<(), Failure> {
    if operation.traits.virtual_host.is_none() {
        return Ok(());
    }
    let binding = operation.endpoint_parameters.iter().find(|(name, _)| *name == BUCKET);
    let Some((_, EndpointBinding::Input([InputStep::Member(member)]))) = binding else { return Ok(()) };
    match input.get(member).and_then(Value::as_str) {
        Some(name) if !is_bucket(name) && !is_access_point(name) => Err(Failure::usage(format!(
            "Parameter validation failed:\nInvalid bucket name \"{name}\": expected letters, digits, dots, hyphens and \
             underscores, or the ARN of an access point"
        ))),
        _ => Ok(()),
    }
}

fn is_bucket(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=255).contains(&name.len()) && name.bytes().all(is_allowed)
}

fn is_access_point(name: &str) -> bool {
    let parts: Vec<&str> = name.splitn(6, ':').collect();
    let ["arn", partition, service, _, account, resource] = parts.as_slice() else { return false };
    let mut resource = resource.split([':', '/']);
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    partition.starts_with("aws")
        && ARN_SERVICES.contains(service)
        && is_account
        && matches!(resource.next(), Some("accesspoint" | "outpost"))
        && resource.next().is_some_and(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_buckets_and_access_points_are_told_from_others() {
        for name in ["my-bucket", "My_Bucket", "a"] {
            assert!(is_bucket(name), "{name}");
        }
        for name in ["sp ace", "", "a/b"] {
            assert!(!is_bucket(name) && !is_access_point(name), "{name}");
        }
        for name in [
            "arn:aws:s3:us-west-2:123456789012:accesspoint/myap",
            "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
            "arn:aws-cn:s3-outposts:r:123456789012:outpost:op-1:accesspoint:a",
        ] {
            assert!(is_access_point(name), "{name}");
        }
        for name in ["arn:aws:s3:us-west-2:123456789012:bucket_name/x", "arn:aws:sqs:us-west-2:123456789012:q"] {
            assert!(!is_access_point(name), "{name}");
        }
    }
}
