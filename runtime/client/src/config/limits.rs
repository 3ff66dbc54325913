//! Time, size and trust limits of a client.

use std::time::Duration;

/// How long a client waits. `None` waits without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection: name lookup, TCP, a proxy's tunnel and TLS.
    pub connect: Option<Duration>,
    /// For the next part of a request to be taken, and of a response to arrive. Over the asynchronous transport, the
    /// whole request and the head of the response are one part; over the blocking one, so is each message of a proxy or
    /// TLS handshake.
    pub read: Option<Duration>,
    /// For one attempt, from connecting to the last byte of the response.
    pub attempt: Option<Duration>,
    /// For a call: all attempts and the waits between them. It bounds what the other limits do not, such as a server
    /// that sends a byte from time to time. A streaming response has its own time once its head is there: `read`
    /// applies to each part of it.
    pub operation: Option<Duration>,
}

impl Default for Timeouts {
    /// One minute to connect, one minute for each part, ten minutes for a call.
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(60)),
            read: Some(Duration::from_secs(60)),
            attempt: None,
            operation: Some(Duration::from_secs(600)),
        }
    }
}

/// How much a client accepts from a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest body of a response that is not streamed, in bytes.
    pub max_response_bytes: u64,
    /// Deepest nesting of values in a response.
    pub max_depth: u32,
}

impl Default for Limits {
    /// 32 MiB and 128 levels.
    fn default() -> Self {
        Self { max_response_bytes: 32 * 1024 * 1024, max_depth: 128 }
    }
}

/// Which certificates a client trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// Mozilla's root certificates.
    #[default]
    WebRoots,
    /// The certificates in this PEM text, and no others.
    Pem(Vec<u8>),
    /// The certificates in the PEM file at this path, and no others. A file that cannot be read
    /// fails requests over TLS, and no others.
    PemFile(std::path::PathBuf),
    /// Any certificate, unchecked. Whoever controls the network can read and change everything.
    Anything,
}
