//! A client for `async` code, on the tokio runtime.

mod body;
#[cfg(feature = "checksums")]
mod checked;
#[cfg(feature = "checksums")]
mod chunked;
mod connector;
#[cfg(feature = "event-stream")]
mod event_calls;
#[cfg(feature = "event-stream")]
mod events;
mod http_transport;
mod pages;
mod proxied;
mod request_body;
mod timed_body;
mod tls;
mod transport;

pub use self::body::Body;
#[cfg(feature = "event-stream")]
pub use self::events::{CallEnded, EventInput, EventReceiver, EventSender};
pub use self::http_transport::HttpTransport;
pub use self::pages::{PageStream, Pages};
pub use self::request_body::RequestBody;
pub use self::transport::Transport;
pub use crate::BoxFuture;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::response::Parts;
use http::{Request, Response};
use whitesmith_protocol::DynamicProtocol;
use whitesmith_schema::{Operation, Service, TypedOperation, Value, ValueMap};

#[cfg(feature = "waiters")]
use crate::clock::unit;
use crate::config::Config;
use crate::core::{Answer, Call, Core, Verdict};
use crate::endpoint::ResolveEndpoint;
use crate::error::{CallError, Error, TransportError, TransportErrorKind};
use crate::payload::Payload;
use crate::protocol::ClientProtocol;
use crate::result::{ReadDynamic, ReadResult, ReadTyped};
use crate::signing::PresignedRequest;
#[cfg(feature = "waiters")]
use crate::waiter::{self, Step, WaitError};

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
    pub async fn call<P: ClientProtocol, O: TypedOperation>(
        &self,
        input: &O::Input,
    ) -> Result<O::Output, Error<O::Error>> {
        // The input is written before the first await: the future need not hold it.
        let call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        self.execute(call, &ReadTyped::<O>::new(P::half())).await
    }

    /// Repeats an operation until the waiter of that name succeeds. The result is the output that it waited for; none if
    /// it waited for an error.
    ///
    /// # Errors
    /// When the waiter fails, a call fails with an error that the waiter does not expect, or `max_wait` is over.
    #[cfg(feature = "waiters")]
    pub async fn wait<P: ClientProtocol, O: TypedOperation>(
        &self,
        waiter: &str,
        input: &O::Input,
        max_wait: Duration,
    ) -> Result<Option<O::Output>, WaitError<O::Error>> {
        let waiter = waiter::find(O::OPERATION, waiter).ok_or_else(|| WaitError::Unknown(waiter.to_owned()))?;
        let (clock, random) = (&self.core.config().0.clock, &self.core.config().0.random);
        let (started, given) = (clock.elapsed(), whitesmith_schema::to_value(input));
        let mut attempts: u32 = 0;
        loop {
            attempts = attempts.saturating_add(1);
            let result = self.call::<P, O>(input).await;
            match waiter::judge_result::<O>(waiter, &given, &result) {
                Step::Done => return Ok(result.ok()),
                Step::Failed(reason) => return Err(WaitError::Failed { waiter: waiter.name, attempts, reason }),
                Step::Unexpected => return Ok(Some(result?)),
                Step::Retry => {}
            }
            let left = max_wait.saturating_sub(clock.elapsed().saturating_sub(started));
            let Some(wait) = waiter::delay(waiter, attempts, left, unit(&**random)) else {
                return Err(WaitError::Timeout { waiter: waiter.name, attempts });
            };
            self.transport.sleep(wait).await;
        }
    }

    /// Returns a request for an operation that anyone may send until it expires.
    ///
    /// # Errors
    /// When the input is invalid, or the request cannot be signed.
    pub async fn presign<P: ClientProtocol, O: TypedOperation>(
        &self,
        input: &O::Input,
        expires_in: Duration,
    ) -> Result<PresignedRequest, CallError> {
        let call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        let credentials = match call.credentials_provider() {
            Some(provider) => Some(provider.provide_async().await),
            None => None,
        };
        call.presign(credentials, expires_in)
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

    /// Calls an operation whose input, output or both have a member that is a stream, without holding the stream in
    /// memory. `body` takes the place of the input's stream; the output's stream is returned beside the output, which
    /// lacks it. An output without a stream is read whole, and the body beside it is empty.
    ///
    /// A body that can be read again is sent again by a retry; another one is sent once.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn call_streaming<P: ClientProtocol, O: TypedOperation>(
        &self,
        input: &O::Input,
        body: Option<RequestBody>,
    ) -> Result<(O::Output, Body), Error<O::Error>> {
        let call = self.core.begin(P::half(), O::SERVICE, O::OPERATION, input)?;
        let streams = O::OPERATION.output_stream().is_some();
        self.execute_streaming(call, &ReadTyped::<O>::new(P::half()), body, streams).await
    }

    /// Calls an operation with values that fit its schemas, as [`call_streaming`](Self::call_streaming) does, and always
    /// streams the response.
    ///
    /// # Errors
    /// The service's error, or why there is no answer from it.
    pub async fn call_streaming_with<R: ReadResult>(
        &self,
        protocol: &'static dyn DynamicProtocol,
        service: &'static Service,
        operation: &'static Operation,
        (input, body): (&ValueMap, Option<RequestBody>),
        read: &R,
    ) -> Result<(R::Output, Body), Error<R::Error>> {
        let call = self.core.begin_dynamic(protocol, service, operation, input)?;
        self.execute_streaming(call, read, body, true).await
    }

    async fn execute_streaming<R: ReadResult>(
        &self,
        mut call: Call<'_>,
        read: &R,
        mut body: Option<RequestBody>,
        streams: bool,
    ) -> Result<(R::Output, Body), Error<R::Error>> {
        if streams {
            call.stream_response();
        }
        if let Some(body) = &body {
            call.stream_request(body.length(), body.is_replayable());
        }
        let (answer, body) = self.exchange(&mut call, body.as_mut()).await?;
        Ok((call.finish(read, answer)?, body))
    }

    async fn execute<R: ReadResult>(&self, mut call: Call<'_>, read: &R) -> Result<R::Output, Error<R::Error>> {
        let (answer, _) = self.exchange(&mut call, None).await?;
        call.finish(read, answer)
    }

    /// Makes attempts until one counts. The second result is the body of a response that is streamed.
    async fn exchange(
        &self,
        call: &mut Call<'_>,
        source: Option<&mut RequestBody>,
    ) -> Result<(Answer, Body), CallError> {
        #[cfg(feature = "tracing")]
        {
            use tracing::Instrument as _;
            let span = call.span();
            self.attempts(call, source).instrument(span).await
        }
        #[cfg(not(feature = "tracing"))]
        self.attempts(call, source).await
    }

    async fn attempts(
        &self,
        call: &mut Call<'_>,
        mut source: Option<&mut RequestBody>,
    ) -> Result<(Answer, Body), CallError> {
        loop {
            let credentials = match call.credentials_provider() {
                Some(provider) => Some(provider.provide_async().await),
                None => None,
            };
            #[cfg(feature = "checksums")]
            if let Some(source) = source.as_deref_mut()
                && let Some(digest) = call.body_digest(credentials.as_ref())?
            {
                call.set_body_digest(source.digest(digest).await?);
            }
            let (request, limits) = call.next_request(credentials)?;
            let request = with_body(request, source.as_deref_mut()).await;
            let received = match request {
                Ok(request) => match self.transport.send(request, limits).await {
                    Ok(response) => self.received(response, limits.streams_response).await,
                    Err(error) => Err(error),
                },
                Err(error) => Err(error),
            };
            let wait = match received {
                Ok((head, payload, body)) => match call.judge(&head, &payload) {
                    Verdict::Output => {
                        let body = checked(call, &head, &payload, body);
                        return Ok(((Response::from_parts(head, payload), None), body));
                    }
                    Verdict::Error(error) => return Ok(((Response::from_parts(head, payload), Some(error)), body)),
                    Verdict::Retry(wait) => wait,
                },
                Err(error) => call.judge_failure(error)?,
            };
            if !wait.is_zero() {
                self.transport.sleep(wait).await;
            }
        }
    }

    /// Reads a response's body, unless it is that of a success and to be streamed.
    async fn received(
        &self,
        response: Response<Body>,
        streams: bool,
    ) -> Result<(Parts, Payload, Body), TransportError> {
        let (head, body) = response.into_parts();
        if streams && head.status.is_success() {
            return Ok((head, Payload::Stream { length: body.length() }, body));
        }
        let bytes = body.collect(self.core.config().limits().max_response_bytes).await?;
        Ok((head, Payload::Bytes(bytes), Body::default()))
    }
}

async fn with_body(
    request: Request<Payload>,
    source: Option<&mut RequestBody>,
) -> Result<Request<Body>, TransportError> {
    let (mut parts, payload) = request.into_parts();
    let body = match (payload, source) {
        (Payload::Bytes(bytes), _) => Body::Bytes(bytes),
        #[cfg(feature = "checksums")]
        (Payload::Stream { length }, Some(source)) => {
            let encoder = crate::checksum::encoder(&parts.headers, &mut parts.extensions);
            let body = source.open(&mut parts.extensions).await?;
            match encoder {
                Some(encoder) => Body::from_stream(chunked::Chunked::new(body, encoder, length)),
                None => body,
            }
        }
        #[cfg(not(feature = "checksums"))]
        (Payload::Stream { .. }, Some(source)) => source.open(&mut parts.extensions).await?,
        (Payload::Stream { .. }, None) => return Err(TransportErrorKind::RequestBody.into()),
    };
    Ok(Request::from_parts(parts, body))
}

/// Returns a streamed body that is compared with the checksum of its response, if it carries one.
fn checked(call: &Call<'_>, head: &Parts, payload: &Payload, body: Body) -> Body {
    #[cfg(feature = "checksums")]
    match call.response_check(&head.headers).filter(|_| payload.bytes().is_none()) {
        Some(check) => Body::from_stream(checked::Checked::new(body, check)),
        None => body,
    }
    #[cfg(not(feature = "checksums"))]
    {
        let _ = (call, head, payload);
        body
    }
}
