//! The command line of a mock's binary.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::{AccessKey, ControlToken};

/// A mock server. Its first line of output is the URL to point a client at; open /_mock/ there in a browser to watch it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Arguments {
    /// Address to listen on; port 0 picks a free one, and a port alone is on 127.0.0.1.
    #[arg(long, value_name = "[HOST:]PORT", default_value = "127.0.0.1:0", value_parser = address)]
    pub(super) listen: String,
    /// Seed of everything random: the same seed and requests give the same answers.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// Region in ARNs and events; a signed request overrides it.
    #[arg(long, value_name = "NAME")]
    pub(super) region: Option<String>,
    /// Account in ARNs and events.
    #[arg(long, value_name = "ID")]
    pub(super) account: Option<String>,
    /// How long a task takes.
    #[arg(long, value_name = "MS")]
    pub(super) task_delay_ms: Option<u64>,
    /// How many idempotency tokens to remember.
    #[arg(long, value_name = "COUNT")]
    pub(super) remember_tokens: Option<usize>,
    /// How many requests the journal holds.
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(super) log_requests: usize,
    /// Maximum size of a request's body.
    #[arg(long, value_name = "BYTES", default_value_t = 4 * 1024 * 1024)]
    pub(super) max_body: usize,
    /// Maximum size of all bodies in flight; requests beyond it get status 503.
    #[arg(long, value_name = "BYTES", default_value_t = 64 * 1024 * 1024)]
    pub(super) max_in_flight: usize,
    /// YAML file with expectations and faults; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(super) script: Vec<PathBuf>,
    /// URL to send events to, each as a POST of JSON.
    #[arg(long, value_name = "URL")]
    pub(super) webhook: Option<String>,
    /// Token that control requests must carry; generated if the mock listens beyond the loopback interface.
    #[arg(long, value_name = "TOKEN", value_parser = control_token)]
    pub(super) control_token: Option<ControlToken>,
    /// Refuse requests that are not signed by a known access key, by default `test:test`.
    #[arg(long)]
    pub(super) require_auth: bool,
    /// Access key that may sign; may be repeated.
    #[arg(long, value_name = "ID:SECRET[:TOKEN]", requires = "require_auth", value_parser = access_key)]
    pub(super) access_key: Vec<AccessKey>,
    /// Serve TLS with a generated certificate for localhost.
    #[arg(long)]
    pub(super) tls: bool,
    /// Serve TLS with this PEM certificate chain.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// PEM private key of the certificate.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// File to write the certificate to, for clients to trust.
    #[arg(long, value_name = "FILE")]
    pub(super) tls_cert_out: Option<PathBuf>,
    /// What to log on standard error; requests are logged at `debug`.
    #[arg(long, value_enum, default_value_t = LogLevel::Info)]
    pub(super) log_level: LogLevel,
    /// Format of the log.
    #[arg(long, value_enum, default_value_t = LogFormat::Pretty)]
    pub(super) log_format: LogFormat,
}

/// The least importance that is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[allow(missing_docs, reason = "the names are those of the levels")]
pub(super) enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

/// The format of the log's lines.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    Pretty,
    /// For programs.
    Json,
}

fn address(text: &str) -> Result<String, String> {
    if text.parse::<u16>().is_ok() {
        return Ok(format!("127.0.0.1:{text}"));
    }
    match text.rsplit_once(':') {
        // An IPv6 address without brackets has colons, too.
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() && text.parse::<IpAddr>().is_err() => {
            Ok(text.to_owned())
        }
        _ => Err("expected PORT or HOST:PORT, such as 8080 or 0.0.0.0:8080".to_owned()),
    }
}

fn control_token(text: &str) -> Result<ControlToken, String> {
    ControlToken::new(text).ok_or_else(|| "expected printable ASCII characters without spaces".to_owned())
}

fn access_key(text: &str) -> Result<AccessKey, String> {
    let mut parts = text.splitn(3, ':');
    match (parts.next().filter(|id| !id.is_empty()), parts.next().filter(|secret| !secret.is_empty())) {
        (Some(id), Some(secret)) => Ok(AccessKey {
            id: id.to_owned(),
            secret: secret.to_owned(),
            session_token: parts.next().map(str::to_owned),
        }),
        _ => Err("expected ID:SECRET or ID:SECRET:TOKEN".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn takes_a_port_or_a_host_and_port() {
        assert_eq!(address("8080").as_deref(), Ok("127.0.0.1:8080"));
        for text in ["0.0.0.0:80", "localhost:0", "[::1]:8080"] {
            assert_eq!(address(text).as_deref(), Ok(text));
        }
        for text in ["", ":8080", "localhost", "localhost:", "127.0.0.1:99999", "::1"] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
