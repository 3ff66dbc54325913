//! Where the credentials of a call come from.
//!
//! Keys in the environment and in the files, and those that a process prints, are found here, without an
//! asynchronous runtime: most calls need no more. Everything else (roles, web identity, SSO, containers, instance
//! metadata) is left to the `aws-config` crate, with the feature `credential-chain`.

#[cfg(feature = "credential-chain")]
mod chain;
mod process;
mod profile;
#[cfg(feature = "credential-chain")]
mod transport;

use whitesmith_client::{Config, Credentials, CredentialsError, ProvideCredentials};

use crate::configuration::Settings;
use crate::failure::Failure;

/// Credentials for a call, found when the first request is to be signed.
#[derive(Debug)]
pub struct Provider {
    source: profile::Source,
    /// How services that give credentials are connected to.
    connection: Config,
    found: std::sync::OnceLock<Result<Credentials, CredentialsError>>,
}

impl Provider {
    /// Looks at what is there, and asks for nothing yet.
    pub fn new(settings: &Settings, connection: Config) -> Result<Self, Failure> {
        Ok(Self { source: profile::source(settings)?, connection, found: std::sync::OnceLock::new() })
    }
}

impl ProvideCredentials for Provider {
    fn provide(&self) -> Result<Credentials, CredentialsError> {
        self.found
            .get_or_init(|| match &self.source {
                profile::Source::Keys(credentials) => Ok(credentials.clone()),
                profile::Source::Process(command) => process::run(command).map_err(CredentialsError::Failed),
                profile::Source::Incomplete(problem) => Err(CredentialsError::Failed(problem.clone())),
                profile::Source::Chain(chain) => from_chain(chain, &self.connection),
            })
            .clone()
    }
}

#[cfg(feature = "credential-chain")]
use chain::credentials as from_chain;

#[cfg(not(feature = "credential-chain"))]
fn from_chain(chain: &profile::Chain, _: &Config) -> Result<Credentials, CredentialsError> {
    match &chain.needs {
        Some(needs) => Err(CredentialsError::Failed(format!(
            "The profile has {needs}, which this program was built without (feature credential-chain)"
        ))),
        None => Err(CredentialsError::Missing("neither the environment nor the profile has any".to_owned())),
    }
}

/// The failure that a lack of credentials comes to.
pub fn failure(error: &CredentialsError) -> Failure {
    match error {
        CredentialsError::Failed(problem) => Failure::general(format!("{problem}.")),
        _ => Failure::configuration(
            "NoCredentials",
            "There are no credentials. They can be set as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in a profile.",
        ),
    }
}

#[cfg(test)]
mod tests;
