//! Errors of requests and responses.

use http::StatusCode;

/// A value that cannot be written as a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The codec cannot write the value.
    #[error(transparent)]
    Value(#[from] whitesmith_codec::WriteError),
    /// A name or value that a header cannot carry.
    #[error("invalid header name or value `{0}`")]
    Header(String),
    /// A member of the path that is missing or empty.
    #[error("missing value for member {0}, which is part of the path")]
    MissingLabel(&'static str),
    /// A member whose shape has no form in the place that the model gives it.
    #[error("member {0}: its shape cannot stand in a path, query or header")]
    Unbindable(&'static str),
    /// An event whose value names no member of its union, or several.
    #[error("expected an event of {0}")]
    Event(&'static str),
    /// An event that is too long, or has a header that is.
    #[error("cannot write the event: {0}")]
    Frame(String),
    /// An operation without the traits that the protocol needs.
    #[error("operation {0} has no `http` trait")]
    Unbound(&'static str),
}

/// A request that no operation of the service takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RouteError {
    /// The request names no operation, or one that the service does not have.
    #[error("unknown operation `{0}`")]
    UnknownOperation(String),
    /// The protocol or the path uses another method.
    #[error("method {0} is not allowed")]
    MethodNotAllowed(http::Method),
    /// The body has another media type than the protocol's.
    #[error("unsupported content type `{0}`")]
    UnsupportedMediaType(String),
    /// The client accepts only media types that the protocol does not write.
    #[error("no acceptable content type among `{0}`")]
    NotAcceptable(String),
}

impl RouteError {
    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::UnknownOperation(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
        }
    }

    /// The error's code, without a namespace.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownOperation(_) => "UnknownOperationException",
            Self::MethodNotAllowed(_) => "MethodNotAllowedException",
            Self::UnsupportedMediaType(_) => "UnsupportedMediaTypeException",
            Self::NotAcceptable(_) => "NotAcceptableException",
        }
    }
}
