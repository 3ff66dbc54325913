//! A client for `async` code, on the tokio runtime.

mod connector;
mod http_transport;
mod proxied;
mod tls;

pub use http_transport::HttpTransport;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use whitesmith_protocol::Protocol;
use whitesmith_schema::{Operation, Service, Structure, TypedOperation, Value, ValueMap};

use crate::config::Config;
use crate::core::{Answer, AttemptLimits, Call, CallError, Core, Verdict};
use crate::dispatch::dispatch;
use crate::endpoint::ResolveEndpoint;
use crate::error::{Error, TransportError};
use crate::result::{ReadDynamic, ReadResult, ReadTyped};

/// A future that a [`Transport`] gives back.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and brings its whole response; and waits.
pub trait Transport: Send + Sync {
    /// Sends a request; its headers are complete. Redirects are not followed, and any status is a response.
    fn send(
        &self,
        request: Request<Bytes>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Waits before a retry.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
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
    pub async fn call<P: Protocol, O: TypedOperation>(&self, input: &O::Input) -> Result<O::Output, Error<O::Error>> {
        // The input is written before the first await: the future need not hold it.
        let call = self.core.begin::<P, _>(O::SERVICE, O::OPERATION, input)?;
        self.execute::<P, _>(O::SERVICE, call, &ReadTyped::<O>::default()).await
    }

    /// Calls an operation with values that fit its schemas.
    pub async fn call_dynamic(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
    ) -> Result<Value, Error<Value>> {
        let input = Structure { schema: operation.input, members: input };
        dispatch!(service.protocol, P => {
            let call = self.core.begin::<P, _>(service, operation, &input)?;
            self.execute::<P, _>(service, call, &ReadDynamic).await
        })
    }

    async fn execute<P: Protocol, R: ReadResult>(
        &self,
        service: &'static Service,
        mut call: Call<'_>,
        read: &R,
    ) -> Result<R::Output, Error<R::Error>> {
        let answer = self.exchange::<P>(service, &mut call).await?;
        call.finish::<P, R>(service, read, answer)
    }

    /// Makes attempts until one counts.
    async fn exchange<P: Protocol>(&self, service: &'static Service, call: &mut Call<'_>) -> Result<Answer, CallError> {
        loop {
            let (request, limits) = call.next_request()?;
            let wait = match self.transport.send(request, limits).await {
                Ok(response) => match call.judge::<P>(service, &response) {
                    Verdict::Output => return Ok((response, None)),
                    Verdict::Error(reported) => return Ok((response, Some(reported))),
                    Verdict::Retry(wait) => wait,
                },
                Err(error) => call.judge_failure(error)?,
            };
            if !wait.is_zero() {
                self.transport.sleep(wait).await;
            }
        }
    }
}
