//! What requests are signed with, and where it comes from.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_smithy_runtime_api::client::identity::Identity;

/// An access key with its secret, ready for signing. Cheap to clone; shows no secret.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: Arc<str>,
    identity: Identity,
}

impl Credentials {
    /// Credentials that do not expire. The session token belongs to temporary ones.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        aws_credential_types::Credentials::new(access_key_id, secret_access_key, session_token, None, "static").into()
    }

    /// The key's public half.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// When they stop being valid.
    pub fn expires(&self) -> Option<SystemTime> {
        self.identity.expiration()
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl From<aws_credential_types::Credentials> for Credentials {
    fn from(credentials: aws_credential_types::Credentials) -> Self {
        Self { access_key_id: credentials.access_key_id().into(), identity: credentials.into() }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// There are no credentials.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// No source has any.
    #[error("no credentials: {0}")]
    Missing(String),
    /// A source should have them, and cannot give them.
    #[error("the source of credentials failed: {0}")]
    Failed(String),
}

/// Gives the credentials for the next request. It is asked for each attempt, so that it can renew them.
///
/// It is asked by both clients, and the asynchronous one asks on a thread of the runtime: what has to wait (for a file,
/// a process or a service) must not do so here. Let a task or thread of your own renew the credentials some minutes
/// before they expire and leave them where this finds them at once:
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use whitesmith_client::{Config, Credentials, CredentialsError};
///
/// // Written by whoever renews the credentials.
/// let current: Arc<RwLock<Option<Credentials>>> = Arc::default();
/// let shared = current.clone();
/// let provider = move || {
///     let found = shared.read().ok().and_then(|credentials| credentials.clone());
///     found.ok_or_else(|| CredentialsError::Missing("none were fetched yet".into()))
/// };
/// let config = Config::builder().credentials(provider).build();
/// ```
///
/// Implemented by closures and by [`Credentials`] themselves.
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to sign the next request with.
    fn provide(&self) -> Result<Credentials, CredentialsError>;
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        Ok(self.clone())
    }
}

impl<F: Fn() -> Result<Credentials, CredentialsError> + Send + Sync> ProvideCredentials for F {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        self()
    }
}

/// Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` for each request.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvironmentCredentials;

impl ProvideCredentials for EnvironmentCredentials {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let required = |name: &str| {
            variable(name).ok_or_else(|| CredentialsError::Missing(format!("the variable {name} is not set")))
        };
        let access_key_id = required("AWS_ACCESS_KEY_ID")?;
        Ok(Credentials::new(access_key_id, required("AWS_SECRET_ACCESS_KEY")?, variable("AWS_SESSION_TOKEN")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown() {
        let shown = format!("{:?}", Credentials::new("AKID", "SECRET", Some("TOKEN".into())));
        assert!(shown.contains("AKID") && !shown.contains("SECRET") && !shown.contains("TOKEN"), "{shown}");
    }
}
