//! Where the credentials of a call come from.
//!
//! Keys in the environment and in the files, and those that a process prints, are found here, without an
//! asynchronous runtime: most calls need no more. Everything else (roles, web identity, SSO, containers, instance
//! metadata) is left to the `aws-config` crate, with the feature `credential-chain`.

#[cfg(feature = "credential-chain")]
mod chain;
mod expiration;
mod process;
mod profile;
#[cfg(feature = "credential-chain")]
mod transport;

use whitesmith_client::{Config, Credentials, CredentialsError, ProvideCredentials};

use crate::configuration::Settings;
use crate::failure::Failure;

/// Credentials for a call, looked up when the first request is signed.
#[derive(Debug)]
pub struct Provider {
    source: profile::Source,
    /// How services that issue credentials are called; only they need it to be usable.
    connection: Result<Config, Failure>,
    found: std::sync::OnceLock<Result<Credentials, CredentialsError>>,
}

impl Provider {
    /// Chooses the source, without asking it yet.
    pub fn new(settings: &Settings, connection: Result<Config, Failure>) -> Result<Self, Failure> {
        Ok(Self { source: profile::source(settings)?, connection, found: std::sync::OnceLock::new() })
    }
}

impl ProvideCredentials for Provider {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        self.found.get_or_init(|| self.find()).clone()
    }
}

impl Provider {
    fn find(&self) -> Result<Credentials, CredentialsError> {
        match &self.source {
            profile::Source::Keys(credentials) => Ok(credentials.clone()),
            profile::Source::Process { command, profile, account } => {
                let credentials = process::run(command, profile).map_err(CredentialsError::Failed)?;
                Ok(match account {
                    Some(account) if credentials.account_id().is_none() => credentials.with_account_id(account),
                    _ => credentials,
                })
            }
            profile::Source::Unusable(problem) => Err(CredentialsError::Failed(problem.clone())),
            profile::Source::Chain(chain) => match &self.connection {
                Ok(connection) => from_chain(chain, connection),
                Err(failure) => Err(CredentialsError::Failed(failure.message.clone())),
            },
        }
    }
}

#[cfg(feature = "credential-chain")]
use chain::credentials as from_chain;

#[cfg(not(feature = "credential-chain"))]
fn from_chain(chain: &profile::Chain, _: &Config) -> Result<Credentials, CredentialsError> {
    match &chain.needs {
        Some(needs) => Err(CredentialsError::Failed(format!(
            "unsupported profile setting {needs}: this program was built without the feature credential-chain"
        ))),
        None => Err(CredentialsError::Missing("neither the environment nor the profile has credentials".to_owned())),
    }
}

/// Returns the failure for missing or unusable credentials.
pub fn failure(error: &CredentialsError) -> Failure {
    match error {
        CredentialsError::Failed(problem) => Failure::general(problem.clone()),
        _ => Failure::configuration(
            "NoCredentials",
            "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or configure a profile",
        ),
    }
}

#[cfg(test)]
mod tests;
