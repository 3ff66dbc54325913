//! A call without I/O: input to signed requests, responses to a verdict, a verdict to output or error.
//!
//! The clients drive it: [`Core::begin`], then, until an attempt counts, [`Call::next_request`], send, [`Call::judge`]
//! or [`Call::judge_failure`], and wait as told; at the end [`Call::finish`]. Only the first and the last step know the
//! protocol's type.

mod addressing;
mod attempt;
mod outcome;
mod service_clock;

pub use attempt::{Answer, AttemptLimits, Call, Reported, Verdict};

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::HeaderValue;
use whitesmith_protocol::{DynamicProtocol, Protocol, ReadOptions, Request, WriteError, WriteOptions};
use whitesmith_schema::{Operation, SerializeMembers, Service, Structure, Value, ValueMap};

use self::addressing::{CachedTarget, depends_on_input};
use self::attempt::ResponseReader;
use self::service_clock::ServiceClock;
use crate::clock::uuid;
use crate::config::{Config, Settings};
use crate::endpoint::ResolveEndpoint;
use crate::error::{CallError, InputError};
use crate::retry::TokenBucket;

/// State that the calls of a client share.
pub struct Core {
    config: Config,
    resolver: Box<dyn ResolveEndpoint>,
    /// The endpoint of operations without parameters of their own.
    target: OnceLock<Arc<CachedTarget>>,
    user_agent: HeaderValue,
    clock: ServiceClock,
    bucket: TokenBucket,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Core {
    /// Creates the shared state of a client.
    pub fn new(config: Config, resolver: impl ResolveEndpoint + 'static) -> Self {
        Self {
            user_agent: user_agent(&config.0),
            config,
            resolver: Box::new(resolver),
            target: OnceLock::new(),
            clock: ServiceClock::default(),
            bucket: TokenBucket::default(),
        }
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns the budget for retries.
    pub fn retry_budget(&self) -> &TokenBucket {
        &self.bucket
    }

    fn settings(&self) -> &Settings {
        &self.config.0
    }

    pub(crate) fn read_options(&self) -> ReadOptions {
        ReadOptions { max_depth: self.settings().limits.max_depth, ..ReadOptions::CLIENT }
    }

    /// Begins a call: writes the input as a request.
    ///
    /// # Errors
    /// When the input cannot be written, or there is no endpoint for it.
    pub fn begin<P: Protocol, I: SerializeMembers>(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
    ) -> Result<Call<'_>, CallError> {
        let reader = ResponseReader::of::<P>();
        let fields = || whitesmith_schema::to_value(input);
        self.start(service, operation, reader, fields, |options| P::write_request(service, operation, input, options))
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
        let reader = ResponseReader::Dynamic(protocol);
        let fields = || whitesmith_schema::to_value(&Structure { schema: operation.input, members: input });
        self.start(service, operation, reader, fields, |options| {
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
        reader: ResponseReader,
        fields: impl FnOnce() -> Value,
        write: impl FnOnce(&WriteOptions<'_>) -> Result<Request, WriteError>,
    ) -> Result<Call<'_>, CallError> {
        let token = self.idempotency_token(operation);
        let options = WriteOptions { idempotency_token: token.as_deref(), ..WriteOptions::default() };
        let written = write(&options).map_err(InputError::from)?;
        let fields = if depends_on_input(operation, &written) { fields() } else { Value::Null };
        Call::new(self, service, operation, reader, written, fields)
    }
}

fn user_agent(settings: &Settings) -> HeaderValue {
    let own = || {
        let app = settings.app_name.as_deref().map(|name| format!(" app/{name}")).unwrap_or_default();
        format!("whitesmith/{} lang/rust os/{}{app}", env!("CARGO_PKG_VERSION"), std::env::consts::OS)
    };
    let text = settings.user_agent.clone().unwrap_or_else(own);
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("whitesmith"))
}
