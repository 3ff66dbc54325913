//! The next version of the generated crates.

use super::Level;

/// An invalid version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid version `{version}`: {reason}")]
pub struct VersionError {
    /// The text.
    pub version: String,
    /// The reason.
    pub reason: String,
}

/// Returns the version after a change. Below 1.0 the second number stands for the first, and the third for the second,
/// as in Cargo's version requirements. Pre-release and build metadata are dropped.
///
/// # Errors
/// The text is not a version of three numbers.
pub fn next_version(version: &str, level: Level) -> Result<String, VersionError> {
    let parsed = semver::Version::parse(version)
        .map_err(|error| VersionError { version: version.to_owned(), reason: error.to_string() })?;
    let (major, minor, patch) = (parsed.major, parsed.minor, parsed.patch);
    let next = match (level, major) {
        (Level::None, _) => return Ok(version.to_owned()),
        (Level::Major, 1..) => (major.saturating_add(1), 0, 0),
        (Level::Minor, 1..) | (Level::Major, 0) => (major, minor.saturating_add(1), 0),
        (Level::Patch, _) | (Level::Minor, 0) => (major, minor, patch.saturating_add(1)),
    };
    Ok(format!("{}.{}.{}", next.0, next.1, next.2))
}

/// Explains a step of a version below 1.0, where numbers do not read as the level does: `minor`, and 0.1.1 follows 0.1.0.
#[must_use]
pub fn explain_step(version: &str, level: Level) -> Option<&'static str> {
    let is_initial = semver::Version::parse(version).is_ok_and(|version| version.major == 0);
    match level {
        Level::Major if is_initial => Some("major: below 1.0, Cargo reads the second number as breaking changes"),
        Level::Minor if is_initial => Some("minor: below 1.0, Cargo reads the last number as compatible changes"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_raises_its_number() {
        for (version, level, expected) in [
            ("1.2.3", Level::None, "1.2.3"),
            ("1.2.3", Level::Patch, "1.2.4"),
            ("1.2.3", Level::Minor, "1.3.0"),
            ("1.2.3", Level::Major, "2.0.0"),
            ("0.2.3", Level::Patch, "0.2.4"),
            ("0.2.3", Level::Minor, "0.2.4"),
            ("0.2.3", Level::Major, "0.3.0"),
            ("1.0.0-rc.1+build", Level::Patch, "1.0.1"),
        ] {
            assert_eq!(next_version(version, level).as_deref(), Ok(expected), "{version} {level}");
        }
        assert!(next_version("1.2", Level::Patch).is_err());
    }

    #[test]
    fn only_steps_that_numbers_do_not_tell_are_explained() {
        for (version, level, expected) in [
            ("0.1.0", Level::Patch, None),
            ("0.1.0", Level::Minor, Some("minor: below 1.0, Cargo reads the last number as compatible changes")),
            ("0.1.0", Level::Major, Some("major: below 1.0, Cargo reads the second number as breaking changes")),
            ("1.1.0", Level::Minor, None),
            ("1.1.0", Level::Major, None),
        ] {
            assert_eq!(explain_step(version, level), expected, "{version} {level}");
        }
    }
}
