//! Sending events to a URL.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Uri};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::budget::Budget;

/// How many events may wait to be sent; further ones are dropped.
const WAITING: usize = 10_000;
/// How many bytes of events may wait to be sent; events beyond are dropped.
const WAITING_BYTES: usize = 8 * 1024 * 1024;
/// How long sending one event may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The receiver of events.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    uri: Uri,
}

/// A webhook's URL that cannot be used. The text leaves the URL out, since it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// It is not a URL with the scheme `http` and a host.
    #[error("invalid webhook URL: expected `http://HOST[:PORT][/PATH]`")]
    Url,
    /// It has a user name or password.
    #[error("invalid webhook URL: credentials are not supported")]
    Credentials,
}

/// Takes the events that are to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    sender: mpsc::Sender<Bytes>,
    budget: Arc<Budget>,
}

impl Outbox {
    /// Queues an event; returns `false` if too many wait already.
    pub(crate) fn send(&self, event: &str) -> bool {
        let mut reservation = self.budget.reservation();
        if reservation.grow_to(event.len()).is_err() {
            return false;
        }
        self.sender.try_send(reservation.attach(Bytes::copy_from_slice(event.as_bytes()))).is_ok()
    }
}

/// Returns the events that are to be sent.
pub(crate) type Inbox = mpsc::Receiver<Bytes>;

/// Creates the queue from a mock to its webhook.
pub(crate) fn mailbox() -> (Outbox, Inbox) {
    let (sender, inbox) = mpsc::channel(WAITING);
    (Outbox { sender, budget: Budget::new(WAITING_BYTES) }, inbox)
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error("connection failed: {0}")]
    Connect(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
    #[error(transparent)]
    Request(#[from] http::Error),
    #[error("the webhook answered with status {0}")]
    Status(http::StatusCode),
    #[error("the webhook did not answer within {PATIENCE:?}")]
    TooSlow,
}

impl Webhook {
    /// Parses a webhook's URL.
    pub(crate) fn parse(url: &str) -> Result<Self, WebhookError> {
        let uri: Uri = url.parse().map_err(|_| WebhookError::Url)?;
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let authority = authority.filter(|_| uri.scheme_str() == Some("http")).ok_or(WebhookError::Url)?;
        if authority.as_str().contains('@') {
            return Err(WebhookError::Credentials);
        }
        Ok(Self { uri })
    }

    /// Sends events one after another until the mock is gone.
    pub(crate) async fn run(self, mut inbox: Inbox) {
        while let Some(event) = inbox.recv().await {
            let sent = tokio::time::timeout(PATIENCE, self.send(event)).await.unwrap_or(Err(SendError::TooSlow));
            if let Err(error) = sent {
                tracing::warn!(%error, "event did not reach the webhook");
            }
        }
    }

    async fn send(&self, event: Bytes) -> Result<(), SendError> {
        let host = self.uri.host().unwrap_or_default();
        let tcp = TcpStream::connect((host.trim_matches(['[', ']']), self.uri.port_u16().unwrap_or(80))).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await?;
        let request = Request::post(self.uri.path_and_query().map_or("/", |path| path.as_str()))
            .header(http::header::HOST, self.uri.authority().map_or(host, |authority| authority.as_str()))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(Full::new(event))?;
        let answered = tokio::select! {
            answered = sender.send_request(request) => answered?,
            ended = connection => {
                ended?;
                return Err(SendError::Connect(std::io::ErrorKind::ConnectionAborted.into()));
            }
        };
        if answered.status().is_success() { Ok(()) } else { Err(SendError::Status(answered.status())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_http_urls_without_credentials() {
        assert!(Webhook::parse("http://127.0.0.1:8080/events?x=1").is_ok());
        assert_eq!(Webhook::parse("http://user:password@localhost/").unwrap_err(), WebhookError::Credentials);
        for url in ["https://localhost/", "localhost", "/events", "http:///events", "not a url"] {
            assert_eq!(Webhook::parse(url).unwrap_err(), WebhookError::Url, "{url}");
        }
    }
}
