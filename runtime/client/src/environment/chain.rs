//! Credentials from services, by the `aws-config` crate.
//!
//! Its providers are asynchronous, so they run on a small runtime that is created only if they are needed. Their requests
//! use the client's transport: the program contains one HTTP stack and one TLS library.

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError as ProviderError;

use super::source::Chain;
use super::transport::BlockingHttpClient;
use crate::error::Chain as ErrorChain;
use crate::{Config, Credentials, CredentialsError};

/// Tries the providers in the AWS CLI's order.
pub(super) fn credentials(chain: &Chain, config: &Config) -> Result<Credentials, CredentialsError> {
    let failed = |problem: &dyn std::error::Error| {
        CredentialsError::Failed(format!("cannot get credentials: {}", ErrorChain(problem)))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
    let client = BlockingHttpClient::new(config).map_err(|error| failed(&error))?;
    runtime.block_on(async {
        let region = chain.region.clone().map(Region::new);
        let configuration = ProviderConfig::without_region()
            .with_region(region)
            .with_http_client(client)
            .with_behavior_version(Some(BehaviorVersion::latest()));
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
    })
}
