//! A call without I/O: input to signed requests, responses to a verdict, a verdict to output or error.
//!
//! The clients drive it: [`Core::begin`], then, until an attempt counts, [`Call::next_request`], send, [`Call::judge`]
//! or [`Call::judge_failure`], and wait as told; at the end [`Call::finish`]. Only the first and the last step know the
//! protocol's type.

mod addressing;
mod attempt;
mod outcome;
mod service_clock;
mod state;
mod streamed;

pub use attempt::{Answer, AttemptLimits, Call, Reported, Verdict};
pub use state::Core;

use whitesmith_protocol::{
    DynamicProtocol, JudgeResponse, ReadOptions, Request, TypedProtocol, WriteError, WriteOptions,
};
use whitesmith_schema::erased::{Erased, ErasedMembers};
use whitesmith_schema::{Operation, Service, Structure, Value, ValueMap};

use self::addressing::depends_on_input;
use crate::clock::uuid;
use crate::error::{CallError, InputError};

impl Core {
    pub(crate) fn read_options(&self) -> ReadOptions {
        ReadOptions { max_depth: self.settings().limits.max_depth, ..ReadOptions::CLIENT }
    }

    /// Begins a call: writes the input as a request.
    ///
    /// # Errors
    /// When the input cannot be written, or there is no endpoint for it.
    pub fn begin(
        &self,
        protocol: &'static dyn TypedProtocol,
        service: &'static Service,
        operation: &'static Operation,
        input: &dyn ErasedMembers,
    ) -> Result<Call<'_>, CallError> {
        let input = Erased(input);
        let fields = || whitesmith_schema::to_value(&input);
        self.start(service, operation, protocol, fields, |options| {
            protocol.write_request(service, operation, input, options)
        })
    }

    /// Begins a call with dynamic values.
    ///
    /// # Errors
    /// When the input cannot be written, or there is no endpoint for it.
    pub fn begin_dynamic(
        &self,
        protocol: &'static dyn DynamicProtocol,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
    ) -> Result<Call<'_>, CallError> {
        let fields = || whitesmith_schema::to_value(&Structure { schema: operation.input, members: input });
        self.start(service, operation, protocol, fields, |options| {
            protocol.write_request(service, operation, input, options)
        })
    }

    /// Returns a new token for an operation that takes one.
    pub(crate) fn idempotency_token(&self, operation: &'static Operation) -> Option<String> {
        let takes_token = operation.input.members.iter().any(|member| member.idempotency_token);
        takes_token.then(|| uuid(&*self.settings().random))
    }

    fn start(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        protocol: &'static dyn JudgeResponse,
        fields: impl FnOnce() -> Value,
        write: impl FnOnce(&WriteOptions<'_>) -> Result<Request, WriteError>,
    ) -> Result<Call<'_>, CallError> {
        let token = self.idempotency_token(operation);
        let options = WriteOptions { idempotency_token: token.as_deref(), ..WriteOptions::default() };
        let written = write(&options).map_err(InputError::from)?;
        let fields = if depends_on_input(operation, &written) { fields() } else { Value::Null };
        Call::new(self, service, operation, protocol, written, fields)
    }
}

#[cfg(test)]
mod tests {
    use whitesmith_protocol::{AwsJson1_0, AwsJson1_1, RpcV2Cbor, dynamic, typed};
    use whitesmith_schema::{Member, ProtocolId, Schema, prelude};

    use super::*;
    use crate::Config;
    use crate::endpoint::require_endpoint_url;

    static INPUT: Schema = Schema::structure("example#Input", &[Member::new("Name", &prelude::STRING)]);
    static OPERATION: Operation = Operation::new("example#Put", "Put", &INPUT, &prelude::UNIT).with_auth(&[]);
    static SERVICE: Service = Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0);

    struct Input {
        name: String,
    }
    whitesmith_schema::structure!(Input, INPUT, { required name });

    /// Only the first step knows the type of the protocol: calls of several ones are of one type, and go on alike.
    #[test]
    fn calls_do_not_depend_on_their_protocol() {
        let core = Core::new(Config::builder().endpoint_url("http://localhost").build(), require_endpoint_url);
        let members: ValueMap = [("Name", Value::from("a"))].into_iter().collect();
        let input = Input { name: "a".to_owned() };
        let calls: [Call<'_>; 3] = [
            core.begin(typed::<AwsJson1_0>(), &SERVICE, &OPERATION, &input).unwrap(),
            core.begin(typed::<RpcV2Cbor>(), &SERVICE, &OPERATION, &input).unwrap(),
            core.begin_dynamic(dynamic::<AwsJson1_1>(), &SERVICE, &OPERATION, &members).unwrap(),
        ];
        let media_types = calls.map(|mut call| {
            let (request, _) = call.next_request(None).unwrap();
            request.headers()["content-type"].to_str().unwrap().to_owned()
        });
        assert_eq!(media_types, ["application/x-amz-json-1.0", "application/cbor", "application/x-amz-json-1.1"]);
    }
}
