//! The endpoint of a call.

use whitesmith_client::endpoint::without_user_info;
use whitesmith_schema::Service;

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::failure::Failure;

/// Checks the value of `--endpoint-url`.
pub fn check_url(url: &str) -> Result<(), Failure> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'));
    if is_scheme {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "invalid value for --endpoint-url \"{url}\": expected http://<host>/ or https://<host>/"
    )))
}

/// Returns the URL that an option, the environment or the files set for the service.
pub fn configured_url(settings: &Settings, service: &Service) -> Result<Option<String>, Failure> {
    if let Some(url) = settings.globals.value(GlobalOption::EndpointUrl) {
        return Ok(Some(url.to_owned()));
    }
    Ok(settings.endpoint_url(service)?)
}

/// Returns a URL as the client takes it: HTTP or HTTPS, without a user name.
pub fn normalised_url(url: &str) -> Result<String, Failure> {
    let shown = without_user_info(url);
    let unusable = |why: &str| Failure::general(format!("invalid endpoint {shown}: {why}"));
    let (scheme, rest) = url.split_once("://").ok_or_else(|| unusable("missing scheme"))?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(unusable(&format!("unsupported scheme {scheme}: expected http or https")));
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.is_empty() {
        return Err(unusable("missing host"));
    }
    Ok(format!("{}://{host}{path}", scheme.to_ascii_lowercase()))
}

/// Checks that a region can be part of a host name.
pub fn check_region(region: &str) -> Result<(), Failure> {
    let is_label = !region.is_empty()
        && region.len() <= 63
        && region.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
        && !region.starts_with('-')
        && !region.ends_with('-')
        && !region.bytes().all(|byte| byte.is_ascii_digit());
    if is_label { Ok(()) } else { Err(Failure::general(format!("invalid region '{region}'"))) }
}
