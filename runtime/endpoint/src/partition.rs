//! Partitions of AWS (`aws.partition` of endpoint rules).

/// A partition of AWS: regions that share accounts and host names.
#[derive(Debug)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, such as `aws-cn`.
    pub name: &'static str,
    /// Suffix of its host names.
    pub dns_suffix: &'static str,
    /// Suffix of its host names with IPv6 addresses.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints with cryptography validated by FIPS 140.
    pub supports_fips: bool,
    /// Whether it has endpoints with IPv6 addresses.
    pub supports_dual_stack: bool,
    /// The region of services without regions.
    pub implicit_global_region: &'static str,
    pub(super) regions: &'static [&'static str],
    /// Prefixes before `-<place>-<number>` in names of regions that are not listed.
    pub(super) region_prefixes: &'static [&'static str],
}

impl Partition {
    /// Whether a region's name has the form of this partition's: `us-east-1`.
    pub(super) fn claims(&self, region: &str) -> bool {
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        self.region_prefixes.iter().any(|prefix| {
            let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
            rest.and_then(|rest| rest.split_once('-'))
                .is_some_and(|(place, number)| is_word(place) && is_number(number))
        })
    }
}
