//! Calls whose bodies the client holds: streams of requests and responses.

use http::Extensions;

use super::attempt::Call;
#[cfg(feature = "checksums")]
use super::attempt::account;
#[cfg(feature = "checksums")]
use crate::checksum::{BodyDigest, frame};
use crate::credentials::Credentials;
#[cfg(feature = "checksums")]
use crate::credentials::CredentialsError;
#[cfg(feature = "checksums")]
use crate::error::CallError;
use crate::payload::Payload;
#[cfg(all(feature = "asynchronous", feature = "event-stream"))]
use crate::signing::EventSigner;
#[cfg(feature = "checksums")]
use crate::signing::{Authentication, ChunkSigner};
use crate::signing::{BodySignature, SigningScope};

impl Call<'_> {
    /// Sends a body of that length, which the client holds, in place of the input's member that is a stream. No attempt
    /// follows one that sends a body that cannot be read again.
    pub fn stream_request(&mut self, length: Option<u64>, replayable: bool) {
        let payload = Payload::Stream { length };
        if let Some(addressed) = &mut self.addressed {
            *addressed.request.body_mut() = payload.clone();
        }
        self.request_stream = Some(payload);
        self.replayable = replayable;
    }

    /// Leaves the body of a successful response with the client, if the operation's output has a stream.
    pub fn stream_response(&mut self) {
        self.streams_response = self.operation.output.members.iter().any(|member| member.is_streaming());
    }

    /// Begins what has to be computed over a streamed body before its first request: the client feeds it with the whole
    /// body, and hands it to [`set_body_digest`](Self::set_body_digest).
    #[cfg(feature = "checksums")]
    pub(crate) fn body_digest(
        &mut self,
        provided: Option<&Result<Credentials, CredentialsError>>,
    ) -> Result<Option<BodyDigest>, CallError> {
        let (operation, replayable) = (self.operation, self.replayable);
        if self.attempts > 0 || self.request_stream.is_none() || operation.input_events().is_some() {
            return Ok(None);
        }
        let addressed = self.address(account(provided), true)?;
        let scope = match &addressed.authentication {
            Some(Authentication::Signature(scope)) if provided.is_some_and(Result::is_ok) => Some(scope),
            _ => None,
        };
        let algorithm = addressed.checksum.take();
        let (signature, digest) = frame(operation, &mut addressed.request, algorithm, scope, replayable)?;
        addressed.body_signature = signature;
        Ok(digest)
    }

    /// Completes the request with what was computed over its body.
    #[cfg(feature = "checksums")]
    pub(crate) fn set_body_digest(&mut self, digest: BodyDigest) {
        if let Some(addressed) = &mut self.addressed {
            addressed.body_signature = digest.finish(addressed.request.headers_mut());
        }
    }

    /// Passes on what the body's parts are signed with.
    pub(super) fn sign_stream(
        &self,
        extensions: &mut Extensions,
        body: &BodySignature,
        scope: SigningScope,
        credentials: Credentials,
        signature: String,
    ) {
        match body {
            #[cfg(all(feature = "asynchronous", feature = "event-stream"))]
            BodySignature::Events => {
                let clock = self.core.settings().clock.clone();
                extensions.insert(EventSigner::new(scope, credentials, clock, self.signed_at, signature));
            }
            #[cfg(feature = "checksums")]
            BodySignature::Chunks => {
                extensions.insert(ChunkSigner::new(scope, credentials, self.signed_at, signature));
            }
            _ => {
                let _ = (extensions, scope, credentials, signature);
            }
        }
    }
}
