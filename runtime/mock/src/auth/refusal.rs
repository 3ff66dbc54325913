//! Refusals of signatures, as AWS's JSON services word them; all have status 400.

/// Why a signature is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuthRefusal {
    /// There is no signature.
    Missing,
    /// The header is incomplete or malformed.
    Incomplete(String),
    /// The access key or session token is unknown.
    UnknownKey,
    /// The scope, the date or the signature is invalid.
    Invalid(String),
}

/// The message for a wrong signature.
pub(super) const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
                                   Check your AWS Secret Access Key and signing method. Consult the service \
                                   documentation for details.";

impl AuthRefusal {
    /// The error's code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Missing => "MissingAuthenticationTokenException",
            Self::Incomplete(_) => "IncompleteSignatureException",
            Self::UnknownKey => "UnrecognizedClientException",
            Self::Invalid(_) => "InvalidSignatureException",
        }
    }

    /// The error's message.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Missing => "Missing Authentication Token",
            Self::UnknownKey => "The security token included in the request is invalid.",
            Self::Incomplete(message) | Self::Invalid(message) => message,
        }
    }
}
