//! How a mock is set up.

use std::fmt;
use std::time::Duration;

/// How a mock is set up. What is `None` is as the behaviour file says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// Where everything random starts.
    pub seed: u64,
    /// The partition in ARNs.
    pub partition: Option<String>,
    /// The region in ARNs and events, where a request is not signed for another.
    pub region: Option<String>,
    /// The account in ARNs and events.
    pub account: Option<String>,
    /// How long a task takes.
    pub task_delay: Option<Duration>,
    /// How many idempotency tokens are remembered.
    pub remembered_tokens: Option<usize>,
    /// How many requests the log holds.
    pub logged_requests: usize,
    /// How many events the log holds.
    pub logged_events: usize,
    /// What requests may take.
    pub limits: Limits,
    /// Where events are sent, each as a `POST` of JSON: a URL of the scheme `http`.
    pub webhook: Option<String>,
    /// The access keys that may sign; with any, every request has to be signed.
    pub access_keys: Vec<AccessKey>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 0,
            partition: None,
            region: None,
            account: None,
            task_delay: None,
            remembered_tokens: None,
            logged_requests: 1_000,
            logged_events: 1_000,
            limits: Limits::default(),
            webhook: None,
            access_keys: Vec::new(),
        }
    }
}

/// An access key that may sign requests.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The session token that goes with it.
    pub session_token: Option<String>,
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What requests may take; one that takes more is refused, or its connection closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Size of a body, before and after decompression, in bytes.
    pub body: usize,
    /// Number of headers.
    pub headers: usize,
    /// Size of a request's first line and headers, in bytes; at least 8,192.
    pub head: usize,
    /// Until the headers are there.
    pub head_time: Duration,
    /// Until the body is there.
    pub body_time: Duration,
    /// Connections at the same time; further ones wait.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 4 * 1024 * 1024,
            headers: 100,
            head: 64 * 1024,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            connections: 1_024,
        }
    }
}
