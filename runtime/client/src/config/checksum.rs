//! When checksums are computed and checked.

use std::str::FromStr;

/// When the client computes or checks a checksum that the service supports but does not require (AWS SDKs and Tools
/// Reference Guide, "Data Integrity Protections for Amazon S3").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChecksumMode {
    /// Wherever the operation supports it.
    #[default]
    WhenSupported,
    /// Where the operation requires it, or the input asks for it.
    WhenRequired,
}

impl ChecksumMode {
    /// Returns the mode's name in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WhenSupported => "when_supported",
            Self::WhenRequired => "when_required",
        }
    }
}

/// Error of a name that is not a [`ChecksumMode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid checksum mode `{0}`: expected `when_supported` or `when_required`")]
pub struct UnknownChecksumMode(pub String);

impl FromStr for ChecksumMode {
    type Err = UnknownChecksumMode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let modes = [Self::WhenSupported, Self::WhenRequired];
        let found = modes.into_iter().find(|mode| mode.as_str().eq_ignore_ascii_case(text));
        found.ok_or_else(|| UnknownChecksumMode(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_read_in_any_case() {
        assert_eq!("WHEN_REQUIRED".parse(), Ok(ChecksumMode::WhenRequired));
        assert_eq!("when_supported".parse(), Ok(ChecksumMode::WhenSupported));
        let error = "always".parse::<ChecksumMode>().unwrap_err();
        assert_eq!(error.to_string(), "invalid checksum mode `always`: expected `when_supported` or `when_required`");
    }
}
