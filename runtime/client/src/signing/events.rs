//! Signatures of events. Each covers the one before it; the first covers the request's ("Event stream encoding", Amazon
//! Transcribe Developer Guide).

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use aws_sigv4::{SigningOutput, http_request};
use whitesmith_protocol::event_stream::EventMessage;

use super::{SigningError, SigningScope, signer};
use crate::clock::Clock;
use crate::credentials::Credentials;

/// Signs the events of one request.
#[derive(Clone)]
pub(crate) struct EventSigner {
    scope: SigningScope,
    credentials: Credentials,
    clock: Arc<dyn Clock>,
    /// When the request was signed: by the service's clock, and by [`Clock::elapsed`].
    started: (SystemTime, Duration),
    last_signature: String,
}

impl fmt::Debug for EventSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSigner").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl EventSigner {
    /// Continues from a request that was signed at `time`.
    pub fn new(
        scope: SigningScope,
        credentials: Credentials,
        clock: Arc<dyn Clock>,
        time: SystemTime,
        signature: String,
    ) -> Self {
        let started = (time, clock.elapsed());
        Self { scope, credentials, clock, started, last_signature: signature }
    }

    /// Wraps a message in a signed one.
    pub fn sign(&mut self, message: &EventMessage) -> Result<EventMessage, SigningError> {
        self.signed(|last, params| sign_message(message, last, params))
    }

    /// Returns the message that ends a signed stream.
    pub fn sign_end(&mut self) -> Result<EventMessage, SigningError> {
        self.signed(sign_empty_message)
    }

    fn signed(
        &mut self,
        sign: impl for<'p> FnOnce(
            &'p str,
            &'p SigningParams<'p, ()>,
        ) -> Result<SigningOutput<EventMessage>, http_request::SigningError>,
    ) -> Result<EventMessage, SigningError> {
        let (time, elapsed) = self.started;
        let now = time.checked_add(self.clock.elapsed().saturating_sub(elapsed)).unwrap_or(time);
        let params = SigningParams::builder()
            .identity(self.credentials.identity())
            .region(&self.scope.region)
            .name(&self.scope.name)
            .time(now)
            .settings(())
            .build()
            .map_err(|error| signer(&error))?;
        let signed = sign(&self.last_signature, &params).map_err(|error| signer(&error))?;
        let (message, signature) = signed.into_parts();
        self.last_signature = signature;
        Ok(message)
    }
}
