//! Writing answers.

use http::StatusCode;
use whitesmith_protocol::WriteError;
use whitesmith_schema::{Operation, Schema, Service, ValueMap};

use crate::Definition;
use crate::task::TaskOutput;
use crate::wire::{Response, WireProtocol};

/// The namespace of errors that AWS's JSON services answer with before an operation is reached.
const NAMESPACE: &str = "com.amazon.coral.service";

/// Writes answers of a service in its protocol. A value that cannot be written becomes an internal error of the mock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Responder {
    service: &'static Service,
    pub(crate) protocol: WireProtocol,
}

impl Responder {
    pub(crate) fn new(definition: &Definition) -> Self {
        Self { service: definition.closure.service, protocol: definition.protocol }
    }

    /// Writes an output.
    pub(crate) fn output(self, operation: &'static Operation, members: &ValueMap) -> Response {
        self.or_failure(self.protocol.half().write_output(self.service, operation, members))
    }

    /// Writes a task as its operation's output.
    pub(crate) fn task(self, operation: &'static Operation, output: &TaskOutput<'_>) -> Response {
        self.or_failure(self.protocol.half().write_task(self.service, operation, output))
    }

    /// Writes an error of the model.
    pub(crate) fn error(self, schema: &'static Schema, members: &ValueMap) -> Response {
        self.or_failure(self.protocol.half().write_error(self.service, schema, members))
    }

    /// Writes an error of the model with a status that takes the place of the model's.
    pub(crate) fn error_with(
        self,
        schema: &'static Schema,
        members: &ValueMap,
        status: Option<StatusCode>,
    ) -> Response {
        let mut response = self.error(schema, members);
        if let Some(status) = status {
            *response.status_mut() = status;
        }
        response
    }

    /// Writes an error that is not in the model, by its code.
    pub(crate) fn unmodeled(self, status: StatusCode, code: &str, message: &str) -> Response {
        self.or_failure(self.protocol.half().write_unmodeled(self.service, status, code, message))
    }

    /// Writes an error of the service's front end, which AWS's JSON services put into a namespace.
    pub(crate) fn front_end(self, status: StatusCode, code: &str, message: &str) -> Response {
        let namespaced = self.protocol.id().is_aws_json();
        let code = if namespaced { format!("{NAMESPACE}#{code}") } else { code.to_owned() };
        let written = self.protocol.half().write_unmodeled(self.service, status, &code, message);
        written.unwrap_or_else(|_| {
            let mut response = Response::new(Vec::new());
            *response.status_mut() = status;
            response
        })
    }

    fn or_failure(self, response: Result<Response, WriteError>) -> Response {
        response.unwrap_or_else(|error| {
            tracing::error!(%error, "cannot write the answer");
            self.front_end(StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure", &error.to_string())
        })
    }
}
