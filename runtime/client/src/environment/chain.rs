//! Credentials from services, by the `aws-config` crate.
//!
//! Its providers are asynchronous, so they run on a small runtime that is created only if they are needed. Their requests
//! use the client's transport: the program contains one HTTP stack and one TLS library.

use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError as ProviderError;
use tokio::runtime::Runtime;

use super::guarded::guarded;
use super::source::Chain;
use super::transport::BlockingHttpClient;
use crate::error::Chain as ErrorChain;
use crate::{Config, Credentials, CredentialsError};

/// Returns the runtime that drives the providers.
fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

fn provider_config(client: BlockingHttpClient, region: Option<Region>) -> ProviderConfig {
    ProviderConfig::without_region()
        .with_region(region)
        .with_http_client(client)
        .with_behavior_version(Some(BehaviorVersion::latest()))
}

/// Asks the machine's metadata for its region within a time: there may be no such machine.
pub(super) fn instance_region(config: &Config, attempts: u32, limit: Duration) -> Option<String> {
    let client = BlockingHttpClient::new(config).ok()?.with_total_limit(limit);
    let configuration = provider_config(client, None);
    let client = imds::Client::builder().configure(&configuration).max_attempts(attempts).build();
    let provider = ImdsRegionProvider::builder().configure(&configuration).imds_client(client).build();
    let runtime = runtime().ok()?;
    guarded(|| runtime.block_on(provider.region())).ok()?.map(|region| region.to_string())
}

/// Tries the providers in the AWS CLI's order, within the time that the configuration has for a call.
pub(super) fn credentials(chain: &Chain, config: &Config) -> Result<Credentials, CredentialsError> {
    let failed = |problem: &dyn std::error::Error| {
        CredentialsError::Failed(format!("cannot get credentials: {}", ErrorChain(problem)))
    };
    let region = chain.region.clone().map(Region::new);
    let mut client = BlockingHttpClient::new(config).map_err(|error| failed(&error))?;
    if let Some(limit) = config.timeouts().operation {
        client = client.with_total_limit(limit);
    }
    let configuration = provider_config(client, region);
    let runtime = runtime().map_err(|error| failed(&error))?;
    let provide = async {
        let profile =
            ProfileFileCredentialsProvider::builder().configure(&configuration).profile_name(&chain.profile).build();
        let mut links = if chain.from_environment {
            let web_identity = WebIdentityTokenCredentialsProvider::builder().configure(&configuration).build();
            CredentialsProviderChain::first_try("profile", profile).or_else("web identity", web_identity)
        } else {
            CredentialsProviderChain::first_try("profile", profile)
        };
        links = links.or_else("container", EcsCredentialsProvider::builder().configure(&configuration).build());
        let metadata = ImdsCredentialsProvider::builder().configure(&configuration).build();
        links = links.or_else("instance metadata", metadata);
        match links.provide_credentials().await {
            Ok(credentials) => Ok(credentials.into()),
            Err(error @ ProviderError::CredentialsNotLoaded(_)) => {
                Err(CredentialsError::Missing(ErrorChain(&error).to_string()))
            }
            Err(error) => Err(failed(&error)),
        }
    };
    guarded(|| runtime.block_on(provide))
        .unwrap_or_else(|problem| Err(CredentialsError::Failed(format!("cannot get credentials: {problem}"))))
}
