//! Sending events to a URL.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Uri};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::mpsc;

/// How many events wait to be sent; further ones are not sent.
const WAITING: usize = 10_000;
/// How long sending one may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where events go.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    uri: Uri,
}

/// Takes the events that are to be sent.
pub(crate) type Outbox = mpsc::Sender<Arc<str>>;
/// Gives the events that are to be sent.
pub(crate) type Inbox = mpsc::Receiver<Arc<str>>;

/// The way from the mock to its webhook.
pub(crate) fn mailbox() -> (Outbox, Inbox) {
    mpsc::channel(WAITING)
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error("cannot connect: {0}")]
    Connect(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
    #[error(transparent)]
    Request(#[from] http::Error),
    #[error("it answered with status {0}")]
    Status(http::StatusCode),
    #[error("it did not answer within {PATIENCE:?}")]
    TooSlow,
}

impl Webhook {
    /// The webhook at a URL; `None` where that is no URL of the scheme `http`.
    pub(crate) fn at(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        (uri.scheme_str() == Some("http") && uri.host().is_some()).then_some(Self { uri })
    }

    /// Sends what comes, one after another, until the mock is gone.
    pub(crate) async fn run(self, mut inbox: Inbox) {
        while let Some(event) = inbox.recv().await {
            let sent = tokio::time::timeout(PATIENCE, self.send(&event)).await.unwrap_or(Err(SendError::TooSlow));
            if let Err(error) = sent {
                tracing::warn!(%error, "an event did not reach the webhook");
            }
        }
    }

    async fn send(&self, event: &str) -> Result<(), SendError> {
        let host = self.uri.host().unwrap_or_default();
        let tcp = TcpStream::connect((host.trim_matches(['[', ']']), self.uri.port_u16().unwrap_or(80))).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await?;
        let request = Request::post(self.uri.path_and_query().map_or("/", |path| path.as_str()))
            .header(http::header::HOST, self.uri.authority().map_or(host, |authority| authority.as_str()))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::copy_from_slice(event.as_bytes())))?;
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
