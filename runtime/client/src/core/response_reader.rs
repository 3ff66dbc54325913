//! The part of a protocol that judges responses.

use whitesmith_protocol::{DynamicProtocol, ErrorSummary, Protocol, ReadOptions, ReceivedResponse};
use whitesmith_schema::{Operation, Service};

/// The part of a protocol that judges responses, without the protocol's type.
#[derive(Clone, Copy)]
pub(super) enum ResponseReader {
    /// Methods of a [`Protocol`].
    Static {
        is_output: fn(&'static Service, ReceivedResponse<'_>) -> bool,
        read_error_summary: fn(&'static Service, &'static Operation, ReceivedResponse<'_>, ReadOptions) -> ErrorSummary,
    },
    Dynamic(&'static dyn DynamicProtocol),
}

impl ResponseReader {
    pub fn of<P: Protocol>() -> Self {
        Self::Static { is_output: P::is_output, read_error_summary: P::read_error_summary }
    }

    pub fn is_output(self, service: &'static Service, response: ReceivedResponse<'_>) -> bool {
        match self {
            Self::Static { is_output, .. } => is_output(service, response),
            Self::Dynamic(protocol) => protocol.is_output(service, response),
        }
    }

    pub fn read_error_summary(
        self,
        service: &'static Service,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> ErrorSummary {
        match self {
            Self::Static { read_error_summary, .. } => read_error_summary(service, operation, response, options),
            Self::Dynamic(protocol) => protocol.read_error_summary(service, operation, response, options),
        }
    }
}
