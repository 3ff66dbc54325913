//! The credentials that the environment and the files name.
//!
//! Keys in the environment and in the files, and those that a process prints, are found here, without an asynchronous
//! runtime: most programs need no more. Everything else (roles, web identity, SSO, containers, instance metadata) is left to
//! the `aws-config` crate, with the feature `credential-chain`.

use std::sync::Arc;

#[cfg(feature = "credential-chain")]
use super::chain::credentials as from_chain;
use super::expiration::ParseTime;
#[cfg(not(feature = "credential-chain"))]
use super::source::Chain;
use super::source::{self, Source};
use super::{Settings, SettingsError, process};
#[cfg(feature = "asynchronous")]
use crate::BoxFuture;
use crate::credentials::CachedCredentials;
use crate::{Config, Credentials, CredentialsError, ProvideCredentials};

/// Credentials as the AWS CLI finds them, looked up when the first request is signed and again when they have expired.
#[derive(Clone, Debug)]
pub struct DefaultCredentials(Arc<CachedCredentials<Lookup>>);

#[derive(Debug)]
struct Lookup {
    source: Source,
    parse_time: ParseTime,
    /// How services that issue credentials are called; only they need it to be usable.
    connection: Result<Config, SettingsError>,
}

impl DefaultCredentials {
    /// Chooses the source, without asking it yet. `connection` has the certificates and the proxy for services that issue
    /// credentials, and as the time of an operation that which all of their requests together may take.
    ///
    /// # Errors
    /// A file cannot be read, or the region of a role is invalid.
    pub fn new(settings: &Settings, connection: Result<Config, SettingsError>) -> Result<Self, SettingsError> {
        let (source, parse_time) = (source::source(settings)?, settings.parse_time());
        Ok(Self(Arc::new(CachedCredentials::new(Lookup { source, parse_time, connection }))))
    }
}

impl ProvideCredentials for DefaultCredentials {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        self.0.provide()
    }

    #[cfg(feature = "asynchronous")]
    fn provide_async(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let this = self.clone();
        Box::pin(async move {
            // Sources block: files, processes, and services with a runtime of their own.
            let found = tokio::task::spawn_blocking(move || this.provide()).await;
            found.unwrap_or_else(|error| Err(CredentialsError::Failed(error.to_string())))
        })
    }
}

impl ProvideCredentials for Lookup {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        match &self.source {
            Source::Keys(credentials) => Ok(credentials.clone()),
            Source::Process { command, profile, account } => {
                let found = process::run(command, profile, self.parse_time).map_err(CredentialsError::Failed)?;
                Ok(match account {
                    Some(account) if found.account_id().is_none() => found.with_account_id(account),
                    _ => found,
                })
            }
            Source::Unusable(problem) => Err(CredentialsError::Failed(problem.clone())),
            Source::Chain(chain) => match &self.connection {
                Ok(connection) => from_chain(chain, connection),
                Err(error) => Err(CredentialsError::Failed(error.to_string())),
            },
        }
    }
}

#[cfg(not(feature = "credential-chain"))]
fn from_chain(chain: &Chain, _: &Config) -> Result<Credentials, CredentialsError> {
    match &chain.needs {
        Some(needs) => Err(CredentialsError::Failed(format!(
            "unsupported profile setting {needs}: this program was built without the feature credential-chain"
        ))),
        None => Err(CredentialsError::Missing("neither the environment nor the profile has credentials".to_owned())),
    }
}
