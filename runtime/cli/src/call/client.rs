//! Sets up the client and makes the call.

use std::error::Error as _;
use std::time::Duration;

use whitesmith_client::blocking::Client;
use whitesmith_client::config::{ChecksumMode, Limits, Proxy, ProxyVariables, Timeouts, Trust, UnknownChecksumMode};
use whitesmith_client::endpoint::{Endpoint, EndpointParameters};
use whitesmith_client::environment::{DefaultCredentials, SettingsError};
use whitesmith_client::error::{CallError, Chain, ProxyError, TransportError, TransportErrorKind};
use whitesmith_client::result::ReadResult;
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::signing::SigningError;
use whitesmith_client::{Config, Error};
use whitesmith_codec::Nulls;
use whitesmith_protocol::{DynamicProtocol, ReadError, ReadOptions, ReceivedResponse};
use whitesmith_schema::{ChecksumAlgorithm, Operation, ProtocolId, Schema, Service, Value, ValueMap};

use super::debug::DebugObserver;
use super::endpoint::{check_region, configured_url, normalised_url};
use super::response::{TimestampStyle, project};
use super::service_error;
use super::wire_format::AwsCliFormat;
use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::credentials;
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::json;
use crate::outfile;

/// A call that is set up but not made.
pub struct PreparedCall {
    client: Client,
    command_line: &'static CommandLine,
    url: Option<String>,
    max_attempts: u32,
    style: TimestampStyle,
}

/// The variable and the setting that keep host prefixes of the model off the endpoint, for local endpoints.
const DISABLE_HOST_PREFIX: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "disable_host_prefix_injection");
/// Attempts if nothing else is configured.
const DEFAULT_ATTEMPTS: u32 = 3;
/// The read timeout is one for each read, as in the AWS CLI. An attempt as a whole may take this many times as long, so
/// that a server that sends a byte now and then does not hold the program for ever.
const READS_PER_ATTEMPT: u32 = 10;
/// Maximum size of a response that goes to a file.
const MAX_DOWNLOAD_BYTES: u64 = 1 << 30;

/// Sets up the client, so that invalid settings are reported before the input is checked.
pub fn prepare(
    settings: &Settings,
    command_line: &'static CommandLine,
    operation: &'static Operation,
    style: TimestampStyle,
) -> Result<PreparedCall, Failure> {
    let (service, resolver) = (command_line.service, command_line.resolve_endpoint);
    let program = format!("{}-cli/{}", command_line.name, command_line.version);
    settings.profile()?;
    let (max_attempts, backoff) = (settings.max_attempts()?.unwrap_or(DEFAULT_ATTEMPTS), RetryConfig::default());
    let Some(region) = settings.region()? else {
        return Err(Failure::configuration(
            "NoRegion",
            "no region: use --region, AWS_REGION or the profile's setting region",
        ));
    };
    let url = configured_url(settings, service)?.map(|url| normalised_url(&url)).transpose()?;
    // Observed: an empty region is accepted with an endpoint URL.
    if !region.is_empty() || url.is_none() {
        check_region(&region)?;
    }
    // What a call does not need cannot fail it: certificates are read for TLS alone.
    let is_plain_http = url.as_ref().is_some_and(|url| url.starts_with("http://"));
    let timeouts = timeouts(settings)?;
    let attempt = timeouts.attempt;
    // A download takes as long and as much as it needs.
    let is_stream = outfile::member(operation).is_some();
    let limits = match is_stream {
        true => Limits { max_response_bytes: MAX_DOWNLOAD_BYTES, ..Limits::default() },
        false => Limits::default(),
    };
    let mut config = Config::builder()
        .use_fips(settings.is_on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?)
        // After the setting: a FIPS pseudo-region turns it on.
        .region(region)
        .retry(RetryConfig { max_attempts, ..backoff })
        .timeouts(Timeouts { attempt: attempt.filter(|_| !is_stream), ..timeouts })
        .limits(limits)
        .trust(if is_plain_http { Trust::WebRoots } else { trust(settings)? })
        .proxy(proxy(settings))
        .use_dual_stack(settings.is_on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?)
        .account_id_endpoint_mode(settings.account_id_endpoint_mode()?)
        // The AWS CLI's default (AWS CLI 2.36.7, observed).
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .request_checksums(checksum_mode(settings, "AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation")?)
        .response_checksums(checksum_mode(
            settings,
            "AWS_RESPONSE_CHECKSUM_VALIDATION",
            "response_checksum_validation",
        )?)
        .host_prefix_injection(!settings.is_on(DISABLE_HOST_PREFIX.0, DISABLE_HOST_PREFIX.1)?)
        .interceptor(AwsCliFormat::new(url.as_deref()))
        .user_agent(user_agent(settings, &program));
    if settings.globals.has(GlobalOption::NoSignRequest) {
        config = config.unsigned();
    } else {
        let connection = trust(settings).map(|trust| Config::builder().trust(trust).proxy(proxy(settings)).build());
        config = config.credentials(DefaultCredentials::new(settings, connection)?);
    }
    if let Some(url) = &url {
        config = config.endpoint_url(url.clone());
    }
    if settings.globals.has(GlobalOption::Debug) {
        config = config.interceptor(DebugObserver { operation });
    }
    // A configured endpoint is called whatever the rules say.
    let resolve = move |parameters: &EndpointParameters| match &parameters.endpoint {
        Some(url) => Ok(Endpoint::new(url)),
        None => resolver(parameters),
    };
    let client = Client::new(config.build(), resolve).map_err(|error| transport_failure(&error, url.as_deref()))?;
    Ok(PreparedCall { client, command_line, url, max_attempts, style })
}

impl PreparedCall {
    /// Makes the call.
    pub fn call(&self, operation: &'static Operation, input: &ValueMap) -> Result<Value, Failure> {
        let service = self.command_line.service;
        let protocol = self.command_line.protocol;
        let read = ReadLenient { style: self.style, is_json: is_json(protocol.id()), protocol };
        match self.client.call_with(protocol, service, operation, input, &read) {
            Ok(Ok(output)) => Ok(output),
            Ok(Err(problem)) => Err(Failure::general(problem)),
            Err(Error::Service(error)) => {
                let answer = service_error::Answer {
                    status: error.status,
                    headers: &error.headers,
                    body: &error.body,
                    retries: (error.attempts >= self.max_attempts).then(|| error.attempts.saturating_sub(1)),
                };
                Err(service_error::failure(self.command_line, operation, &answer, self.style))
            }
            Err(Error::Call(CallError::Credentials(error))) => Err(credentials::failure(&error)),
            Err(Error::Call(CallError::Transport(error))) => Err(transport_failure(&error, self.url.as_deref())),
            Err(Error::Call(CallError::Signing(SigningError::MissingRegion))) => {
                Err(Failure::configuration("NoRegion", "no region to sign the request for"))
            }
            Err(error) => Err(Failure::general(error.to_string())),
        }
    }
}

fn is_json(protocol: ProtocolId) -> bool {
    matches!(protocol, ProtocolId::AwsJson1_0 | ProtocolId::AwsJson1_1)
}

pub(super) fn transport_failure(error: &TransportError, url: Option<&str>) -> Failure {
    let shown = url.map_or_else(|| "of the service".to_owned(), |url| format!("\"{}/\"", url.trim_end_matches('/')));
    let cause = error.source.as_deref();
    if let Some(proxy) = cause.and_then(|cause| cause.downcast_ref::<ProxyError>()) {
        let why = proxy.source().map(|why| format!(" ({})", Chain(why))).unwrap_or_default();
        return Failure::general(format!("cannot use the proxy {proxy}{why}"));
    }
    let place = match error.kind {
        TransportErrorKind::ConnectTimeout | TransportErrorKind::ReadTimeout | TransportErrorKind::AttemptTimeout => {
            format!("the endpoint {shown} timed out")
        }
        TransportErrorKind::Connect => format!("cannot connect to the endpoint {shown}"),
        TransportErrorKind::Tls => format!("TLS handshake with the endpoint {shown} failed"),
        TransportErrorKind::Broken => {
            format!("the endpoint {shown} closed the connection unexpectedly")
        }
        _ => format!("the call of the endpoint {shown} failed"),
    };
    Failure::general(format!("{place} ({})", Chain(error)))
}

fn checksum_mode(settings: &Settings, variable: &'static str, key: &'static str) -> Result<ChecksumMode, Failure> {
    match settings.of_environment_or_profile(variable, key)? {
        None => Ok(ChecksumMode::default()),
        Some(mode) => mode.parse().map_err(|UnknownChecksumMode(mode)| {
            let modes = [ChecksumMode::WhenSupported, ChecksumMode::WhenRequired].map(ChecksumMode::as_str);
            Failure::general(format!("invalid value for {key}: {mode}: expected {}", modes.join(" or ")))
        }),
    }
}

fn timeouts(settings: &Settings) -> Result<Timeouts, Failure> {
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

fn trust(settings: &Settings) -> Result<Trust, SettingsError> {
    if settings.globals.has(GlobalOption::NoVerifySsl) {
        return Ok(Trust::Anything);
    }
    let option = settings.globals.value(GlobalOption::CaBundle).map(str::to_owned);
    Ok(settings.certificates(option)?.map_or(Trust::WebRoots, Trust::Pem))
}

fn proxy(settings: &Settings) -> Proxy {
    // The AWS CLI does not know ALL_PROXY, which often names a SOCKS proxy for other programs.
    let is_known = |name: &str| !name.eq_ignore_ascii_case("all_proxy");
    Proxy::Variables(ProxyVariables::read(|name| is_known(name).then(|| settings.environment.get(name)).flatten()))
}

fn user_agent(settings: &Settings, program: &str) -> String {
    let system = format!("os/{} arch/{}", std::env::consts::OS, std::env::consts::ARCH);
    let environment = settings.environment.non_empty("AWS_EXECUTION_ENV");
    let environment = environment.map(|name| format!(" exec-env/{name}")).unwrap_or_default();
    let text = format!("{program} lang/rust {system}{environment}");
    text.chars()
        .map(|character| if character.is_ascii_graphic() || character == ' ' { character } else { '-' })
        .collect()
}

/// Reads outputs as far as they match their shapes.
struct ReadLenient {
    style: TimestampStyle,
    is_json: bool,
    protocol: &'static dyn DynamicProtocol,
}

impl ReadResult for ReadLenient {
    type Output = Result<Value, String>;
    type Error = Value;

    fn output(
        &self,
        operation: &'static Operation,
        response: ReceivedResponse<'_>,
        options: ReadOptions,
    ) -> Result<Self::Output, ReadError> {
        if !self.is_json {
            // The AWS CLI shows what the service sent, nulls included.
            let options = ReadOptions { dense_nulls: Nulls::Keep, ..options };
            let value = self.protocol.read_output(operation, response, options)?;
            let style = match self.style {
                // The time is a number in CBOR, and text in the other formats.
                TimestampStyle::Wire if self.protocol.id() == ProtocolId::RpcV2Cbor => TimestampStyle::EpochSeconds,
                style => style,
            };
            return Ok(project(value, operation.output, style).map_err(|error| error.to_string()));
        }
        Ok(read_json(response.body.bytes(), operation.output, self.style))
    }

    fn error(
        &self,
        _: &'static Service,
        _: &'static Schema,
        _: ReceivedResponse<'_>,
        _: ReadOptions,
    ) -> Result<Option<Value>, ReadError> {
        // The failure is made from the whole response.
        Ok(None)
    }
}

fn read_json(body: &[u8], schema: &'static Schema, style: TimestampStyle) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|_| "invalid response: not valid UTF-8".to_owned())?;
    if text.is_empty() {
        return Ok(Value::Map(ValueMap::new()));
    }
    let value = json::read(text).map_err(|error| format!("invalid response: {error}"))?;
    match project(value, schema, style) {
        Ok(Value::Null) => Err("invalid response: expected an object, found null".to_owned()),
        Ok(output) => Ok(output),
        Err(error) => Err(error.to_string()),
    }
}
