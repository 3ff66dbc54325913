//! Region names.

/// Returns the region that a FIPS pseudo-region of earlier SDKs stands for: `fips-us-east-1` and `us-east-1-fips` are
/// `us-east-1` with FIPS endpoints (AWS CLI 2.36.7, observed; botocore removes the same two affixes).
pub(crate) fn fips_pseudo_region(region: &str) -> Option<String> {
    (region.starts_with("fips-") || region.ends_with("-fips") || region.contains("-fips-"))
        .then(|| region.replace("fips-", "").replace("-fips", ""))
        .filter(|region| !region.is_empty())
}

#[cfg(test)]
mod tests {
    use super::fips_pseudo_region;

    #[test]
    fn pseudo_regions_are_recognized() {
        for pseudo in ["fips-us-east-1", "us-east-1-fips"] {
            assert_eq!(fips_pseudo_region(pseudo).as_deref(), Some("us-east-1"), "{pseudo}");
        }
        for region in ["us-east-1", "", "fips", "fips-", "xfips-1"] {
            assert_eq!(fips_pseudo_region(region), None, "{region}");
        }
    }
}
