//! What a mock's binary can be told.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::AccessKey;

/// A mock server. Its first line is the URL to point a client at; a browser shows what it does at /_mock/ there.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Arguments {
    /// Where to listen; port 0 is any free one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0")]
    pub(super) listen: String,
    /// Where everything random starts: the same seed and the same requests give the same answers.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// The region in ARNs and events, where a request is not signed for another.
    #[arg(long, value_name = "NAME")]
    pub(super) region: Option<String>,
    /// The account in ARNs and events.
    #[arg(long, value_name = "ID")]
    pub(super) account: Option<String>,
    /// How long a task takes.
    #[arg(long, value_name = "MS")]
    pub(super) task_delay_ms: Option<u64>,
    /// How many idempotency tokens to remember.
    #[arg(long, value_name = "COUNT")]
    pub(super) remember_tokens: Option<usize>,
    /// How many requests the log holds.
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(super) log_requests: usize,
    /// The greatest size of a request's body.
    #[arg(long, value_name = "BYTES", default_value_t = 4 * 1024 * 1024)]
    pub(super) max_body: usize,
    /// Expectations and faults to begin with: a file of YAML; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(super) script: Vec<PathBuf>,
    /// Where to send events, each as a POST of JSON.
    #[arg(long, value_name = "URL")]
    pub(super) webhook: Option<String>,
    /// Refuse requests that are not signed by a known access key; it is `test:test` where none is given.
    #[arg(long)]
    pub(super) require_auth: bool,
    /// An access key that may sign; may be given several times.
    #[arg(long, value_name = "ID:SECRET[:TOKEN]", requires = "require_auth", value_parser = access_key)]
    pub(super) access_key: Vec<AccessKey>,
    /// Speak TLS, with a certificate made for this machine.
    #[arg(long)]
    pub(super) tls: bool,
    /// Speak TLS with this certificate chain, in PEM form.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// The private key of the certificate, in PEM form.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// Where to write the certificate, for clients to trust.
    #[arg(long, value_name = "FILE")]
    pub(super) tls_cert_out: Option<PathBuf>,
    /// What to log, on standard error; each request at `debug`.
    #[arg(long, value_enum, default_value_t = LogLevel::Info)]
    pub(super) log_level: LogLevel,
    /// How to log.
    #[arg(long, value_enum, default_value_t = LogFormat::Pretty)]
    pub(super) log_format: LogFormat,
}

/// From what importance on something is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[allow(missing_docs, reason = "the names are those of the levels")]
pub(super) enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    Pretty,
    /// For programs.
    Json,
}

fn access_key(text: &str) -> Result<AccessKey, String> {
    let mut parts = text.splitn(3, ':');
    match (parts.next().filter(|id| !id.is_empty()), parts.next().filter(|secret| !secret.is_empty())) {
        (Some(id), Some(secret)) => Ok(AccessKey {
            id: id.to_owned(),
            secret: secret.to_owned(),
            session_token: parts.next().map(str::to_owned),
        }),
        _ => Err("write ID:SECRET, or ID:SECRET:TOKEN".to_owned()),
    }
}
