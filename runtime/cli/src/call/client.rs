//! Sets up the client and makes the call.

use std::error::Error as _;
use std::time::Duration;

use whitesmith_client::blocking::{Body, Client, RequestBody};
use whitesmith_client::config::{Limits, Timeouts, Trust};
use whitesmith_client::endpoint::{Endpoint, EndpointParameters};
use whitesmith_client::environment::DefaultCredentials;
use whitesmith_client::error::{CallError, Chain, ProxyError, TransportError, TransportErrorKind};
use whitesmith_client::result::ReadResult;
use whitesmith_client::retry::RetryConfig;
use whitesmith_client::signing::{PresignedRequest, SigningError};
use whitesmith_client::{Config, Error};
use whitesmith_codec::Nulls;
use whitesmith_protocol::{DynamicProtocol, ReadError, ReadOptions, ReceivedBody, ReceivedResponse};
use whitesmith_schema::{
    ChecksumAlgorithm, Format, Operation, ProtocolStyle, Schema, Service, TimestampFormat, Value, ValueMap,
};

use super::buckets::BucketSettings;
use super::client_settings::{proxy, signing_regions, timeouts, trust, unconfigured_region, user_agent};
use super::debug::DebugObserver;
use super::endpoint::{check_region, configured_url, normalised_url};
use super::input_form::written_form;
use super::response::{TimestampStyle, project, project_output};
use super::service_error;
use super::wire_format::AwsCliFormat;
use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::credentials;
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::json;
use crate::outfile;
use crate::terminal::cut;

/// A call that is set up but not made.
pub struct PreparedCall {
    client: Client,
    command_line: &'static CommandLine,
    url: Option<String>,
    max_attempts: u32,
    style: TimestampStyle,
    format: AwsCliFormat,
}

/// The variable and the setting that keep host prefixes of the model off the endpoint, for local endpoints.
const DISABLE_HOST_PREFIX: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "disable_host_prefix_injection");
/// Attempts if nothing else is configured.
const DEFAULT_ATTEMPTS: u32 = 3;
/// The most characters of a body that an error shows.
const SHOWN_CHARACTERS: usize = 300;
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
    let url = configured_url(settings, service)?.map(|url| normalised_url(&url)).transpose()?;
    let region = match settings.region()? {
        Some(region) => region,
        None => unconfigured_region(settings, resolver, url.is_some()).ok_or_else(|| {
            Failure::configuration("NoRegion", "no region: use --region, AWS_REGION or the profile's setting region")
        })?,
    };
    // Observed: an empty region is accepted with an endpoint URL.
    if !region.is_empty() || url.is_none() {
        check_region(&region)?;
    }
    // What a call does not need cannot fail it: certificates are read for TLS alone.
    let is_plain_http = url.as_ref().is_some_and(|url| url.starts_with("http://"));
    let timeouts = timeouts(settings)?;
    let attempt = timeouts.attempt;
    // A download takes as long and as much as it needs, and so do events.
    let is_stream = outfile::member(operation).is_some() || operation.output_events().is_some();
    let limits = match is_stream {
        true => Limits { max_response_bytes: MAX_DOWNLOAD_BYTES, ..Limits::default() },
        false => Limits::default(),
    };
    let format = AwsCliFormat::new(url.as_deref());
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
        .request_checksums(settings.checksum_mode("request_checksum_calculation")?)
        .response_checksums(settings.checksum_mode("response_checksum_validation")?)
        .compression_threshold(settings.compression_threshold()?)
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .signing_regions(signing_regions(settings)?)
        .host_prefix_injection(!settings.is_on(DISABLE_HOST_PREFIX.0, DISABLE_HOST_PREFIX.1)?)
        .interceptor(format.clone())
        .user_agent(user_agent(settings, &program));
    // Observed: where the model does not insist on authentication, there is none.
    if settings.globals.has(GlobalOption::NoSignRequest) || operation.is_auth_optional() {
        config = config.unsigned();
    } else {
        // All requests for credentials together take no longer than an attempt.
        let timeouts = Timeouts { operation: attempt.or(timeouts.operation), ..timeouts };
        let connection = trust(settings)
            .map(|trust| Config::builder().trust(trust).proxy(proxy(settings)).timeouts(timeouts).build());
        config = config.credentials(DefaultCredentials::new(settings, connection)?);
    }
    if let Some(url) = &url {
        config = config.endpoint_url(url.clone());
    }
    if settings.globals.has(GlobalOption::Debug) {
        config = config.interceptor(DebugObserver { operation });
    }
    let has_bucket = operation.traits.virtual_host.is_some();
    let buckets = if has_bucket { BucketSettings::read(settings, url.is_some())? } else { BucketSettings::default() };
    // A configured endpoint is called whatever the rules say, but for the place of a bucket in it.
    let resolve = move |parameters: &EndpointParameters| match &parameters.endpoint {
        _ if has_bucket => resolver(&buckets.apply(parameters)),
        Some(url) => Ok(Endpoint::new(url)),
        None => resolver(parameters),
    };
    let client = Client::new(config.build(), resolve).map_err(|error| transport_failure(&error, url.as_deref()))?;
    Ok(PreparedCall { client, command_line, url, max_attempts, style, format })
}

impl PreparedCall {
    /// Returns the configured URL of the endpoint.
    #[cfg(feature = "event-stream")]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the name of the service's protocol.
    #[cfg(feature = "event-stream")]
    pub fn protocol(&self) -> whitesmith_schema::ProtocolId {
        self.command_line.protocol.id()
    }

    /// Returns how timestamps are shown.
    #[cfg(feature = "event-stream")]
    pub fn timestamp_style(&self) -> TimestampStyle {
        self.style
    }

    /// Returns a request that anyone may send until it expires.
    pub fn presign(
        &self,
        operation: &'static Operation,
        input: &ValueMap,
        expires_in: Duration,
    ) -> Result<PresignedRequest, Failure> {
        let CommandLine { protocol, service, .. } = self.command_line;
        let input = self.written(operation, input);
        let request = self.client.presign_dynamic(*protocol, service, operation, &input, expires_in);
        request.map_err(|error| self.failure(error))
    }

    /// Makes the call.
    pub fn call(&self, operation: &'static Operation, input: &ValueMap) -> Result<Value, Failure> {
        let CommandLine { protocol, service, .. } = self.command_line;
        let input = self.written(operation, input);
        self.output(operation, self.client.call_with(*protocol, service, operation, &input, &self.reader()))
    }

    /// Makes the call without holding its streams in memory: `file` is the content of the input's stream, and that of
    /// the output's is returned beside the output.
    pub fn call_streaming(
        &self,
        operation: &'static Operation,
        input: &ValueMap,
        file: Option<&str>,
    ) -> Result<(Value, Body), Failure> {
        let unreadable = |path: &str, error| Failure::general(format!("cannot read '{path}': {error}"));
        let body =
            file.map(|path| RequestBody::from_path(path).map_err(|error| unreadable(path, error))).transpose()?;
        let CommandLine { protocol, service, .. } = self.command_line;
        let input = self.written(operation, input);
        let result = self.client.call_streaming_with(*protocol, service, operation, (&input, body), &self.reader());
        let (result, content) = match result {
            Ok((output, content)) => (Ok(output), content),
            Err(error) => (Err(error), Body::default()),
        };
        Ok((self.output(operation, result)?, content))
    }

    /// Returns an input as the AWS CLI writes it.
    fn written(&self, operation: &'static Operation, input: &ValueMap) -> ValueMap {
        let input = written_form(self.command_line.protocol.id(), operation, input);
        self.format.prepare(operation, &input);
        input
    }

    fn reader(&self) -> ReadLenient {
        ReadLenient { style: self.style, protocol: self.command_line.protocol }
    }

    fn output(
        &self,
        operation: &'static Operation,
        result: Result<Result<Value, String>, Error<Value>>,
    ) -> Result<Value, Failure> {
        match result {
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
            Err(Error::Call(error)) => Err(self.failure(error)),
            Err(error) => Err(Failure::general(error.to_string())),
        }
    }

    fn failure(&self, error: CallError) -> Failure {
        match error {
            CallError::Credentials(error) => credentials::failure(&error),
            CallError::Transport(error) => transport_failure(&error, self.url.as_deref()),
            CallError::Signing(SigningError::MissingRegion) => {
                Failure::configuration("NoRegion", "no region to sign the request for")
            }
            error => Failure::general(Chain(&error).to_string()),
        }
    }
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

/// Reads outputs as far as they match their shapes.
struct ReadLenient {
    style: TimestampStyle,
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
        let protocol = self.protocol.id();
        if protocol.style() == ProtocolStyle::Rpc && matches!(response.body, ReceivedBody::Stream) {
            // The members beside a stream of events are its first event.
            return Ok(Ok(Value::Map(ValueMap::new())));
        }
        if protocol.is_aws_json() {
            return Ok(read_json(response.body.bytes(), operation.output, self.style));
        }
        if protocol.style() == ProtocolStyle::Query && response.body.bytes().trim_ascii().is_empty() {
            return Ok(Err("invalid response: expected XML, found nothing".to_owned()));
        }
        // The AWS CLI shows what the service sent, nulls included.
        let options = ReadOptions { dense_nulls: Nulls::Keep, ..options };
        let value = match self.protocol.read_output(operation, response, options) {
            Ok(value) => value,
            Err(error) => {
                let body = String::from_utf8_lossy(response.body.bytes());
                return Ok(Err(format!("invalid response: {}: {}", Chain(&error), shown(&body))));
            }
        };
        let style = match self.style {
            TimestampStyle::Wire => match protocol.format() {
                // Fractions or not: all are floating-point numbers there.
                Format::Cbor => TimestampStyle::EpochSeconds,
                Format::Json => TimestampStyle::Format(TimestampFormat::EpochSeconds),
                _ => TimestampStyle::Format(TimestampFormat::DateTime),
            },
            style => style,
        };
        Ok(project_output(protocol, value, operation.output, style).map_err(|error| error.to_string()))
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

/// Returns the beginning of a body that cannot be read, on one line.
fn shown(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&line, SHOWN_CHARACTERS).into_owned()
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
