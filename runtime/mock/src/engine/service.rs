//! A mocked service: what it is made of, and its state.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::HeaderMap;
use whitesmith_protocol::ReceivedRequest;
use whitesmith_schema::{Operation, ProtocolStyle, Value, ValueMap};

use super::journal::Entry;
use super::state::State;
use crate::behaviour::{Behaviour, BehaviourError, compile};
use crate::call::Handler;
use crate::fault::Faults;
use crate::input::Fingerprints;
use crate::responder::Responder;
use crate::rule::{Rule, Rules};
use crate::webhook::Outbox;
use crate::{Config, Definition};

/// A mocked service.
pub(crate) struct Engine {
    pub(crate) definition: Definition,
    pub(crate) responder: Responder,
    pub(crate) behaviour: Behaviour,
    pub(crate) config: Config,
    /// Custom handlers by the operation's shape ID.
    pub(super) handlers: HashMap<&'static str, Handler>,
    rules: Mutex<Rules>,
    faults: Mutex<Faults>,
    state: Mutex<State>,
    pub(super) fingerprints: Fingerprints,
    /// Whether the service has operations whose events go both ways.
    pub(crate) has_exchanges: bool,
    /// Whether the journal keeps headers, since the protocol puts members there.
    pub(super) journals_headers: bool,
    /// The queue to the webhook.
    pub(super) outbox: Option<Outbox>,
    /// Notified of a task that is due before all others.
    pub(crate) due_changed: tokio::sync::Notify,
}

impl Engine {
    pub(crate) fn new(
        definition: Definition,
        config: Config,
        handlers: HashMap<&'static str, Handler>,
        outbox: Option<Outbox>,
    ) -> Result<Self, BehaviourError> {
        let mut behaviour = compile(definition.behaviour, definition.closure)?;
        let identity = &mut behaviour.identity;
        for (place, configured) in [
            (&mut identity.partition, &config.partition),
            (&mut identity.region, &config.region),
            (&mut identity.account, &config.account),
        ] {
            if let Some(configured) = configured {
                *place = configured.as_str().into();
            }
        }
        if let (Some(tasks), Some(delay)) = (&mut behaviour.tasks, config.task_delay) {
            tasks.delay = delay;
        }
        if let Some(remember) = config.remembered_tokens {
            behaviour.idempotency.remember = remember;
        }
        let state = State::new(&config, &behaviour);
        Ok(Self {
            definition,
            responder: Responder::new(&definition),
            behaviour,
            config,
            handlers,
            rules: Mutex::default(),
            faults: Mutex::default(),
            state: Mutex::new(state),
            fingerprints: Fingerprints::default(),
            has_exchanges: definition.closure.operations.iter().any(|operation| goes_both_ways(operation)),
            journals_headers: definition.protocol.id().facts().style == ProtocolStyle::HttpBinding,
            outbox,
            due_changed: tokio::sync::Notify::new(),
        })
    }

    pub(crate) fn rules(&self) -> MutexGuard<'_, Rules> {
        lock(&self.rules)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Finds an operation by its name; also returns its index.
    pub(crate) fn operation(&self, name: &str) -> Option<(usize, &'static Operation)> {
        let operations = self.definition.closure.operations;
        operations
            .iter()
            .position(|operation| operation.name == name)
            .and_then(|index| operations.get(index).map(|operation| (index, *operation)))
    }

    /// Whether the behaviour file gives the operation tasks.
    pub(crate) fn has_tasks(&self, operation: &'static Operation) -> bool {
        let behaviour = self.operation(operation.name).and_then(|(index, _)| self.behaviour.operations.get(index));
        self.behaviour.tasks.is_some() && behaviour.is_some_and(Option::is_some)
    }

    /// Adds a rule and returns its id, or `None` if there are too many.
    pub(crate) fn add_rule(&self, rule: Rule) -> Option<u64> {
        let since = self.state().journal.received();
        self.rules().add(rule, since)
    }

    /// Forgets the requests; their numbers start anew.
    pub(crate) fn forget_requests(&self) {
        let mut rules = self.rules();
        self.state().journal.clear();
        rules.restart_count();
    }

    /// Reads the input of a request in the journal again; `None` if that is incomplete or malformed.
    pub(crate) fn recorded_input(&self, entry: &Entry) -> Option<ValueMap> {
        let operation = self.definition.closure.operations.get(entry.operation?)?;
        let none = HeaderMap::new();
        let recorded = Some(&entry.recorded).filter(|recorded| recorded.is_complete())?;
        let headers = entry.headers.as_deref().unwrap_or(&none);
        let request = ReceivedRequest::new(&entry.method, recorded.path(), headers, recorded.request());
        match self.responder.protocol.half().read_value(operation, request).ok()? {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }
}

fn goes_both_ways(operation: &Operation) -> bool {
    operation.input_events().is_some() && operation.output_events().is_some()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic in a user's function leaves the state usable.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
