//! The error type that stands for the errors of all operations.

use std::any::Any;
use std::fmt;

use whitesmith_schema::ModeledError;

use super::Error;

/// A modelled error of any operation.
pub struct AnyModeledError(Box<dyn Modeled>);

/// What is kept of an operation's error enum.
trait Modeled: fmt::Debug + Send + Sync {
    fn as_any(&self) -> &dyn Any;
}

impl<E: fmt::Debug + Send + Sync + 'static> Modeled for E {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl AnyModeledError {
    /// Returns the error as the error enum of an operation, if the operation was that one.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        (*self.0).as_any().downcast_ref()
    }
}

impl fmt::Debug for AnyModeledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: ModeledError + Send + Sync + 'static> From<Error<E>> for Error<AnyModeledError> {
    fn from(error: Error<E>) -> Self {
        match error {
            Error::Service(error) => Error::Service(Box::new(error.map_kind(|kind| AnyModeledError(Box::new(kind))))),
            Error::Call(error) => Error::Call(error),
        }
    }
}
