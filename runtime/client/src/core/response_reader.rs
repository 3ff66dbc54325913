//! The part of a protocol that judges responses.

use whitesmith_protocol::{DynamicProtocol, ErrorSummary, ReadOptions, ReceivedResponse, TypedProtocol};
use whitesmith_schema::{Operation, Service};

/// The part of a protocol that judges responses, without the protocol's type.
#[derive(Clone, Copy)]
pub(super) enum ResponseReader {
    Typed(&'static dyn TypedProtocol),
    Dynamic(&'static dyn DynamicProtocol),
}

impl ResponseReader {
    pub fn is_output(self, service: &'static Service, response: ReceivedResponse<'_>) -> bool {
        match self {
            Self::Typed(protocol) => protocol.is_output(service, response),
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
            Self::Typed(protocol) => protocol.read_error_summary(service, operation, response, options),
            Self::Dynamic(protocol) => protocol.read_error_summary(service, operation, response, options),
        }
    }
}
