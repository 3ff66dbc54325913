//! Errors of requests and responses.

/// A value that cannot be written as a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The codec cannot write the value.
    #[error(transparent)]
    Value(#[from] whitesmith_codec::WriteError),
    /// A name or value that a header cannot carry.
    #[error("`{0}` cannot stand in a header")]
    Header(String),
}

/// A request that no operation of the service takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RouteError {
    /// The request names no operation, or one that the service does not have.
    #[error("there is no operation `{0}`")]
    UnknownOperation(String),
    /// The protocol uses another method.
    #[error("the method {0} is not allowed")]
    MethodNotAllowed(http::Method),
    /// The body has another media type than the protocol's.
    #[error("the content type `{0}` is not that of the protocol")]
    UnsupportedMediaType(String),
}
