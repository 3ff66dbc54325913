//! Credentials and their providers.

use std::fmt;
use std::future::ready;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as Keys;
use aws_smithy_runtime_api::client::identity::Identity;
use whitesmith_schema::Timestamp;

use crate::BoxFuture;

/// An access key with its secret. Cheap to clone; `Debug` shows no secret.
#[derive(Clone)]
pub struct Credentials {
    keys: Keys,
    identity: Identity,
}

impl Credentials {
    /// Creates credentials that do not expire. The session token belongs to temporary ones.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        Keys::new(access_key_id, secret_access_key, session_token, None, "static").into()
    }

    /// Sets when they expire.
    #[must_use]
    pub fn with_expiry(mut self, expiry: SystemTime) -> Self {
        *self.keys.expiry_mut() = Some(expiry);
        self.keys.into()
    }

    /// Sets the account that they belong to, for account-based endpoints.
    #[must_use]
    pub fn with_account_id(self, account_id: impl Into<String>) -> Self {
        let mut keys = Keys::builder()
            .access_key_id(self.keys.access_key_id())
            .secret_access_key(self.keys.secret_access_key())
            .account_id(account_id.into())
            .provider_name("static");
        keys.set_session_token(self.keys.session_token().map(str::to_owned));
        keys.set_expiry(self.keys.expiry());
        keys.build().into()
    }

    /// Returns the key's public half.
    pub fn access_key_id(&self) -> &str {
        self.keys.access_key_id()
    }

    /// Returns when they expire.
    pub fn expires(&self) -> Option<SystemTime> {
        self.keys.expiry()
    }

    /// Returns the account that they belong to, if it is known.
    pub fn account_id(&self) -> Option<&str> {
        self.keys.account_id().map(|id| id.as_str())
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Refuses credentials that have expired.
    ///
    /// # Errors
    /// [`CredentialsError::Expired`].
    pub fn check_expiry(&self, now: SystemTime) -> Result<(), CredentialsError> {
        match self.expires() {
            Some(since) if since <= now => Err(CredentialsError::Expired { since: since.into() }),
            _ => Ok(()),
        }
    }
}

impl From<Keys> for Credentials {
    fn from(keys: Keys) -> Self {
        Self { identity: keys.clone().into(), keys }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("access_key_id", &self.access_key_id()).finish_non_exhaustive()
    }
}

/// Error of a call without usable credentials.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// No source has credentials.
    #[error("missing credentials: {0}")]
    Missing(String),
    /// A source should have credentials, but cannot provide them.
    #[error("cannot load credentials: {0}")]
    Failed(String),
    /// The credentials have expired.
    #[error("credentials expired at {since}")]
    Expired {
        /// When they expired.
        since: Timestamp,
    },
}

/// Provides the credentials of the next request. The clients ask for each attempt, so that a provider can renew them;
/// one that is slow to answer goes into [`CachedCredentials`].
///
/// The blocking client calls [`provide`](Self::provide), the asynchronous one [`provide_async`](Self::provide_async),
/// which a provider that waits should implement.
///
/// Implemented by closures and by [`Credentials`] themselves:
///
/// ```
/// use whitesmith_client::{Config, Credentials, CredentialsError};
///
/// let provider = || match std::fs::read_to_string("secret") {
///     Ok(secret) => Ok(Credentials::new("AKID", secret, None)),
///     Err(error) => Err(CredentialsError::Failed(error.to_string())),
/// };
/// let config = Config::builder().credentials(provider).build();
/// ```
pub trait ProvideCredentials: Send + Sync {
    /// Returns the credentials to sign the next request with. May block the thread.
    ///
    /// # Errors
    /// When there are none.
    fn provide(&self) -> Result<Credentials, CredentialsError>;

    /// Returns the credentials to sign the next request with, without blocking the thread. The default calls
    /// [`provide`](Self::provide).
    ///
    /// # Errors
    /// When there are none.
    fn provide_async(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(ready(self.provide()))
    }
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

/// Credentials from an asynchronous function, for the asynchronous client alone.
///
/// ```
/// use whitesmith_client::credentials::AsyncCredentials;
/// use whitesmith_client::{Config, Credentials};
///
/// let provider = AsyncCredentials::new(|| async { Ok(Credentials::new("AKID", "SECRET", None)) });
/// let config = Config::builder().credentials(provider).build();
/// ```
pub struct AsyncCredentials<F>(F);

impl<F> AsyncCredentials<F> {
    /// Creates a provider from a function that returns a future.
    pub fn new<Fut>(function: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync,
        Fut: Future<Output = Result<Credentials, CredentialsError>> + Send + 'static,
    {
        Self(function)
    }
}

impl<F, Fut> ProvideCredentials for AsyncCredentials<F>
where
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<Credentials, CredentialsError>> + Send + 'static,
{
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        Err(CredentialsError::Failed("the provider works with the asynchronous client only".into()))
    }

    fn provide_async(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin((self.0)())
    }
}

/// Keeps a provider's credentials until shortly before they expire.
#[derive(Debug)]
pub struct CachedCredentials<P> {
    provider: P,
    refresh_before: Duration,
    found: Mutex<Option<Credentials>>,
}

/// How long before their end credentials are renewed (the AWS SDKs' default is between 10 seconds and 5 minutes).
const REFRESH_BEFORE: Duration = Duration::from_secs(60);

impl<P> CachedCredentials<P> {
    /// Wraps a provider. Credentials are renewed one minute before they expire.
    pub fn new(provider: P) -> Self {
        Self { provider, refresh_before: REFRESH_BEFORE, found: Mutex::new(None) }
    }

    /// Sets how long before their expiry credentials are renewed.
    #[must_use]
    pub fn refresh_before(mut self, time: Duration) -> Self {
        self.refresh_before = time;
        self
    }

    fn fresh(&self) -> Option<Credentials> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let lasts = found
            .expires()
            .is_none_or(|expiry| SystemTime::now().checked_add(self.refresh_before).is_none_or(|until| until < expiry));
        lasts.then_some(found)
    }

    fn keep(&self, credentials: &Credentials) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(credentials.clone());
    }
}

impl<P: ProvideCredentials> ProvideCredentials for CachedCredentials<P> {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        if let Some(found) = self.fresh() {
            return Ok(found);
        }
        self.provider.provide().inspect(|credentials| self.keep(credentials))
    }

    fn provide_async(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        if let Some(found) = self.fresh() {
            return Box::pin(ready(Ok(found)));
        }
        Box::pin(async { self.provider.provide_async().await.inspect(|credentials| self.keep(credentials)) })
    }
}

/// Credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` and
/// `AWS_ACCOUNT_ID`, which are read for each request.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvironmentCredentials;

impl ProvideCredentials for EnvironmentCredentials {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        from_variables(|name| std::env::var(name).ok())
    }
}

/// Reads the variables that [`EnvironmentCredentials`] names.
fn from_variables(get: impl Fn(&str) -> Option<String>) -> Result<Credentials, CredentialsError> {
    let variable = |name: &str| get(name).filter(|value| !value.is_empty());
    let required = |name: &str| variable(name).ok_or_else(|| CredentialsError::Missing(format!("{name} is not set")));
    let access_key_id = required("AWS_ACCESS_KEY_ID")?;
    let mut credentials =
        Credentials::new(access_key_id, required("AWS_SECRET_ACCESS_KEY")?, variable("AWS_SESSION_TOKEN"));
    if let Some(text) = variable("AWS_CREDENTIAL_EXPIRATION") {
        credentials = credentials.with_expiry(parse_expiry(&text)?);
    }
    if let Some(account) = variable("AWS_ACCOUNT_ID") {
        credentials = credentials.with_account_id(account);
    }
    Ok(credentials)
}

/// Parses the time at which a credential source says that its credentials expire (RFC 3339).
///
/// # Errors
/// When the text is anything else, the empty text included: credentials whose end is unknown are not used.
pub fn parse_expiry(text: &str) -> Result<SystemTime, CredentialsError> {
    let time = Timestamp::parse_date_time(text.trim()).ok();
    // Times before 1970 are long past.
    let time = time.map(|time| Duration::from_secs(time.seconds().try_into().unwrap_or(0)));
    let time = time.and_then(|time| SystemTime::UNIX_EPOCH.checked_add(time));
    time.ok_or_else(|| CredentialsError::Failed(format!("invalid expiration `{text}`")))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", Credentials::new("AKID", "SECRET", Some("TOKEN".into())));
        assert!(shown.contains("AKID") && !shown.contains("SECRET") && !shown.contains("TOKEN"), "{shown}");
    }

    #[test]
    fn expired_credentials_are_refused_with_the_time() {
        let expiry = parse_expiry("2020-01-01T00:00:00Z").unwrap();
        let credentials = Credentials::new("A", "S", Some("T".into())).with_expiry(expiry).with_account_id("123");
        assert_eq!((credentials.expires(), credentials.account_id()), (Some(expiry), Some("123")));
        let error = credentials.check_expiry(SystemTime::now()).unwrap_err();
        assert_eq!(error.to_string(), "credentials expired at 2020-01-01T00:00:00Z");
        assert_eq!(credentials.check_expiry(SystemTime::UNIX_EPOCH), Ok(()));
        for text in ["", "tomorrow", "2020"] {
            assert!(parse_expiry(text).is_err(), "{text}");
        }
    }

    #[test]
    fn variables_carry_expiry_and_account() {
        let found = from_variables(|name| {
            Some(match name {
                "AWS_CREDENTIAL_EXPIRATION" => "2020-01-01T00:00:00Z".to_owned(),
                "AWS_SESSION_TOKEN" => String::new(),
                other => other.to_lowercase(),
            })
        })
        .unwrap();
        assert_eq!(found.access_key_id(), "aws_access_key_id");
        assert_eq!(found.account_id(), Some("aws_account_id"));
        assert!(found.check_expiry(SystemTime::now()).is_err());
        assert!(matches!(from_variables(|_| None), Err(CredentialsError::Missing(_))));
    }

    #[test]
    fn cached_credentials_are_renewed_before_they_expire() {
        let calls = AtomicUsize::new(0);
        let lifetime = |seconds| {
            let calls = &calls;
            move || {
                calls.fetch_add(1, Ordering::Relaxed);
                Ok(Credentials::new("A", "S", None).with_expiry(SystemTime::now() + Duration::from_secs(seconds)))
            }
        };
        for (seconds, expected) in [(3600, 1), (30, 2)] {
            calls.store(0, Ordering::Relaxed);
            let cached = CachedCredentials::new(lifetime(seconds));
            cached.provide().unwrap();
            cached.provide().unwrap();
            assert_eq!(calls.load(Ordering::Relaxed), expected);
        }
    }
}
