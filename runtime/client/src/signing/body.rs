//! Bodies in signatures.

#[cfg(feature = "checksums")]
use http::HeaderName;

/// What the signature of a request covers of its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum BodySignature {
    /// A body in memory, unless the operation leaves it out; nothing of a stream.
    #[default]
    Whole,
    /// A stream, by its SHA-256 in hexadecimal digits.
    #[cfg(feature = "checksums")]
    Hash(String),
    /// A stream, each of whose chunks is signed.
    #[cfg(feature = "checksums")]
    Chunks,
    /// A stream, each of whose events is signed.
    Events,
}

/// The header that names the checksum behind a body.
#[cfg(feature = "checksums")]
pub(crate) const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");
