//! Signatures of chunks. Each covers the one before it; the first covers the request's ("Signature calculations for the
//! Authorization header: Transferring payload in multiple chunks", Amazon S3 API Reference).

use std::fmt;
use std::time::SystemTime;

use aws_sigv4::SigningOutput;
use aws_sigv4::http_request;
use aws_sigv4::sign::v4::{SigningParams, sign_chunk, sign_trailer};
use aws_smithy_runtime_api::http::Headers;
use bytes::Bytes;

use super::{SigningError, SigningScope, signer};
use crate::credentials::Credentials;

/// Signs the chunks of one request's body.
#[derive(Clone)]
pub(crate) struct ChunkSigner {
    scope: SigningScope,
    credentials: Credentials,
    /// When the request was signed.
    time: SystemTime,
    last_signature: String,
}

impl fmt::Debug for ChunkSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChunkSigner").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl ChunkSigner {
    /// Continues from a request that was signed at `time`.
    pub(crate) fn new(scope: SigningScope, credentials: Credentials, time: SystemTime, signature: String) -> Self {
        Self { scope, credentials, time, last_signature: signature }
    }

    /// Returns the signature of a chunk.
    pub(crate) fn sign(&mut self, chunk: &Bytes) -> Result<&str, SigningError> {
        self.signed(|last, params| sign_chunk(chunk, last, params))
    }

    /// Returns the signature of the header that follows the last chunk.
    pub(crate) fn sign_trailer(&mut self, name: &'static str, value: String) -> Result<&str, SigningError> {
        let mut headers = Headers::new();
        headers.try_insert(name, value).map_err(|error| signer(&error))?;
        self.signed(|last, params| sign_trailer(&headers, last, params))
    }

    fn signed(
        &mut self,
        sign: impl for<'p> FnOnce(
            &'p str,
            &'p SigningParams<'p, ()>,
        ) -> Result<SigningOutput<()>, http_request::SigningError>,
    ) -> Result<&str, SigningError> {
        let params = SigningParams::builder()
            .identity(self.credentials.identity())
            .region(&self.scope.region)
            .name(&self.scope.name)
            .time(self.time)
            .settings(())
            .build()
            .map_err(|error| signer(&error))?;
        let ((), signature) = sign(&self.last_signature, &params).map_err(|error| signer(&error))?.into_parts();
        self.last_signature = signature;
        Ok(&self.last_signature)
    }
}
