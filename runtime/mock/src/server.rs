//! A running mock server.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;
use whitesmith_schema::TypedOperation;

use crate::auth::Authenticator;
use crate::behaviour::BehaviourError;
use crate::call::Handler;
use crate::description::{FaultText, ScriptError, ScriptText};
use crate::engine::Engine;
use crate::http::{Site, serve};
use crate::rule::Verification;
use crate::typed::{Expectation, ReceivedRequest, received};
use crate::webhook::{Inbox, Webhook, mailbox};
use crate::{Config, Definition, DescriptionError, wire};

/// Why a mock does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The behaviour file does not fit the service.
    #[error(transparent)]
    Behaviour(#[from] BehaviourError),
    /// There is no mock for the service's protocol.
    #[error("the service speaks {0:?}, for which there is no mock; there is one for AWS JSON 1.0 and 1.1")]
    Protocol(whitesmith_schema::ProtocolId),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: String,
        /// Why.
        source: std::io::Error,
    },
    /// Events cannot be sent there.
    #[error("`{0}` is no webhook: it has to be a URL of the scheme http")]
    Webhook(String),
    /// The certificate cannot be used.
    #[cfg(feature = "tls")]
    #[error(transparent)]
    Tls(#[from] crate::tls::TlsError),
    /// The server's thread cannot be started.
    #[error("cannot start the server: {0}")]
    Thread(#[source] std::io::Error),
}

/// How a mock is to be started.
#[must_use = "nothing happens until it is started"]
pub struct ServerBuilder {
    definition: Definition,
    config: Config,
    listen: String,
    handler: Option<Handler>,
    #[cfg(feature = "tls")]
    tls: Option<crate::tls::Identity>,
}

impl ServerBuilder {
    /// A mock of a service on a free port of the loopback interface.
    pub fn new(definition: Definition) -> Self {
        Self {
            definition,
            config: Config::default(),
            listen: "127.0.0.1:0".to_owned(),
            handler: None,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Sets the address to listen on, `host:port`; port 0 is any free one.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// Changes the configuration.
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Sets what answers requests before the mock itself does. It runs on the server's thread, and must not block.
    pub fn handler(mut self, handler: Handler) -> Self {
        self.handler = Some(handler);
        self
    }

    /// Speaks TLS.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, identity: crate::tls::Identity) -> Self {
        self.tls = Some(identity);
        self
    }

    /// Starts the server on a thread of its own. It accepts connections when this returns.
    ///
    /// # Errors
    /// When the behaviour file does not fit the service, or the address cannot be listened on.
    pub fn start(mut self) -> Result<Server, StartError> {
        let service = self.definition.service;
        if !wire::is_supported(service.protocol) {
            return Err(StartError::Protocol(service.protocol));
        }
        let webhook = self.config.webhook.as_ref().map(|url| {
            Webhook::at(url).ok_or_else(|| StartError::Webhook(url.clone())).map(|webhook| (webhook, mailbox()))
        });
        let (outbox, webhook) = match webhook.transpose()? {
            Some((webhook, (outbox, inbox))) => (Some(outbox), Some((webhook, inbox))),
            None => (None, None),
        };
        let authenticator = authenticator(service.signing_name, &mut self.config);
        let engine = Arc::new(Engine::new(self.definition, self.config, self.handler, outbox)?);
        let failed = |source| StartError::Listen { address: self.listen.clone(), source };
        let listener = TcpListener::bind(&self.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        #[cfg(feature = "tls")]
        let tls = self.tls.map(crate::tls::Identity::acceptor).transpose()?;
        let site = Arc::new(Site {
            engine: Arc::clone(&engine),
            loopback: address.ip().is_loopback(),
            authenticator,
            #[cfg(feature = "tls")]
            tls,
        });
        let scheme = site.scheme();
        let (stop, stopped) = oneshot::channel::<()>();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Thread)?;
        let run = move || runtime.block_on(run(listener, site, webhook, stopped));
        let thread = std::thread::Builder::new().name("mock".into()).spawn(run).map_err(StartError::Thread)?;
        Ok(Server { engine, address, scheme, stop: Some(stop), thread: Some(thread) })
    }
}

fn authenticator(signing_name: &'static str, config: &mut Config) -> Option<Authenticator> {
    if config.access_keys.is_empty() {
        return None;
    }
    let mut authenticator = Authenticator::new(signing_name);
    for key in config.access_keys.drain(..) {
        authenticator.add(key.id, key.secret, key.session_token);
    }
    Some(authenticator)
}

async fn run(
    listener: TcpListener,
    site: Arc<Site>,
    webhook: Option<(Webhook, Inbox)>,
    stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let engine = Arc::clone(&site.engine);
    let announcing = tokio::spawn(async move { engine.announce().await });
    if let Some((webhook, inbox)) = webhook {
        tokio::spawn(webhook.run(inbox));
    }
    serve(listener, site, async {
        let _ = stopped.await;
    })
    .await;
    announcing.abort();
}

/// A running mock server. It stops when it is dropped, after it has finished what is in flight.
pub struct Server {
    engine: Arc<Engine>,
    address: SocketAddr,
    scheme: &'static str,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL to point a client at.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Begins an expectation of requests for an operation.
    pub fn expect<O: TypedOperation>(&self) -> Expectation<'_, O> {
        Expectation::new(&self.engine)
    }

    /// The requests of an operation that are still in the log, oldest first.
    pub fn requests<O: TypedOperation>(&self) -> Vec<ReceivedRequest<O::Input>> {
        received::<O>(&self.engine)
    }

    /// Whether every expectation has been met.
    ///
    /// # Errors
    /// The expectations that were not, each with what came instead.
    pub fn verify(&self) -> Result<(), Verification> {
        self.engine.verify()
    }

    /// The events that tasks have announced, oldest first, each in EventBridge's envelope as JSON.
    pub fn events(&self) -> Vec<serde_json::Value> {
        self.engine.advance();
        self.engine.state().events.values()
    }

    /// Adds the expectations and faults of a script: YAML or JSON, in the control API's form.
    ///
    /// # Errors
    /// When it cannot be read, or does not fit the service.
    pub fn script(&self, text: &str) -> Result<(), ScriptError> {
        ScriptText::read(text)?.apply(&self.engine)
    }

    /// Lets something go wrong, in the control API's form: `json!({"fault": "reset", "probability": 0.1})`. Gives its
    /// id.
    ///
    /// # Errors
    /// When it is no fault, or does not fit the service.
    pub fn fault(&self, description: serde_json::Value) -> Result<u64, ScriptError> {
        let failed = |error| ScriptError::Fault { number: 1, error };
        let text: FaultText =
            serde_json::from_value(description).map_err(|error| ScriptError::Syntax(error.to_string()))?;
        let fault = text.into_fault(&self.engine).map_err(failed)?;
        self.engine.faults().add(fault).ok_or(DescriptionError::TooMany).map_err(failed)
    }

    /// Takes a fault away; `false` where there is none with this id.
    pub fn forget_fault(&self, id: u64) -> bool {
        self.engine.faults().remove(id)
    }

    /// Forgets everything: requests, tasks, tokens, events, expectations and faults.
    pub fn reset(&self) {
        self.engine.reset();
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
