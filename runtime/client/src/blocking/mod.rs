//! A client that blocks the calling thread.

mod forward_proxy;
mod http_transport;

pub use http_transport::HttpTransport;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use whitesmith_protocol::Protocol;
use whitesmith_schema::{Operation, SerializeMembers, Service, Structure, TypedOperation, Value, ValueMap};

use crate::config::Config;
use crate::core::{Answer, AttemptLimits, Call, CallError, Core, Verdict};
use crate::dispatch::dispatch;
use crate::endpoint::ResolveEndpoint;
use crate::error::{Error, TransportError};
use crate::result::{ReadDynamic, ReadResult, ReadTyped};

/// Sends one request and brings its whole response.
pub trait Transport: Send + Sync {
    /// Sends a request; its headers are complete. Redirects are not followed, and any status is a response.
    fn send(&self, request: Request<Bytes>, limits: &AttemptLimits) -> Result<Response<Bytes>, TransportError>;
}

impl<F> Transport for F
where
    F: Fn(Request<Bytes>, &AttemptLimits) -> Result<Response<Bytes>, TransportError> + Send + Sync,
{
    fn send(&self, request: Request<Bytes>, limits: &AttemptLimits) -> Result<Response<Bytes>, TransportError> {
        self(request, limits)
    }
}

/// A client of one service. Clones share connections, the retry budget and the clock's correction.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    transport: Arc<dyn Transport>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", self.core.config()).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that connects over HTTP and HTTPS. The error says why the set-up's certificates or proxy cannot be
    /// used.
    pub fn new(config: Config, resolver: impl ResolveEndpoint + 'static) -> Result<Self, TransportError> {
        let transport = HttpTransport::new(&config)?;
        Ok(Self::with_transport(config, resolver, transport))
    }

    /// A client with another transport.
    pub fn with_transport(
        config: Config,
        resolver: impl ResolveEndpoint + 'static,
        transport: impl Transport + 'static,
    ) -> Self {
        Self { core: Arc::new(Core::new(config, resolver)), transport: Arc::new(transport) }
    }

    /// What the client's calls share.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// Calls an operation with its generated types, by the service's wire protocol.
    pub fn call<P: Protocol, O: TypedOperation>(&self, input: &O::Input) -> Result<O::Output, Error<O::Error>> {
        self.execute::<P, _, _>(O::SERVICE, O::OPERATION, input, &ReadTyped::<O>::default())
    }

    /// Calls an operation with values that fit its schemas.
    pub fn call_dynamic(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
    ) -> Result<Value, Error<Value>> {
        self.call_with(service, operation, input, &ReadDynamic)
    }

    /// Calls an operation with values that fit its schemas, and reads its result in a way of the caller's own.
    pub fn call_with<R: ReadResult>(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
        read: &R,
    ) -> Result<R::Output, Error<R::Error>> {
        let input = Structure { schema: operation.input, members: input };
        dispatch!(service.protocol, P => self.execute::<P, _, _>(service, operation, &input, read))
    }

    fn execute<P: Protocol, I: SerializeMembers, R: ReadResult>(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
        read: &R,
    ) -> Result<R::Output, Error<R::Error>> {
        let mut call = self.core.begin::<P, I>(service, operation, input)?;
        let answer = self.exchange::<P>(service, &mut call)?;
        call.finish::<P, R>(service, read, answer)
    }

    /// Makes attempts until one counts.
    fn exchange<P: Protocol>(&self, service: &'static Service, call: &mut Call<'_>) -> Result<Answer, CallError> {
        loop {
            let (request, limits) = call.next_request()?;
            let wait = match self.transport.send(request, &limits) {
                Ok(response) => match call.judge::<P>(service, &response) {
                    Verdict::Output => return Ok((response, None)),
                    Verdict::Error(reported) => return Ok((response, Some(reported))),
                    Verdict::Retry(wait) => wait,
                },
                Err(error) => call.judge_failure(error)?,
            };
            if !wait.is_zero() {
                self.core.config().0.clock.sleep(wait);
            }
        }
    }
}
