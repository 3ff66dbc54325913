//! Attempts: requests of one call, and what their responses mean for it.

use std::fmt;
use std::time::{Duration, SystemTime};

#[cfg(feature = "checksums")]
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http::{HeaderName, HeaderValue, Method, Request, Response, response};
use whitesmith_protocol::{ErrorSummary, JudgeResponse, ReceivedResponse};
use whitesmith_schema::{AuthScheme, Operation, Service, Value};

use super::addressing::{Addressed, add_checksum, choose_checksum, compress};
use super::state::Core;
#[cfg(feature = "checksums")]
use crate::checksum::ResponseCheck;
use crate::clock::{unit, uuid};
use crate::config::Settings;
use crate::credentials::{Credentials, CredentialsError, ProvideCredentials};
use crate::endpoint::EndpointError;
use crate::error::{CallError, ChecksumMismatch, TransportError, TransportErrorKind};
use crate::interceptor::{Context, Interceptor};
use crate::payload::Payload;
use crate::retry::{Classification, classify, is_clock_skew};
use crate::signing::{
    Authentication, BodySignature, PresignedRequest, SigningError, add_api_key, add_basic, add_bearer, presign,
    sign_payload,
};

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// Limits of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptLimits {
    /// Time for the connection.
    pub connect: Option<Duration>,
    /// Time for each part of the request and of the response.
    pub read: Option<Duration>,
    /// Time for the whole attempt.
    pub attempt: Option<Duration>,
    /// Whether the response's body is streamed: then `attempt` ends with its head.
    pub streams_response: bool,
}

/// One call: its attempts and what they came to.
pub struct Call<'a> {
    pub(super) core: &'a Core,
    pub(super) service: &'static Service,
    pub(super) operation: &'static Operation,
    protocol: &'static dyn JudgeResponse,
    /// The written message with the fields that its host depends on, until it is addressed: the endpoint may depend on
    /// the credentials' account.
    written: Option<(whitesmith_protocol::Request, Value)>,
    pub(super) addressed: Option<Addressed>,
    invocation_id: Option<HeaderValue>,
    pub(super) attempts: u32,
    started: Duration,
    /// What the last retry took from the budget.
    retry_cost: Option<u32>,
    /// The time in the last attempt's signature.
    pub(super) signed_at: SystemTime,
    skew_corrected: bool,
    /// The body that takes the place of the input's member that is a stream.
    pub(super) request_stream: Option<Payload>,
    pub(super) streams_response: bool,
    /// Whether the request's body can be sent again.
    pub(super) replayable: bool,
}

/// An error that a response carries, and what it means for further attempts.
#[derive(Debug)]
pub struct Reported {
    pub(super) summary: ErrorSummary,
    pub(super) classification: Classification,
}

/// The last response of a call, with the error that it carries.
pub type Answer = (Response<Payload>, Option<Reported>);

/// What to do after an attempt.
#[derive(Debug)]
pub enum Verdict {
    /// The response carries the output.
    Output,
    /// Wait and retry.
    Retry(Duration),
    /// The response carries an error, which the call returns.
    Error(Reported),
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<'a> Call<'a> {
    pub(super) fn new(
        core: &'a Core,
        service: &'static Service,
        operation: &'static Operation,
        protocol: &'static dyn JudgeResponse,
        message: whitesmith_protocol::Request,
        fields: Value,
    ) -> Result<Self, CallError> {
        let settings = core.settings();
        let mut call = Self {
            core,
            service,
            operation,
            protocol,
            written: Some((message, fields)),
            addressed: None,
            invocation_id: HeaderValue::try_from(uuid(&*settings.random)).ok(),
            attempts: 0,
            started: settings.clock.elapsed(),
            retry_cost: None,
            signed_at: SystemTime::UNIX_EPOCH,
            skew_corrected: false,
            request_stream: None,
            streams_response: false,
            replayable: true,
        };
        // Without credentials to wait for, a missing endpoint is reported before anything else.
        if call.credentials_provider().is_none() {
            call.address(None, true)?;
        }
        Ok(call)
    }

    /// Returns the span of the call.
    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> tracing::Span {
        crate::trace::span(self.service, self.operation)
    }

    /// Returns the provider of the credentials that the next attempt is signed with. `None` where nothing is signed, or
    /// nothing provides credentials.
    pub fn credentials_provider(&self) -> Option<&'a dyn ProvideCredentials> {
        let settings = self.core.settings();
        let signs = match &self.addressed {
            None => settings.sign && self.operation.auth.iter().any(is_signature),
            Some(addressed) => matches!(addressed.authentication, Some(Authentication::Signature(_))),
        };
        settings.credentials.as_deref().filter(|_| signs)
    }

    /// Returns how many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Gives the written message its endpoint, once. A request that someone else will send, with a body of their own, has
    /// no checksum.
    pub(super) fn address(&mut self, account: Option<&str>, with_checksum: bool) -> Result<&mut Addressed, CallError> {
        if let Some((message, fields)) = self.written.take() {
            let mut addressed = self.core.address(self.service, self.operation, message, &fields, account)?;
            if let Some(stream) = &self.request_stream {
                *addressed.request.body_mut() = stream.clone();
            }
            let context = self.context();
            for interceptor in &self.core.settings().interceptors {
                interceptor.modify_request(&context, &mut addressed.request).map_err(CallError::Interceptor)?;
            }
            compress(self.core.settings(), self.operation, &mut addressed.request);
            if with_checksum {
                choose_checksum(self.core.settings(), self.operation, &mut addressed, &fields)?;
            }
            self.addressed = Some(addressed);
        }
        self.addressed.as_mut().ok_or_else(|| EndpointError::no_rule().into())
    }

    /// Returns the next attempt's request, signed for now. `provided` is what
    /// [`credentials_provider`](Self::credentials_provider) gave.
    ///
    /// # Errors
    /// When there is no endpoint, the credentials are missing or expired, the request cannot be signed, an interceptor
    /// refuses it, or the call's time is over.
    pub fn next_request(
        &mut self,
        provided: Option<Result<Credentials, CredentialsError>>,
    ) -> Result<(Request<Payload>, AttemptLimits), CallError> {
        let limits = self.attempt_limits()?;
        let account = account(provided.as_ref());
        let of_events = self.operation.input_events().is_some();
        let addressed = self.address(account, true)?;
        add_checksum(addressed);
        let mut request = addressed.request.clone();
        let authentication = addressed.authentication.clone();
        let body = if of_events { BodySignature::Events } else { addressed.body_signature.clone() };
        self.attempts = self.attempts.saturating_add(1);
        let (core, context) = (self.core, self.context());
        let settings = core.settings();
        for interceptor in &settings.interceptors {
            interceptor.modify_before_signing(&context, &mut request).map_err(CallError::Interceptor)?;
        }
        match authentication {
            Some(Authentication::Signature(scope)) => {
                if let Some(credentials) = self.usable(provided)? {
                    self.signed_at = core.clock.now(&*settings.clock);
                    let signature = sign_payload(&mut request, &scope, &credentials, self.signed_at, &body)?;
                    self.sign_stream(request.extensions_mut(), &body, scope, credentials, signature);
                }
            }
            Some(other) => add_secret(settings, &mut request, &other)?,
            None => {}
        }
        let length = request.body().length();
        let is_bodiless = matches!(*request.method(), Method::GET | Method::HEAD);
        let headers = request.headers_mut();
        if let Some(id) = &self.invocation_id {
            headers.insert(INVOCATION_ID, id.clone());
        }
        headers.insert(SDK_REQUEST, self.attempt_header());
        // A request whose method gives a body no meaning has no length either (RFC 9110, section 8.6).
        if let Some(length) = length.filter(|length| *length > 0 || !is_bodiless) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        for interceptor in &settings.interceptors {
            interceptor.modify_before_transmit(&context, &mut request).map_err(CallError::Interceptor)?;
        }
        self.intercept(|interceptor, context| interceptor.before_transmit(context, &request));
        Ok((request, limits))
    }

    /// Returns the request signed in its URL, valid for `expires_in`. No attempt follows.
    ///
    /// # Errors
    /// When there is no endpoint, the credentials are missing or expired, or the operation is not signed.
    pub fn presign(
        mut self,
        provided: Option<Result<Credentials, CredentialsError>>,
        expires_in: Duration,
    ) -> Result<PresignedRequest, CallError> {
        let account = account(provided.as_ref());
        let addressed = self.address(account, false)?;
        let (request, authentication) = (addressed.request.clone(), addressed.authentication.clone());
        let Some(Authentication::Signature(scope)) = authentication else {
            return Err(SigningError::UnsupportedScheme("presigned".into(), ": the operation is not signed").into());
        };
        let missing = || CredentialsError::Missing("a presigned request needs credentials".into());
        let credentials = self.usable(provided)?.ok_or_else(missing)?;
        let now = self.core.clock.now(&*self.core.settings().clock);
        Ok(presign(request, &scope, &credentials, now, expires_in)?)
    }

    /// Returns the credentials to sign with; `None` where the operation does without.
    fn usable(
        &self,
        provided: Option<Result<Credentials, CredentialsError>>,
    ) -> Result<Option<Credentials>, CredentialsError> {
        let missing = || CredentialsError::Missing("the client has no credentials provider".into());
        match provided.unwrap_or_else(|| Err(missing())) {
            Ok(credentials) => credentials.check_expiry(self.core.settings().clock.now()).map(|()| Some(credentials)),
            Err(CredentialsError::Missing(_)) if self.operation.is_auth_optional() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Checks a body that is in memory by the checksum that the request asked for.
    pub(super) fn check_response(&self, response: &Response<Payload>) -> Result<(), ChecksumMismatch> {
        #[cfg(feature = "checksums")]
        if let (Some(mut check), Some(body)) = (self.response_check(response.headers()), response.body().bytes()) {
            check.update(body);
            check.finish()?;
        }
        #[cfg(not(feature = "checksums"))]
        let _ = response;
        Ok(())
    }

    /// Returns the check of a response's body by the checksum that the request asked for.
    #[cfg(feature = "checksums")]
    pub(crate) fn response_check(&self, headers: &HeaderMap) -> Option<ResponseCheck> {
        ResponseCheck::new(self.operation, &self.addressed.as_ref()?.request, headers)
    }

    fn attempt_header(&self) -> HeaderValue {
        let text = format!("attempt={}; max={}", self.attempts, self.core.settings().retry.max_attempts);
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attempt"))
    }

    fn context(&self) -> Context {
        let (service, operation, attempt) = (self.service, self.operation, self.attempts);
        Context { service, operation, attempt, max_attempts: self.core.settings().retry.max_attempts }
    }

    fn intercept(&self, tell: impl Fn(&dyn Interceptor, &Context)) {
        let context = self.context();
        #[cfg(feature = "tracing")]
        tell(&crate::trace::Trace, &context);
        self.core.settings().interceptors.iter().for_each(|interceptor| tell(&**interceptor, &context));
    }

    /// Returns what is left of the call's time.
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
        // The caller decides when the next event is sent, and when the last one.
        let is_paced = self.operation.input_events().is_some();
        Ok(AttemptLimits {
            connect: timeouts.connect,
            read: timeouts.read.filter(|_| !is_paced),
            attempt: timeouts.attempt.into_iter().chain(remaining).min().filter(|_| !is_paced),
            streams_response: self.streams_response,
        })
    }

    fn operation_timeout(&self) -> TransportErrorKind {
        TransportErrorKind::OperationTimeout(self.core.settings().timeouts.operation.unwrap_or_default())
    }

    /// Judges a response.
    pub fn judge(&mut self, head: &response::Parts, body: &Payload) -> Verdict {
        self.intercept(|interceptor, context| interceptor.after_response(context, head, body));
        let received = ReceivedResponse { status: head.status, headers: &head.headers, body: body.received() };
        if self.protocol.is_output(self.service, received) {
            self.core.bucket.refill(self.retry_cost);
            return Verdict::Output;
        }
        let settings = self.core.settings();
        let options = self.core.read_options();
        let summary = self.protocol.read_error_summary(self.service, self.operation, received, options);
        let classification = classify(self.operation, head.status, &summary);
        if !self.skew_corrected
            && is_clock_skew(&summary)
            && self.core.clock.correct(&*settings.clock, &head.headers, self.signed_at)
        {
            self.skew_corrected = true;
            if self.attempts < settings.retry.max_attempts && self.replayable {
                self.announce_retry(Duration::ZERO);
                return Verdict::Retry(Duration::ZERO);
            }
        }
        match classification.retryable.then(|| self.plan_retry(false)).flatten() {
            Some(wait) => Verdict::Retry(wait),
            None => Verdict::Error(Reported { summary, classification }),
        }
    }

    /// Returns how long to wait after an attempt that brought no response.
    ///
    /// # Errors
    /// The failure, when no attempt follows.
    pub fn judge_failure(&mut self, error: TransportError) -> Result<Duration, TransportError> {
        self.intercept(|interceptor, context| interceptor.after_failure(context, &error));
        let timeout = error.kind == TransportErrorKind::ReadTimeout || error.kind == TransportErrorKind::AttemptTimeout;
        if timeout && self.remaining() == Some(Duration::ZERO) {
            return Err(TransportError { kind: self.operation_timeout(), ..error });
        }
        error.kind.is_retryable().then(|| self.plan_retry(timeout)).flatten().ok_or(error)
    }

    fn plan_retry(&mut self, timeout: bool) -> Option<Duration> {
        let settings = self.core.settings();
        if self.attempts >= settings.retry.max_attempts || !self.replayable {
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
        self.intercept(|interceptor, context| interceptor.before_retry(context, wait));
    }
}

fn is_signature(scheme: &AuthScheme) -> bool {
    matches!(scheme, AuthScheme::SigV4 | AuthScheme::SigV4A)
}

/// Returns the account that credentials belong to.
pub(super) fn account(provided: Option<&Result<Credentials, CredentialsError>>) -> Option<&str> {
    provided?.as_ref().ok()?.account_id()
}

/// Adds the secret that authenticates a request without a signature.
fn add_secret(
    settings: &Settings,
    request: &mut Request<Payload>,
    authentication: &Authentication,
) -> Result<(), CallError> {
    match authentication {
        Authentication::Bearer => {
            if let Some(provider) = &settings.token {
                add_bearer(request, &provider.provide_token()?)?;
            }
        }
        Authentication::ApiKey(place) => {
            if let Some(key) = &settings.api_key {
                add_api_key(request, place, key)?;
            }
        }
        Authentication::Basic => {
            if let Some(login) = &settings.login {
                add_basic(request, login)?;
            }
        }
        Authentication::Signature(_) => {}
    }
    Ok(())
}
