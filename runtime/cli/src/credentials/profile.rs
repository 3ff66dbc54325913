//! Which source of credentials the settings point at.

use whitesmith_client::Credentials;

use crate::configuration::{Profile, Settings};
use crate::failure::Failure;

/// A source of credentials.
#[derive(Debug)]
pub enum Source {
    /// Keys that are at hand.
    Keys(Credentials),
    /// A command that prints keys.
    Process(String),
    /// Half a pair of keys: what is wrong with it.
    Incomplete(String),
    /// Everything that needs a service to be asked.
    Chain(Chain),
}

/// What the chain needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "credential-chain"), allow(dead_code, reason = "only the chain reads it all"))]
pub struct Chain {
    /// The profile.
    pub profile: String,
    /// The setting of the profile that asks for the chain.
    pub needs: Option<&'static str>,
    /// Whether variables of the environment count, or the profile alone.
    pub from_environment: bool,
    /// The region of the call.
    pub region: Option<String>,
}

/// Settings of a profile that need the chain.
const CHAIN_SETTINGS: [&str; 6] =
    ["role_arn", "web_identity_token_file", "sso_session", "sso_start_url", "sso_account_id", "login_session"];

/// Finds the source, in the order of the AWS CLI. A profile that an option names goes before the environment.
pub fn source(settings: &Settings) -> Result<Source, Failure> {
    let from_environment = !settings.globals.has(crate::arguments::GlobalOption::Profile);
    if from_environment && let Some(source) = environment_keys(settings) {
        return Ok(source);
    }
    let name = settings.profile_name();
    let files = settings.files()?;
    let profile = files.profile(&name);
    let needs = CHAIN_SETTINGS.into_iter().find(|setting| profile.is_some_and(|it| it.get(setting).is_some()));
    let chain = || -> Result<Source, Failure> {
        Ok(Source::Chain(Chain { profile: name.clone(), needs, from_environment, region: settings.region()? }))
    };
    if needs.is_some() || (from_environment && settings.environment.non_empty("AWS_WEB_IDENTITY_TOKEN_FILE").is_some())
    {
        return chain();
    }
    if let Some(source) = files.profile_of_credentials(&name).and_then(|profile| profile_keys(profile, "credentials")) {
        return Ok(source);
    }
    if let Some(command) = profile.and_then(|profile| profile.get("credential_process")) {
        return Ok(Source::Process(command.to_owned()));
    }
    if let Some(source) = files.profile_of_config(&name).and_then(|profile| profile_keys(profile, "configuration")) {
        return Ok(source);
    }
    chain()
}

fn environment_keys(settings: &Settings) -> Option<Source> {
    let get = |name| settings.environment.non_empty(name);
    let id = get("AWS_ACCESS_KEY_ID")?;
    Some(match get("AWS_SECRET_ACCESS_KEY") {
        Some(secret) => {
            let token = get("AWS_SESSION_TOKEN").or_else(|| get("AWS_SECURITY_TOKEN"));
            Source::Keys(Credentials::new(id, secret, token))
        }
        None => Source::Incomplete("The environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY".to_owned()),
    })
}

fn profile_keys(profile: &Profile, file: &str) -> Option<Source> {
    let get = |name| profile.get(name).filter(|value| !value.is_empty());
    let id = get("aws_access_key_id")?;
    Some(match get("aws_secret_access_key") {
        Some(secret) => {
            let token = get("aws_session_token").or_else(|| get("aws_security_token"));
            Source::Keys(Credentials::new(id, secret, token.map(str::to_owned)))
        }
        None => Source::Incomplete(format!("The {file} file has aws_access_key_id without aws_secret_access_key")),
    })
}
