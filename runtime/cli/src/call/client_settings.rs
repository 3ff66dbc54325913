//! What a call takes from options, environment and profile.

use std::time::Duration;

use whitesmith_client::Config;
use whitesmith_client::config::{Proxy, ProxyVariables, Timeouts, Trust};
use whitesmith_client::endpoint::EndpointParameters;
use whitesmith_client::environment::SettingsError;

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::definition::Resolver;
use crate::failure::Failure;

/// The pseudo-region of services that have one endpoint for all regions.
const GLOBAL_REGION: &str = "aws-global";
/// The read timeout is one for each read, as in the AWS CLI. An attempt as a whole may take this many times as long, so
/// that a server that sends a byte now and then does not hold the program for ever.
const READS_PER_ATTEMPT: u32 = 10;

/// Returns the region of a call if none is configured: that of the machine, or the pseudo-region of a service that has
/// one endpoint for all regions.
pub(super) fn unconfigured_region(settings: &Settings, resolver: Resolver, has_url: bool) -> Option<String> {
    let connection = Config::builder().proxy(proxy(settings)).build();
    settings.instance_region(&connection).or_else(|| global_region(resolver, has_url))
}

/// Returns the pseudo-region of a service whose rules give an endpoint for it, or for a configured endpoint the region
/// that such a service signs for.
fn global_region(resolver: Resolver, has_url: bool) -> Option<String> {
    let mut parameters = EndpointParameters::default();
    parameters.region = Some(GLOBAL_REGION.to_owned());
    let endpoint = resolver(&parameters).ok()?;
    if endpoint.url.contains(GLOBAL_REGION) {
        return None;
    }
    let signing_region = endpoint.auth_schemes.into_iter().find_map(|scheme| scheme.signing_region);
    if has_url { signing_region } else { Some(GLOBAL_REGION.to_owned()) }
}

/// Returns the regions in which signatures of Signature Version 4A are valid.
pub(super) fn signing_regions(settings: &Settings) -> Result<String, Failure> {
    Ok(settings.signing_regions()?.unwrap_or_else(|| "*".to_owned()))
}

pub(super) fn timeouts(settings: &Settings) -> Result<Timeouts, Failure> {
    let seconds = |option| {
        let default = Some(Duration::from_secs(60));
        settings.globals.value(option).map_or(Ok(default), parse_timeout)
    };
    let read = seconds(GlobalOption::CliReadTimeout)?;
    Ok(Timeouts {
        connect: seconds(GlobalOption::CliConnectTimeout)?,
        read,
        attempt: read.map(|read| read.saturating_mul(READS_PER_ATTEMPT)),
        ..Timeouts::default()
    })
}

/// Parses a timeout in seconds; 0 means none.
pub fn parse_timeout(text: &str) -> Result<Option<Duration>, Failure> {
    match text.trim().parse::<i64>() {
        Ok(0) => Ok(None),
        Ok(seconds) if seconds > 0 => Ok(Some(Duration::from_secs(seconds.unsigned_abs()))),
        _ => Err(Failure::general(format!("invalid timeout '{text}': expected a whole number of seconds"))),
    }
}

pub(super) fn trust(settings: &Settings) -> Result<Trust, SettingsError> {
    if settings.globals.has(GlobalOption::NoVerifySsl) {
        return Ok(Trust::Anything);
    }
    let option = settings.globals.value(GlobalOption::CaBundle).map(str::to_owned);
    Ok(settings.certificates(option)?.map_or(Trust::WebRoots, Trust::Pem))
}

pub(super) fn proxy(settings: &Settings) -> Proxy {
    // The AWS CLI does not know ALL_PROXY, which often names a SOCKS proxy for other programs.
    let is_known = |name: &str| !name.eq_ignore_ascii_case("all_proxy");
    Proxy::Variables(ProxyVariables::read(|name| is_known(name).then(|| settings.environment.get(name)).flatten()))
}

pub(super) fn user_agent(settings: &Settings, program: &str) -> String {
    let system = format!("os/{} arch/{}", std::env::consts::OS, std::env::consts::ARCH);
    let environment = settings.environment.non_empty("AWS_EXECUTION_ENV");
    let environment = environment.map(|name| format!(" exec-env/{name}")).unwrap_or_default();
    let text = format!("{program} lang/rust {system}{environment}");
    text.chars()
        .map(|character| if character.is_ascii_graphic() || character == ' ' { character } else { '-' })
        .collect()
}
