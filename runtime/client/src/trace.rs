//! Spans and events of calls for `tracing`.

use std::time::Duration;

use http::{Request, response};
use tracing::{Span, debug, debug_span};
use whitesmith_schema::{Operation, Service};

use crate::error::{Chain, TransportError};
use crate::interceptor::{Context, Interceptor};
use crate::payload::Payload;

/// Returns the span of a call.
pub(crate) fn span(service: &Service, operation: &Operation) -> Span {
    debug_span!("call", service = service.name, operation = operation.name)
}

/// Emits an event for each stage of a call. Headers and bodies are not shown.
pub(crate) struct Trace;

impl Interceptor for Trace {
    fn before_transmit(&self, context: &Context, request: &Request<Payload>) {
        let (service, operation, attempt) = (context.service.name, context.operation.name, context.attempt);
        debug!(service, operation, attempt, method = %request.method(), host = request.uri().host(), "sending request");
    }

    fn after_response(&self, context: &Context, head: &response::Parts, body: &Payload) {
        let (service, operation, attempt) = (context.service.name, context.operation.name, context.attempt);
        debug!(service, operation, attempt, status = head.status.as_u16(), bytes = body.length(), "received response");
    }

    fn after_failure(&self, context: &Context, error: &TransportError) {
        let (service, operation, attempt) = (context.service.name, context.operation.name, context.attempt);
        debug!(service, operation, attempt, error = %Chain(error), "request failed");
    }

    fn before_retry(&self, context: &Context, wait: Duration) {
        let (service, operation, attempt) = (context.service.name, context.operation.name, context.attempt);
        debug!(service, operation, attempt, wait = wait.as_secs_f64(), "retrying");
    }
}
