//! A client for `async` code, on the tokio runtime.

mod body;
mod connector;
mod http_transport;
mod proxied;
mod timed_body;
mod tls;
mod transport;

pub use self::body::Body;
pub use self::http_transport::HttpTransport;
pub use self::transport::Transport;
pub use crate::BoxFuture;

use std::fmt;
use std::sync::Arc;

use http::Response;
use whitesmith_protocol::{DynamicProtocol, Protocol};
use whitesmith_schema::{Operation, Service, TypedOperation, Value, ValueMap};

use crate::config::Config;
use crate::core::{Answer, Call, Core, Verdict};
use crate::endpoint::ResolveEndpoint;
use crate::error::{CallError, Error, TransportError, TransportErrorKind};
use crate::payload::Payload;
use crate::result::{ReadDynamic, ReadResult, ReadTyped};

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
    /// Creates a client that connects over HTTP and HTTPS.
    ///
    /// # Errors
    /// When the configured certificates or proxy are invalid.
    pub fn new(config: Config, resolver: impl ResolveEndpoint + 'static) -> Result<Self, TransportError> {
        let transport = HttpTransport::new(&config)?;
        Ok(Self::with_transport(config, resolver, transport))
    }

    /// Creates a client with a custom transport.
    pub fn with_transport(
        config: Config,
        resolver: impl ResolveEndpoint + 'static,
        transport: impl Transport + 'static,
    ) -> Self {
        Self { core: Arc::new(Core::new(config, resolver)), transport: Arc::new(transport) }
    }

    /// Returns the state that the client's calls share.
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// Calls an operation with its generated types.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn call<P: Protocol, O: TypedOperation>(&self, input: &O::Input) -> Result<O::Output, Error<O::Error>> {
        // The input is written before the first await: the future need not hold it.
        let call = self.core.begin::<P, _>(O::SERVICE, O::OPERATION, input)?;
        self.execute(call, &ReadTyped::<P, O>::default()).await
    }

    /// Calls an operation with values that fit its schemas.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn call_dynamic(
        &self,
        protocol: &'static dyn DynamicProtocol,
        service: &'static Service,
        operation: &'static Operation,
        input: &ValueMap,
    ) -> Result<Value, Error<Value>> {
        let call = self.core.begin_dynamic(protocol, service, operation, input)?;
        self.execute(call, &ReadDynamic(protocol)).await
    }

    async fn execute<R: ReadResult>(&self, mut call: Call<'_>, read: &R) -> Result<R::Output, Error<R::Error>> {
        let answer = self.exchange(&mut call).await?;
        call.finish(read, answer)
    }

    /// Makes attempts until one counts.
    async fn exchange(&self, call: &mut Call<'_>) -> Result<Answer, CallError> {
        let limit = self.core.config().limits().max_response_bytes;
        loop {
            let credentials = match call.credentials_provider() {
                Some(provider) => Some(provider.provide_async().await),
                None => None,
            };
            let (request, limits) = call.next_request(credentials)?;
            let response = match request_body(request) {
                Ok(request) => self.transport.send(request, limits).await,
                Err(error) => Err(error),
            };
            let collected = match response {
                Ok(response) => {
                    let (head, body) = response.into_parts();
                    body.collect(limit).await.map(|body| (head, body))
                }
                Err(error) => Err(error),
            };
            let wait = match collected {
                Ok((head, body)) => match call.judge(&head, &Payload::Bytes(body.clone())) {
                    Verdict::Output => return Ok((Response::from_parts(head, body), None)),
                    Verdict::Error(reported) => return Ok((Response::from_parts(head, body), Some(reported))),
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

fn request_body(request: http::Request<Payload>) -> Result<http::Request<Body>, TransportError> {
    let (parts, payload) = request.into_parts();
    match payload {
        Payload::Bytes(bytes) => Ok(http::Request::from_parts(parts, Body::Bytes(bytes))),
        Payload::Stream { .. } => Err(TransportErrorKind::RequestBody.into()),
    }
}
