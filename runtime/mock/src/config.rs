//! The configuration of a mock.

use std::fmt;
use std::time::Duration;

use crate::control_token::ControlToken;

/// The configuration of a mock. The behaviour file decides where a field is `None`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The seed of everything random: the same seed and requests give the same answers.
    pub seed: u64,
    /// The partition in ARNs.
    pub partition: Option<String>,
    /// The region in ARNs and events; a signed request overrides it.
    pub region: Option<String>,
    /// The account in ARNs and events.
    pub account: Option<String>,
    /// How long a task takes.
    pub task_delay: Option<Duration>,
    /// How many idempotency tokens are remembered.
    pub remembered_tokens: Option<usize>,
    /// How many requests the journal holds.
    pub logged_requests: usize,
    /// How many events the journal holds.
    pub logged_events: usize,
    /// The limits on what peers may use.
    pub limits: Limits,
    /// The `http` URL that events are sent to, each as a `POST` of JSON.
    pub webhook: Option<String>,
    /// The token that control requests must carry. Without one, the control API is open on the loopback interface and
    /// off everywhere else.
    pub control_token: Option<ControlToken>,
    /// The access keys that may sign; if there are any, every request must be signed.
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
            control_token: None,
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

/// What peers may use; a request beyond it is refused or its connection closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Size of a body, before and after decompression, in bytes.
    pub body: usize,
    /// Number of headers.
    pub headers: usize,
    /// Size of the request line and headers, in bytes; at least 8,192.
    pub head: usize,
    /// Time until the headers have arrived.
    pub head_time: Duration,
    /// Time until the body has arrived.
    pub body_time: Duration,
    /// Time for which a peer may leave an answer unread.
    pub write_time: Duration,
    /// Connections at the same time; for a further one, the one that has been without a request for longest is closed.
    pub connections: usize,
    /// Bytes of bodies in flight over all connections: being received, held or not yet read by the peer. Bodies of up to
    /// 16 KiB are not counted.
    pub in_flight: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 4 * 1024 * 1024,
            headers: 100,
            head: 64 * 1024,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            connections: 1_024,
            in_flight: 64 * 1024 * 1024,
        }
    }
}
