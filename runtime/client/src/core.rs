//! A call without I/O: typed input to signed requests, responses to a verdict, a verdict to typed output or error.
//!
//! The transports drive it: [`Core::begin`], then [`Call::next_request`], send, [`Call::judge`] or
//! [`Call::judge_failure`], wait where told to, and round again, until [`Call::finish`].

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, DATE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use whitesmith_protocol::{ErrorSummary, Protocol, ReadOptions, ReceivedResponse, WriteOptions};
use whitesmith_schema::{EndpointBinding, Operation, SerializeMembers, Service, Timestamp, Value};

use crate::clock::{unit, uuid};
use crate::config::{Config, Settings};
use crate::credentials::{Credentials, CredentialsError};
use crate::endpoint::bindings::bind;
use crate::endpoint::{Endpoint, EndpointError, ResolveEndpoint, Target};
use crate::error::{Error, InputError, ResponseError, ServiceError, TransportError, TransportErrorKind};
use crate::host_prefix::host_prefix;
use crate::result::ReadResult;
use crate::retry::{Classification, TokenBucket, classify, is_clock_skew};
use crate::signing::{SigningError, SigningScope, sign_request};

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// A signature may be off by five minutes; a clock that is off by less is not to blame.
const TOLERATED_SKEW: Duration = Duration::from_secs(4 * 60);

/// What the calls of a client share.
pub struct Core {
    config: Config,
    resolver: Box<dyn ResolveEndpoint>,
    /// The endpoint of operations without parameters of their own.
    target: OnceLock<Arc<Target>>,
    user_agent: HeaderValue,
    /// How far the services' clock is ahead of this machine's, in milliseconds.
    skew: AtomicI64,
    bucket: TokenBucket,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("config", &self.config).finish_non_exhaustive()
    }
}

/// How long an attempt may take, and how much it may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptLimits {
    /// For the connection.
    pub connect: Option<Duration>,
    /// For each piece of the request and of the response.
    pub read: Option<Duration>,
    /// For the whole attempt.
    pub attempt: Option<Duration>,
    /// Largest body, in bytes.
    pub max_response_bytes: u64,
}

/// A failure that has nothing to do with the operation's types: an [`Error`] without its answers.
#[allow(missing_docs, reason = "the variants are those of the error")]
#[derive(Debug)]
pub enum CallError {
    Input(InputError),
    Endpoint(EndpointError),
    Credentials(CredentialsError),
    Signing(SigningError),
    Transport(TransportError),
}

macro_rules! failure_from {
    ($($variant:ident: $type:ty),*) => {$(
        impl From<$type> for CallError {
            fn from(error: $type) -> Self {
                Self::$variant(error)
            }
        }
    )*};
}
failure_from!(
    Input: InputError, Endpoint: EndpointError, Credentials: CredentialsError, Signing: SigningError,
    Transport: TransportError
);

impl<E> From<CallError> for Error<E> {
    fn from(failure: CallError) -> Self {
        match failure {
            CallError::Input(error) => Self::Input(error),
            CallError::Endpoint(error) => Self::Endpoint(error),
            CallError::Credentials(error) => Self::Credentials(error),
            CallError::Signing(error) => Self::Signing(error),
            CallError::Transport(error) => Self::Transport(error),
        }
    }
}

impl Core {
    /// What calls with this set-up share.
    pub fn new(config: Config, resolver: impl ResolveEndpoint + 'static) -> Self {
        Self {
            user_agent: user_agent(&config.0),
            config,
            resolver: Box::new(resolver),
            target: OnceLock::new(),
            skew: AtomicI64::new(0),
            bucket: TokenBucket::default(),
        }
    }

    /// The set-up.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The budget for retries.
    pub fn retry_budget(&self) -> &TokenBucket {
        &self.bucket
    }

    fn settings(&self) -> &Settings {
        &self.config.0
    }

    fn target(&self) -> Result<Arc<Target>, EndpointError> {
        if let Some(target) = self.target.get() {
            return Ok(target.clone());
        }
        let endpoint = self.resolver.resolve(&self.settings().endpoint)?;
        let target = Arc::new(Target::new(endpoint)?);
        Ok(self.target.get_or_init(|| target).clone())
    }

    /// Writes the input and finds the endpoint.
    pub fn begin<P: Protocol, I: SerializeMembers>(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        input: &I,
    ) -> Result<Call<'_>, CallError> {
        let settings = self.settings();
        let takes_token = operation.input.members.iter().any(|member| member.idempotency_token);
        let token = takes_token.then(|| uuid(&*settings.random));
        let options = WriteOptions { idempotency_token: token.as_deref(), json: settings.json };
        let written = P::write_request(service, operation, input, &options).map_err(InputError::from)?;
        let fields = Self::addressing_fields(operation, input);
        self.address(service, operation, written, &fields)
    }

    /// The input, for the few operations whose host depends on it.
    fn addressing_fields<I: SerializeMembers>(operation: &'static Operation, input: &I) -> Value {
        let has_label = operation.host_prefix.is_some_and(|prefix| prefix.contains('{'));
        let has_binding =
            operation.endpoint_parameters.iter().any(|(_, binding)| matches!(binding, EndpointBinding::Input(_)));
        if has_label || has_binding { whitesmith_schema::to_value(input) } else { Value::Null }
    }

    /// The endpoint for an operation.
    fn target_of(&self, operation: &'static Operation, fields: &Value) -> Result<Arc<Target>, EndpointError> {
        if operation.endpoint_parameters.is_empty() {
            return self.target();
        }
        let mut parameters = self.settings().endpoint.clone();
        bind(operation, fields, &mut parameters);
        Ok(Arc::new(Target::new(self.resolver.resolve(&parameters)?)?))
    }

    fn address(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        mut written: whitesmith_protocol::Request,
        fields: &Value,
    ) -> Result<Call<'_>, CallError> {
        let settings = self.settings();
        let prefix = host_prefix(operation, fields).map_err(InputError::from)?;
        let target = self.target_of(operation, fields)?;
        let (uri, host) = target.uri(prefix.as_deref(), &written.path)?;
        compress(settings, operation, &mut written);
        let mut request = Request::new(Bytes::from(written.body.into_bytes()));
        *request.method_mut() = written.method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.reserve(written.headers.len() + 10);
        headers.insert(HOST, host);
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.extend(written.headers);
        add_endpoint_headers(headers, &target.endpoint)?;
        headers.insert(USER_AGENT, self.user_agent.clone());
        Ok(Call {
            core: self,
            operation,
            scope: self.signing_scope(service, operation, &target.endpoint)?,
            request,
            invocation_id: HeaderValue::try_from(uuid(&*settings.random)).ok(),
            attempts: 0,
            started: settings.clock.elapsed(),
            retry_cost: None,
            signed_at: SystemTime::UNIX_EPOCH,
            skew_corrected: false,
        })
    }

    fn signing_scope(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        endpoint: &Endpoint,
    ) -> Result<Option<SigningScope>, SigningError> {
        if !self.settings().sign || operation.is_anonymous() {
            return Ok(None);
        }
        let scheme = endpoint.auth_schemes.iter().find(|scheme| scheme.name == "sigv4");
        if scheme.is_none()
            && let Some(other) = endpoint.auth_schemes.first()
        {
            return if other.name == "none" {
                Ok(None)
            } else {
                Err(SigningError::UnsupportedScheme(other.name.clone()))
            };
        }
        let name = scheme.and_then(|scheme| scheme.signing_name.as_deref()).unwrap_or(service.signing_name);
        let region = scheme.and_then(|scheme| scheme.signing_region.as_deref()).or(self.config.region());
        if name.is_empty() {
            return Err(SigningError::MissingName);
        }
        Ok(Some(SigningScope {
            region: region.ok_or(SigningError::MissingRegion)?.to_owned(),
            name: name.to_owned(),
            double_encode_path: !scheme.is_some_and(|scheme| scheme.disable_double_encoding),
        }))
    }

    /// The time at the service.
    fn service_time(&self) -> SystemTime {
        let now = self.settings().clock.now();
        let skew = self.skew.load(Ordering::Relaxed);
        let distance = Duration::from_millis(skew.unsigned_abs());
        let shifted = if skew < 0 { now.checked_sub(distance) } else { now.checked_add(distance) };
        shifted.unwrap_or(now)
    }

    /// Takes over the service's clock from the response to a request that was signed with another time; `false` where
    /// the times are the same. Another call may have corrected the clock since then, and the request was still wrong.
    fn correct_skew(&self, headers: &HeaderMap, signed_at: SystemTime) -> bool {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(date) = date.and_then(|date| Timestamp::parse_http_date(date).ok()) else { return false };
        let millis = |time: Timestamp| time.seconds().saturating_mul(1000);
        let off = millis(date).saturating_sub(millis(signed_at.into()));
        let differs = off.unsigned_abs() > TOLERATED_SKEW.as_millis().try_into().unwrap_or(u64::MAX);
        if differs {
            self.skew.store(millis(date).saturating_sub(millis(self.settings().clock.now().into())), Ordering::Relaxed);
        }
        differs
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

fn add_endpoint_headers(headers: &mut HeaderMap, endpoint: &Endpoint) -> Result<(), EndpointError> {
    let bad = |text: &str| EndpointError(format!("`{text}` cannot stand in a header"));
    for (name, values) in &endpoint.headers {
        let name = HeaderName::try_from(name.as_str()).map_err(|_| bad(name))?;
        for value in values {
            headers.append(&name, HeaderValue::try_from(value.as_str()).map_err(|_| bad(value))?);
        }
    }
    Ok(())
}

fn compress(settings: &Settings, operation: &'static Operation, written: &mut whitesmith_protocol::Request) {
    #[cfg(feature = "compression")]
    if operation.compression
        && settings.compression_threshold.is_some_and(|least| written.body.as_bytes().len() >= least)
    {
        crate::compression::compress(written);
    }
    #[cfg(not(feature = "compression"))]
    let _ = (settings, operation, written);
}

/// One call: its attempts and what they came to.
pub struct Call<'a> {
    core: &'a Core,
    operation: &'static Operation,
    /// Without what changes from attempt to attempt.
    request: Request<Bytes>,
    scope: Option<SigningScope>,
    invocation_id: Option<HeaderValue>,
    attempts: u32,
    started: Duration,
    /// What the last retry took from the budget.
    retry_cost: Option<u32>,
    /// The time in the last attempt's signature.
    signed_at: SystemTime,
    skew_corrected: bool,
}

/// What is to be done after an attempt.
#[derive(Debug)]
pub enum Verdict {
    /// The response carries the output.
    Output,
    /// Wait and try again.
    Retry(Duration),
    /// The response carries an error, and that is the end of it.
    Error(Reported),
}

/// An error that a response carries, and what it means for further attempts.
#[derive(Debug)]
pub struct Reported {
    summary: ErrorSummary,
    classification: Classification,
}

/// The last response of a call, with the error that it carries.
pub type Answer = (Response<Bytes>, Option<Reported>);

impl std::fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl Call<'_> {
    /// The next attempt's request, signed for now.
    pub fn next_request(&mut self) -> Result<(Request<Bytes>, AttemptLimits), CallError> {
        let limits = self.attempt_limits()?;
        self.attempts += 1;
        let mut request = self.request.clone();
        if let Some((scope, credentials)) = self.scope.as_ref().zip(self.credentials()?) {
            self.signed_at = self.core.service_time();
            sign_request(&mut request, scope, &credentials, self.signed_at)?;
        }
        let length = request.body().len();
        let headers = request.headers_mut();
        if let Some(id) = &self.invocation_id {
            headers.insert(INVOCATION_ID, id.clone());
        }
        headers.insert(SDK_REQUEST, self.attempt_header());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        if let Some(observer) = &self.core.settings().observer {
            observer.request(self.attempts, &request);
        }
        Ok((request, limits))
    }

    /// The first attempt does not say how many there may be: so the AWS CLI does.
    fn attempt_header(&self) -> HeaderValue {
        if self.attempts == 1 {
            return HeaderValue::from_static("attempt=1");
        }
        let text = format!("attempt={}; max={}", self.attempts, self.core.settings().retry.max_attempts);
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attempt"))
    }

    fn credentials(&self) -> Result<Option<Credentials>, CredentialsError> {
        if self.scope.is_none() {
            return Ok(None);
        }
        let provided = match &self.core.settings().credentials {
            Some(provider) => provider.provide(),
            None => Err(CredentialsError::Missing("the client has no source of credentials".into())),
        };
        match provided {
            Err(CredentialsError::Missing(_)) if self.operation.is_auth_optional() => Ok(None),
            provided => provided.map(Some),
        }
    }

    fn remaining(&self) -> Option<Duration> {
        let settings = self.core.settings();
        let spent = settings.clock.elapsed().saturating_sub(self.started);
        settings.timeouts.operation.map(|whole| whole.saturating_sub(spent))
    }

    fn attempt_limits(&self) -> Result<AttemptLimits, TransportError> {
        let settings = self.core.settings();
        let timeouts = settings.timeouts;
        let remaining = self.remaining();
        if remaining == Some(Duration::ZERO) {
            return Err(self.operation_timeout().into());
        }
        Ok(AttemptLimits {
            connect: timeouts.connect,
            read: timeouts.read,
            attempt: timeouts.attempt.into_iter().chain(remaining).min(),
            max_response_bytes: settings.limits.max_response_bytes,
        })
    }

    fn operation_timeout(&self) -> TransportErrorKind {
        TransportErrorKind::OperationTimeout(self.core.settings().timeouts.operation.unwrap_or_default())
    }

    /// What a response means.
    pub fn judge<P: Protocol>(&mut self, service: &'static Service, response: &Response<Bytes>) -> Verdict {
        let settings = self.core.settings();
        if let Some(observer) = &settings.observer {
            observer.response(self.attempts, response);
        }
        if P::is_output(service, received(response)) {
            self.core.bucket.refill(self.retry_cost);
            return Verdict::Output;
        }
        let summary = P::read_error_summary(service, self.operation, received(response), self.read_options());
        let classification = classify(self.operation, response.status(), &summary);
        if !self.skew_corrected && is_clock_skew(&summary) && self.core.correct_skew(response.headers(), self.signed_at)
        {
            self.skew_corrected = true;
            if self.attempts < settings.retry.max_attempts {
                self.announce_retry(Duration::ZERO);
                return Verdict::Retry(Duration::ZERO);
            }
        }
        match classification.retryable.then(|| self.plan_retry(false)).flatten() {
            Some(wait) => Verdict::Retry(wait),
            None => Verdict::Error(Reported { summary, classification }),
        }
    }

    /// How long to wait after an attempt that brought no response, or why there is no further one.
    pub fn judge_failure(&mut self, error: TransportError) -> Result<Duration, TransportError> {
        if let Some(observer) = &self.core.settings().observer {
            observer.failure(self.attempts, &error);
        }
        let timeout = error.kind == TransportErrorKind::ReadTimeout || error.kind == TransportErrorKind::AttemptTimeout;
        if timeout && self.remaining() == Some(Duration::ZERO) {
            return Err(TransportError { kind: self.operation_timeout(), ..error });
        }
        error.kind.is_retryable().then(|| self.plan_retry(timeout)).flatten().ok_or(error)
    }

    fn plan_retry(&mut self, timeout: bool) -> Option<Duration> {
        let settings = self.core.settings();
        if self.attempts >= settings.retry.max_attempts {
            return None;
        }
        let wait = settings.retry.backoff(self.attempts, unit(&*settings.random));
        if self.remaining().is_some_and(|remaining| remaining <= wait) {
            return None;
        }
        self.retry_cost = Some(self.core.bucket.take(timeout)?);
        self.announce_retry(wait);
        Some(wait)
    }

    fn announce_retry(&self, wait: Duration) {
        if let Some(observer) = &self.core.settings().observer {
            observer.retry(self.attempts, wait);
        }
    }

    fn read_options(&self) -> ReadOptions {
        ReadOptions { max_depth: self.core.settings().limits.max_depth, ..ReadOptions::CLIENT }
    }

    /// Reads the output, or the error, from the last response.
    pub fn finish<P: Protocol, R: ReadResult>(
        &self,
        service: &'static Service,
        read: &R,
        (response, error): Answer,
    ) -> Result<R::Output, Error<R::Error>> {
        let options = self.read_options();
        let Some(Reported { summary, classification }) = error else {
            return read.output::<P>(self.operation, received(&response), options).map_err(|source| {
                let (parts, body) = response.into_parts();
                let error = ResponseError { status: parts.status, source, headers: parts.headers, body };
                Error::Response(Box::new(error))
            });
        };
        let schema = summary.index.and_then(|index| Some((index, *self.operation.errors.get(index)?)));
        // An error that cannot be read in full is still an error, and its code and message were found.
        let kind = schema.and_then(|(index, schema)| {
            read.error::<P>(service, index, schema, received(&response), options).ok().flatten()
        });
        let (parts, body) = response.into_parts();
        Err(Error::Service(Box::new(ServiceError {
            code: summary.code,
            message: summary.message,
            request_id: request_id(&parts.headers),
            status: parts.status,
            retryable: classification.retryable,
            throttling: classification.throttling,
            attempts: self.attempts,
            kind,
            headers: parts.headers,
            body,
        })))
    }
}

fn received(response: &Response<Bytes>) -> ReceivedResponse<'_> {
    ReceivedResponse::new(response.status(), response.headers(), response.body())
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = REQUEST_IDS.iter().find_map(|name| headers.get(name))?;
    value.to_str().ok().map(str::to_owned)
}
