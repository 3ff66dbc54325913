//! Chooses the source of credentials.

use whitesmith_schema::Value;

use super::expiration::{self, ParseTime};
use super::{Profile, Settings, SettingsError};
use crate::Credentials;

/// A source of credentials.
#[derive(Debug)]
pub(super) enum Source {
    /// Keys from the environment or a file.
    Keys(Credentials),
    /// A command that prints keys.
    Process {
        /// The command.
        command: String,
        /// The profile that names it.
        profile: String,
        /// The account if the command does not print it.
        account: Option<String>,
    },
    /// Keys that are incomplete or expired: what is wrong with them.
    Unusable(String),
    /// Everything that needs a service.
    Chain(Chain),
}

/// Settings of the chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "credential-chain"), allow(dead_code, reason = "only the chain reads it all"))]
pub(super) struct Chain {
    /// The profile.
    pub profile: String,
    /// The setting of the profile that requires the chain.
    pub needs: Option<&'static str>,
    /// Whether environment variables count, or the profile alone.
    pub from_environment: bool,
    /// The region of the call.
    pub region: Option<String>,
}

/// Settings of a profile that require the chain.
const CHAIN_SETTINGS: [&str; 6] =
    ["role_arn", "web_identity_token_file", "sso_session", "sso_start_url", "sso_account_id", "login_session"];

/// Returns the source, in the order of the AWS CLI. A profile that the program chose precedes the environment.
pub(super) fn source(settings: &Settings) -> Result<Source, SettingsError> {
    let from_environment = !settings.has_chosen_profile();
    if from_environment && let Some(source) = environment_keys(settings) {
        return Ok(source);
    }
    let name = settings.profile_name();
    let (files, parse) = (settings.files()?, settings.parse_time());
    let profile = files.profile(&name);
    let needs = CHAIN_SETTINGS.into_iter().find(|setting| profile.is_some_and(|it| it.get(setting).is_some()));
    let chain = || -> Result<Source, SettingsError> {
        Ok(Source::Chain(Chain { profile: name.clone(), needs, from_environment, region: settings.region()? }))
    };
    if needs.is_some() || (from_environment && settings.environment.non_empty("AWS_WEB_IDENTITY_TOKEN_FILE").is_some())
    {
        return chain();
    }
    if let Some(source) =
        files.profile_of_credentials(&name).and_then(|profile| profile_keys(profile, parse, "credentials"))
    {
        return Ok(source);
    }
    if let Some(command) = profile.and_then(|profile| profile.get("credential_process")) {
        let account = profile.and_then(|profile| profile.get(ACCOUNT)).map(str::to_owned);
        return Ok(Source::Process { command: command.to_owned(), profile: name, account });
    }
    if let Some(source) =
        files.profile_of_config(&name).and_then(|profile| profile_keys(profile, parse, "configuration"))
    {
        return Ok(source);
    }
    chain()
}

/// Names under which tools write the expiration of temporary credentials into a profile.
const EXPIRATIONS: [&str; 4] =
    ["aws_credential_expiration", "aws_expiration", "x_security_token_expires", "expiration"];

/// The setting of a profile for the account of its credentials.
const ACCOUNT: &str = "aws_account_id";

fn with_account(credentials: Credentials, account: Option<String>) -> Credentials {
    match account {
        Some(account) => credentials.with_account_id(account),
        None => credentials,
    }
}

fn usable(credentials: Credentials, expiration: Option<&str>, parse: ParseTime, source: &str) -> Source {
    match expiration.map(|text| expiration::check(&Value::from(text), parse, source)) {
        Some(Err(problem)) => Source::Unusable(problem),
        Some(Ok(expires)) => Source::Keys(credentials.with_expiry(expires)),
        None => Source::Keys(credentials),
    }
}

fn environment_keys(settings: &Settings) -> Option<Source> {
    let get = |name| settings.environment.non_empty(name);
    let id = get("AWS_ACCESS_KEY_ID")?;
    Some(match get("AWS_SECRET_ACCESS_KEY") {
        Some(secret) => {
            let token = get("AWS_SESSION_TOKEN").or_else(|| get("AWS_SECURITY_TOKEN"));
            let expiration = get("AWS_CREDENTIAL_EXPIRATION");
            let credentials = with_account(Credentials::new(id, secret, token), get("AWS_ACCOUNT_ID"));
            usable(credentials, expiration.as_deref(), settings.parse_time(), "the environment")
        }
        None => Source::Unusable("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY".to_owned()),
    })
}

fn profile_keys(profile: &Profile, parse: ParseTime, file: &str) -> Option<Source> {
    let get = |name| profile.get(name).filter(|value| !value.is_empty());
    let id = get("aws_access_key_id")?;
    Some(match get("aws_secret_access_key") {
        Some(secret) => {
            let token = get("aws_session_token").or_else(|| get("aws_security_token"));
            // Only temporary credentials expire; tools leave old entries behind.
            let expiration = token.and_then(|_| EXPIRATIONS.into_iter().find_map(get));
            let credentials = Credentials::new(id, secret, token.map(str::to_owned));
            let credentials = with_account(credentials, get(ACCOUNT).map(str::to_owned));
            usable(credentials, expiration, parse, &format!("the {file} file"))
        }
        None => Source::Unusable(format!("aws_access_key_id is set without aws_secret_access_key in the {file} file")),
    })
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
