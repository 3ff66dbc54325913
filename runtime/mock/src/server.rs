//! A running mock server.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;
use whitesmith_schema::TypedOperation;

use crate::auth::Authenticator;
use crate::behaviour::BehaviourError;
use crate::budget::Budget;
use crate::call::Handler;
use crate::description::{ScriptError, add_fault, apply_script};
use crate::engine::Engine;
use crate::http::serve;
use crate::rule::Verification;
use crate::site::Site;
use crate::typed::{Expectation, ReceivedRequest, handler, received};
use crate::webhook::{Inbox, Webhook, mailbox};
use crate::{Config, Definition};

/// Why a mock could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The behaviour file does not match the service.
    #[error(transparent)]
    Behaviour(#[from] BehaviourError),
    /// Listening on the address failed.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: String,
        /// The cause.
        source: std::io::Error,
    },
    /// Events cannot be sent to the webhook.
    #[error(transparent)]
    Webhook(#[from] crate::webhook::WebhookError),
    /// The certificate or its key is invalid.
    #[cfg(feature = "tls")]
    #[error(transparent)]
    Tls(#[from] crate::tls::TlsError),
    /// The server thread cannot be started.
    #[error("cannot start the server thread")]
    Thread(#[source] std::io::Error),
}

/// Builds and starts a mock.
#[must_use = "a builder does nothing until it is started"]
pub struct ServerBuilder {
    definition: Definition,
    config: Config,
    listen: String,
    handlers: HashMap<&'static str, Handler>,
    #[cfg(feature = "tls")]
    tls: Option<crate::tls::Identity>,
}

impl ServerBuilder {
    /// Creates a builder for a mock of a service on a free port of the loopback interface.
    pub fn new(definition: Definition) -> Self {
        Self {
            definition,
            config: Config::default(),
            listen: "127.0.0.1:0".to_owned(),
            handlers: HashMap::new(),
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Sets the address to listen on, `host:port`; port 0 picks a free one.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// Changes the configuration.
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Answers valid requests for an operation with a function; `None` leaves a request to the mock.
    ///
    /// The function runs on the server's thread and must not block. Requests that an expectation answers do not get there.
    /// A second function for the same operation replaces the first.
    pub fn handle<O: TypedOperation>(
        mut self,
        answer: impl Fn(O::Input) -> Option<Result<O::Output, O::Error>> + Send + Sync + 'static,
    ) -> Self {
        self.handlers.insert(O::OPERATION.id, handler::<O>(answer));
        self
    }

    /// Serves TLS.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, identity: crate::tls::Identity) -> Self {
        self.tls = Some(identity);
        self
    }

    /// Starts the server on its own thread. It accepts connections when this returns.
    ///
    /// # Errors
    /// See [`StartError`].
    pub fn start(mut self) -> Result<Server, StartError> {
        let webhook = self.config.webhook.as_deref().map(Webhook::parse).transpose()?;
        let (outbox, webhook) = match webhook {
            Some(webhook) => {
                let (outbox, inbox) = mailbox();
                (Some(outbox), Some((webhook, inbox)))
            }
            None => (None, None),
        };
        let control_token = self.config.control_token.take();
        let budget = Budget::new(self.config.limits.in_flight);
        let authenticator = authenticator(self.definition.closure.service.signing_name, &mut self.config);
        let engine = Arc::new(Engine::new(self.definition, self.config, self.handlers, outbox)?);
        let failed = |source| StartError::Listen { address: self.listen.clone(), source };
        let listener = TcpListener::bind(&self.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        #[cfg(feature = "tls")]
        let tls = self.tls.map(crate::tls::Identity::acceptor).transpose()?;
        let site = Arc::new(Site {
            engine: Arc::clone(&engine),
            loopback: address.ip().is_loopback(),
            control_token,
            authenticator,
            budget,
            #[cfg(feature = "tls")]
            tls,
        });
        if !site.loopback {
            let control = if site.control_token.is_some() { "needs the token" } else { "is off" };
            tracing::warn!(%address, "listening beyond the loopback interface; the control API {control}");
        }
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

/// A running mock server. Dropping it stops the server once the requests in flight are answered, after eight seconds at the
/// latest.
pub struct Server {
    engine: Arc<Engine>,
    address: SocketAddr,
    scheme: &'static str,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Returns the address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the URL to point a client at.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Starts an expectation of requests for an operation.
    pub fn expect<O: TypedOperation>(&self) -> Expectation<'_, O> {
        Expectation::new(&self.engine)
    }

    /// Returns the requests for an operation that are still in the journal, oldest first.
    pub fn requests<O: TypedOperation>(&self) -> Vec<ReceivedRequest<O::Input>> {
        received::<O>(&self.engine)
    }

    /// Checks that every expectation was met.
    ///
    /// # Errors
    /// The unmet expectations, each with the nearest requests that came instead.
    pub fn verify(&self) -> Result<(), Verification> {
        self.engine.verify()
    }

    /// Returns the events that tasks have announced, oldest first, each in EventBridge's envelope.
    pub fn events(&self) -> Vec<serde_json::Value> {
        self.engine.advance();
        self.engine.state().events.values(&self.engine.behaviour)
    }

    /// Adds the expectations and faults of a script, which is YAML or JSON in the control API's form.
    ///
    /// # Errors
    /// See [`ScriptError`].
    pub fn script(&self, text: &str) -> Result<(), ScriptError> {
        apply_script(&self.engine, text)
    }

    /// Adds a fault in the control API's form, such as `json!({"fault": "reset", "probability": 0.1})`, and returns its id.
    ///
    /// # Errors
    /// See [`ScriptError`].
    pub fn fault(&self, description: serde_json::Value) -> Result<u64, ScriptError> {
        add_fault(&self.engine, &description).map_err(|error| ScriptError::Fault { number: 1, error })
    }

    /// Removes a fault; returns `false` if there is none with this id.
    pub fn forget_fault(&self, id: u64) -> bool {
        self.engine.faults().remove(id)
    }

    /// Forgets all requests, tasks, tokens, events, expectations and faults.
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
