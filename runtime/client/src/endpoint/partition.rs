//! `aws.partition`: what holds for all regions of a partition.

use super::partitions::PARTITIONS;

/// A partition of AWS: regions that share accounts and names of hosts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, such as `aws-cn`.
    pub name: &'static str,
    /// How names of its hosts end.
    pub dns_suffix: &'static str,
    /// How names of its hosts with IPv6 addresses end.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints with cryptography validated by FIPS 140.
    pub supports_fips: bool,
    /// Whether it has endpoints with IPv6 addresses.
    pub supports_dual_stack: bool,
    /// The region of services without regions.
    pub implicit_global_region: &'static str,
    pub(super) regions: &'static [&'static str],
    /// What stands before `-<place>-<number>` in names of regions that are not listed.
    pub(super) region_beginnings: &'static [&'static str],
}

impl Partition {
    /// Whether the region looks like one of the partition's: `us-east-1`.
    fn claims(&self, region: &str) -> bool {
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        self.region_beginnings.iter().any(|beginning| {
            let rest = region.strip_prefix(beginning).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-'))
                .is_some_and(|(place, number)| is_word(place) && is_number(number))
        })
    }
}

/// The partition of a region; that of the commercial regions where no other one claims it.
pub fn partition(region: &str) -> &'static Partition {
    let listed = PARTITIONS.iter().find(|partition| partition.regions.contains(&region));
    let claiming = || PARTITIONS.iter().find(|partition| partition.claims(region));
    listed.or_else(claiming).unwrap_or(&PARTITIONS[0])
}

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
}
