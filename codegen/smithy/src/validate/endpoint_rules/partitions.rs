//! The partitions of AWS, as `aws.partition` tells of them: facts of `partitions.json` in botocore 1.44.8 (Apache License
//! 2.0). Regions are not listed: their names tell the partition.

use super::value::Value;

/// A partition. All of them have FIPS and dual-stack endpoints.
struct Partition {
    name: &'static str,
    dns_suffix: &'static str,
    dual_stack_dns_suffix: &'static str,
    global_region: &'static str,
    /// What stands before `-<place>-<number>` in the names of regions.
    prefixes: &'static [&'static str],
}

/// Every partition but that of regions that no other one claims.
const PARTITIONS: [Partition; 7] = [
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        global_region: "cn-northwest-1",
        prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        global_region: "us-iso-east-1",
        prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        global_region: "us-isob-east-1",
        prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        global_region: "eu-isoe-west-1",
        prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        global_region: "us-isof-south-1",
        prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
    },
];

/// The partition of all other regions.
const COMMERCIAL: Partition = Partition {
    name: "aws",
    dns_suffix: "amazonaws.com",
    dual_stack_dns_suffix: "api.aws",
    global_region: "us-east-1",
    prefixes: &[],
};

impl Partition {
    fn claims(&self, region: &str) -> bool {
        let is_global = || region.strip_suffix("-global") == Some(self.name);
        let has_form = |prefix: &&str| {
            let place = region.strip_prefix(*prefix).and_then(|rest| rest.strip_prefix('-'));
            place.and_then(|rest| rest.split_once('-')).is_some_and(|(place, number)| {
                !place.is_empty()
                    && place.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    && !number.is_empty()
                    && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        is_global() || self.prefixes.iter().any(has_form)
    }
}

fn find(region: &str) -> &'static Partition {
    PARTITIONS.iter().find(|partition| partition.claims(region)).unwrap_or(&COMMERCIAL)
}

/// Whether a region is isolated from the others: the dual-stack domains of such partitions are younger than many models.
pub(super) fn is_isolated(region: &str) -> bool {
    let name = find(region).name;
    name == "aws-eusc" || name.starts_with("aws-iso")
}

/// What `aws.partition` returns for a region.
pub(super) fn of_region(region: &str) -> Value {
    let partition = find(region);
    Value::record([
        ("name", Value::text(partition.name)),
        ("dnsSuffix", Value::text(partition.dns_suffix)),
        ("dualStackDnsSuffix", Value::text(partition.dual_stack_dns_suffix)),
        ("supportsFIPS", Value::Boolean(true)),
        ("supportsDualStack", Value::Boolean(true)),
        ("implicitGlobalRegion", Value::text(partition.global_region)),
    ])
}
