//! The partitions of AWS.
//!
//! Facts from `botocore/data/partitions.json` of botocore 1.44.8 (PyPI, November 2026; Apache License 2.0): each
//! partition's outputs, its regions, and the prefixes that its pattern allows before `-<place>-<number>` in further
//! ones. To refresh the table, take the file from a newer wheel (`pip download botocore --no-deps`) and adopt what
//! differs; `aws` stays first.

use super::partition::Partition;

/// Returns the partition of a region: the one that lists it, or else the one that its name has the form of, or else the
/// commercial regions' (Smithy 2.0, "AWS rules engine library functions").
pub fn partition(region: &str) -> &'static Partition {
    let listed = PARTITIONS.iter().find(|partition| partition.regions.contains(&region));
    let claiming = || PARTITIONS.iter().find(|partition| partition.claims(region));
    listed.or_else(claiming).unwrap_or(&PARTITIONS[0])
}

/// Returns the regions of all partitions, without the pseudo-regions of services that have one endpoint.
pub fn regions() -> impl Iterator<Item = &'static str> {
    let all = PARTITIONS.iter().flat_map(|partition| partition.regions).copied();
    all.filter(|region| !region.ends_with("-global"))
}

/// Every partition; the first is that of regions that no other one claims.
static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "aws-global",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "me-west-1",
            "mx-central-1",
            "sa-east-1",
            "sa-west-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        region_prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        regions: &["aws-cn-global", "cn-north-1", "cn-northwest-1"],
        region_prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        regions: &["eusc-de-east-1"],
        region_prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        regions: &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"],
        region_prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        regions: &["aws-iso-b-global", "us-isob-east-1", "us-isob-west-1"],
        region_prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        regions: &["aws-iso-e-global", "eu-isoe-west-1"],
        region_prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        regions: &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"],
        region_prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        regions: &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"],
        region_prefixes: &["us-gov"],
    },
];

#[cfg(test)]
mod tests {
    use super::partition;

    #[test]
    fn a_region_belongs_to_the_partition_that_lists_or_claims_it() {
        for (region, name) in [
            ("us-east-1", "aws"),
            ("aws-cn-global", "aws-cn"),
            ("cn-south-9", "aws-cn"),
            ("us-gov-north-1", "aws-us-gov"),
            ("us-iso-north-1", "aws-iso"),
            ("us-isob-north-1", "aws-iso-b"),
            ("eusc-de-west-1", "aws-eusc"),
            ("eu-north-12", "aws"),
            ("mars-1", "aws"),
            ("", "aws"),
        ] {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }

    #[test]
    fn isolated_partitions_have_dual_stack_hosts() {
        for (region, suffix) in [
            ("us-iso-east-1", "api.aws.ic.gov"),
            ("us-isob-west-1", "api.aws.scloud"),
            ("eusc-de-east-1", "api.amazonwebservices.eu"),
        ] {
            let partition = partition(region);
            let found = (partition.supports_dual_stack, partition.dual_stack_dns_suffix);
            assert_eq!(found, (true, suffix), "{region}");
        }
    }
}
