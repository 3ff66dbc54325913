//! What protocols behind references have in common.

use std::fmt;
use std::marker::PhantomData;

use whitesmith_codec::ReadOptions;
use whitesmith_schema::{Operation, Service};

use crate::{ErrorSummary, Protocol, ReceivedResponse};

/// Tells outputs from errors. The methods are those of [`Protocol`].
pub trait JudgeResponse: Send + Sync + fmt::Debug {
    /// Whether a response carries the operation's output; any other carries an error.
    fn is_output(&self, service: &'static Service, response: ReceivedResponse<'_>) -> bool;

    /// Identifies the error that a response carries.
    fn read_error_summary(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary;
}

/// A protocol as a value, to be put behind a reference.
pub(crate) struct ProtocolObject<P>(pub PhantomData<fn() -> P>);

impl<P: Protocol> fmt::Debug for ProtocolObject<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        P::ID.fmt(f)
    }
}

impl<P: Protocol> JudgeResponse for ProtocolObject<P> {
    fn is_output(&self, service: &'static Service, response: ReceivedResponse<'_>) -> bool {
        P::is_output(service, response)
    }

    fn read_error_summary(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        P::read_error_summary(service, operation, response, options)
    }
}
