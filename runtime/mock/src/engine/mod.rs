//! The service itself: from a request to its answer, without a network.

mod event;
mod fingerprint;
mod glance;
mod journal;
mod natural;
mod refusal;
mod state;
mod task;
mod texts;
mod token;

pub(crate) use glance::Glance;
pub(crate) use journal::Entry;
pub(crate) use natural::failure_texts;
pub(crate) use refusal::{or_failure, unmodeled};
pub(crate) use state::State;
pub(crate) use task::{Task, TaskOutput};

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::wire::{Received, Response};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use whitesmith_protocol::Dynamic;
use whitesmith_schema::{Operation, Structure, Timestamp, Value};

use self::fingerprint::Fingerprints;
use self::glance::FirstSight;
use self::journal::Bodies;
use crate::auth::AuthRefusal;
use crate::behaviour::{Behaviour, BehaviourError, compile};
use crate::call::{Call, Handler};
use crate::fault::{Blow, FaultError, Faults, Transport};
use crate::rule::{Reply, Rules, Unmet, Verification};
use crate::sample::{Uuid, uuid};
use crate::webhook::Outbox;
use crate::{Config, Definition, wire};

/// A mocked service.
pub(crate) struct Engine {
    pub(crate) definition: Definition,
    pub(crate) behaviour: Behaviour,
    pub(crate) config: Config,
    pub(crate) handler: Option<Handler>,
    rules: Mutex<Rules>,
    faults: Mutex<Faults>,
    state: Mutex<State>,
    fingerprints: Fingerprints,
    /// Where events go that are sent to a webhook.
    outbox: Option<Outbox>,
    /// Told when a task comes that is due before all others.
    pub(crate) due_changed: tokio::sync::Notify,
}

/// What comes back for a request.
pub(crate) struct Reaction {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// To wait before the answer is sent.
    pub(crate) delay: Duration,
    pub(crate) transport: Transport,
}

/// A request as it has come.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// A response, and what the log says of it.
struct Answer {
    response: Response,
    delay: Duration,
    rule: Option<u64>,
    problem: Option<Box<str>>,
}

impl Answer {
    fn refused(response: Response, problem: impl Into<Box<str>>) -> Self {
        Self { response, delay: Duration::ZERO, rule: None, problem: Some(problem.into()) }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panic in a user's function leaves behind is still usable.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The instant now.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::new(i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos())
}

/// An instant in milliseconds since 1970.
pub(crate) fn millis(instant: Timestamp) -> u64 {
    u64::try_from(instant.seconds()).unwrap_or(0) * 1000 + u64::from(instant.subsecond_nanos() / 1_000_000)
}

impl Engine {
    pub(crate) fn new(
        definition: Definition,
        config: Config,
        handler: Option<Handler>,
        outbox: Option<Outbox>,
    ) -> Result<Self, BehaviourError> {
        let mut behaviour = compile(definition.behaviour, definition.service)?;
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
            behaviour,
            config,
            handler,
            rules: Mutex::default(),
            faults: Mutex::default(),
            state: Mutex::new(state),
            fingerprints: Fingerprints::default(),
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

    /// The operation of that name, with its index.
    pub(crate) fn operation(&self, name: &str) -> Option<(usize, &'static Operation)> {
        let operations = self.definition.service.operations;
        operations
            .iter()
            .position(|operation| operation.name == name)
            .and_then(|index| operations.get(index).map(|operation| (index, *operation)))
    }

    /// Forgets everything: requests, tasks, tokens, events, expectations and faults.
    pub(crate) fn reset(&self) {
        self.rules().clear();
        self.faults().clear();
        self.state().reset();
    }

    /// Announces the events of the tasks that are due.
    pub(crate) fn advance(&self) {
        while self.advance_by(usize::MAX) {}
    }

    /// Announces events of so many tasks at most; whether there were any.
    fn advance_by(&self, tasks: usize) -> bool {
        let announced = self.state().advance(now(), &self.behaviour, tasks);
        let some = !announced.is_empty();
        for event in announced {
            tracing::debug!(%event, "an event was announced");
            if self.outbox.as_ref().is_some_and(|outbox| outbox.try_send(event).is_err()) {
                tracing::warn!("an event is not sent to the webhook, since too many wait");
            }
        }
        some
    }

    /// Announces events as they are due, for ever.
    pub(crate) async fn announce(&self) {
        loop {
            let due = self.state().tasks.next_due();
            let now = millis(now());
            match due {
                None => self.due_changed.notified().await,
                Some(due) if due > now => {
                    let _ = tokio::time::timeout(Duration::from_millis(due - now), self.due_changed.notified()).await;
                }
                Some(_) => {
                    // Tasks that come all the time, or many at once, are not to keep requests waiting.
                    self.advance_by(TASKS_AT_A_TIME);
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Whether every expectation has been met.
    pub(crate) fn verify(&self) -> Result<(), Verification> {
        let rules = self.rules();
        let state = self.state();
        let operations = self.definition.service.operations;
        let unmet: Vec<Unmet> = rules
            .iter()
            .filter_map(|rule| {
                let name = rule.operation.and_then(|index| operations.get(index)).map(|operation| operation.name);
                let of_operation = |entry: &&Entry| rule.operation.is_none() || entry.operation == rule.operation;
                let others = state.journal.iter().rev().filter(of_operation);
                Unmet::of(rule, name, others.map(|entry| (entry.number, entry.rule, entry.bodies.request())))
            })
            .collect();
        if unmet.is_empty() { Ok(()) } else { Err(Verification { unmet }) }
    }

    /// Answers a request, and logs it.
    pub(crate) fn react(&self, request: &Incoming<'_>) -> Reaction {
        let at = now();
        let service = self.definition.service;
        let routed = wire::route(service, request.method, request.path, request.headers);
        let index = routed
            .as_ref()
            .ok()
            .and_then(|routed| service.operations.iter().position(|operation| std::ptr::eq(*operation, *routed)));
        let blow = self.strike(index, at);
        let answer = match (routed, index, blow.error.as_ref()) {
            (Ok(operation), _, Some(error)) => self.fault_answer(operation, error),
            (Ok(operation), Some(index), None) => self.answer(operation, index, request, at),
            (Err(error), _, _) => refusal::route(service, &error),
            (Ok(operation), None, None) => refusal::unknown_operation(service, operation.name),
        };
        self.finish(request, index, answer, blow, at)
    }

    /// Refuses a request for its signature, and logs it.
    pub(crate) fn refuse_signature(&self, refusal: &AuthRefusal, request: &Incoming<'_>) -> Reaction {
        let service = self.definition.service;
        let response = unmodeled(service, StatusCode::BAD_REQUEST, refusal.code(), refusal.message());
        let problem = format!("{}: {}", refusal.code(), refusal.message());
        self.finish(request, None, Answer::refused(response, problem), Blow::default(), now())
    }

    fn strike(&self, index: Option<usize>, at: Timestamp) -> Blow {
        let mut faults = self.faults();
        if faults.iter().len() == 0 {
            return Blow::default();
        }
        faults.strike(index, millis(at), self.state().random()).unwrap_or_default()
    }

    fn fault_answer(&self, operation: &'static Operation, error: &FaultError) -> Answer {
        let service = self.definition.service;
        let modelled = operation.errors.iter().find(|known| known.name() == error.code);
        let response = match modelled {
            Some(schema) => {
                let members = refusal::error_members(schema, &error.message, self.state().sampler());
                wire::write_error(service, &Structure { schema, members: &members })
            }
            None => wire::write_unmodeled(service, error.status, &error.code, &error.message),
        };
        Answer::refused(refusal::or_failure(service, response), format!("fault: {}", error.code))
    }

    fn answer(&self, operation: &'static Operation, index: usize, request: &Incoming<'_>, at: Timestamp) -> Answer {
        let service = self.definition.service;
        let received = Received { headers: request.headers, body: request.body };
        let first_sight = FirstSight { schema: operation.input, fingerprints: &self.fingerprints };
        let glance = match wire::read_input(service, operation, received, first_sight) {
            Ok(Some(glance)) => glance,
            _ => match self.read_whole(operation, received) {
                Ok(glance) => glance,
                Err(refused) => return *refused,
            },
        };
        let call = Call { service, index, operation, glance: &glance, headers: request.headers, body: request.body };
        if let Some(refused) = self.refuse_world(&call) {
            return refused;
        }
        if let Some((rule, delay, reply)) = self.ruled(&call) {
            let response = self.reply(&call, reply, at);
            return Answer { response, delay, rule: Some(rule), problem: None };
        }
        let handled = self.handler.as_ref().and_then(|handler| handler(&call));
        match handled {
            Some(response) => Answer { response, delay: Duration::ZERO, rule: None, problem: None },
            None => self.natural(&call, at),
        }
    }

    /// Reads an input that something may be wrong with, and says what.
    fn read_whole(&self, operation: &'static Operation, received: Received<'_>) -> Result<Glance, Box<Answer>> {
        let service = self.definition.service;
        let schema = operation.input;
        let input = match wire::read_input(service, operation, received, Dynamic(schema)) {
            Ok(Value::Map(input)) => input,
            Ok(_) => return Err(Box::new(refusal::serialization(service, "the input is no structure"))),
            Err(error) => return Err(Box::new(refusal::serialization(service, &error.to_string()))),
        };
        match whitesmith_validation::validate(&Structure { schema, members: &input }) {
            Ok(()) => Ok(Glance::of(schema, &input, &self.fingerprints)),
            Err(violations) => Err(Box::new(self.refuse(operation, &violations))),
        }
    }

    fn ruled(&self, call: &Call<'_>) -> Option<(u64, Duration, Reply)> {
        let mut rules = self.rules();
        if rules.is_none_for(call.index) { None } else { rules.take(call) }
    }

    fn reply(&self, call: &Call<'_>, reply: Reply, at: Timestamp) -> Response {
        let service = call.service;
        let natural = || self.natural(call, at).response;
        match reply {
            Reply::Natural => natural(),
            Reply::Output(members) => {
                let output = Structure { schema: call.operation.output, members: &members };
                refusal::or_failure(service, wire::write_output(service, call.operation, &output))
            }
            Reply::Error(schema, members) => {
                refusal::or_failure(service, wire::write_error(service, &Structure { schema, members: &members }))
            }
            Reply::Unmodeled { status, code, message } => {
                refusal::or_failure(service, wire::write_unmodeled(service, status, &code, &message))
            }
            Reply::Task { failure, delay } => self.task_with(call, at, failure.as_deref(), delay),
            Reply::Written(response) => response,
            Reply::Function(function) => function(call).unwrap_or_else(natural),
        }
    }

    fn finish(
        &self,
        request: &Incoming<'_>,
        operation: Option<usize>,
        answer: Answer,
        blow: Blow,
        at: Timestamp,
    ) -> Reaction {
        let Answer { response, delay, rule, problem } = answer;
        let (mut parts, body) = response.into_parts();
        let body = Bytes::from(body);
        tracing::debug!(
            operation =
                operation.and_then(|index| self.definition.service.operations.get(index)).map(|known| known.name),
            status = parts.status.as_u16(),
            rule,
            problem = problem.as_deref(),
            "a request was answered"
        );
        let mut entry = Entry {
            number: 0,
            at,
            operation,
            request_id: Uuid::default(),
            status: parts.status.as_u16(),
            bodies: Bodies::new(request.body, &body),
            problem,
            rule,
            fault: (!blow.names.is_empty()).then(|| blow.names.join(", ").into()),
        };
        let mut state = self.state();
        let request_id = uuid(state.random());
        entry.request_id = request_id;
        state.journal.add(entry);
        drop(state);
        if let Ok(value) = http::HeaderValue::from_bytes(&request_id.text()) {
            parts.headers.insert(REQUEST_ID, value);
        }
        Reaction {
            status: parts.status,
            headers: parts.headers,
            body,
            delay: delay + blow.delay,
            transport: blow.transport,
        }
    }
}

/// Between two looks for tasks that are due.
const PAUSE: Duration = Duration::from_millis(1);
/// How many tasks announce their events before requests have their turn.
const TASKS_AT_A_TIME: usize = 32;

const REQUEST_ID: http::HeaderName = http::HeaderName::from_static("x-amzn-requestid");
