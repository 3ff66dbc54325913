//! The mocked service: from a request to its answer, without a network.

mod clock;
mod default_answer;
mod event;
mod event_exchange;
mod exchange;
mod journal;
mod page;
mod refusal;
mod service;
mod state;
mod token;

pub(crate) use clock::{millis, now};
pub(crate) use default_answer::failure_texts;
pub(crate) use event_exchange::Exchanging;
pub(crate) use exchange::{Incoming, REQUEST_ID, Reaction};
pub(crate) use journal::{Entry, KEPT_BODY};
pub(crate) use service::Engine;

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use whitesmith_schema::{Operation, Structure, Timestamp, Value};

use self::exchange::Answer;
use self::journal::Recorded;
use crate::auth::AuthRefusal;
use crate::call::Call;
use crate::events::{ERROR, without_events};
use crate::fault::{FaultError, InjectedFault};
use crate::input::{CheckedInput, CheckingSeed};
use crate::refused::Refused;
use crate::rule::{Other, Reply, Unmet, Verification};
use crate::sample::{Uuid, uuid};
use crate::wire::Response;

impl Engine {
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

    /// Announces the events of at most so many tasks; returns whether there were any.
    fn advance_by(&self, tasks: usize) -> bool {
        let announced = self.state().advance(now(), &self.behaviour, tasks);
        let some = !announced.is_empty();
        let is_wanted = self.outbox.is_some() || tracing::enabled!(tracing::Level::DEBUG);
        for event in announced.iter().filter(|_| is_wanted).filter_map(|event| event.write(&self.behaviour)) {
            tracing::debug!(%event, "event announced");
            if self.outbox.as_ref().is_some_and(|outbox| !outbox.send(&event)) {
                tracing::warn!("event dropped: too many wait for the webhook");
            }
        }
        some
    }

    /// Announces events when they are due. Never returns.
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
                    // A steady stream of tasks, or many at once, must not keep requests waiting.
                    self.advance_by(TASKS_AT_A_TIME);
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Checks that every expectation was met.
    pub(crate) fn verify(&self) -> Result<(), Verification> {
        let rules = self.rules();
        let state = self.state();
        let operations = self.definition.closure.operations;
        let unmet: Vec<Unmet> = rules
            .iter()
            .filter_map(|rule| {
                let name = rule.operation.and_then(|index| operations.get(index)).map(|operation| operation.name);
                let concerned = |entry: &&Entry| {
                    entry.number > rule.since && (rule.operation.is_none() || entry.operation == rule.operation)
                };
                let other = |entry: &Entry| Other {
                    number: entry.number,
                    expectation: entry.expectation,
                    problem: None,
                    input: self.recorded_input(entry),
                };
                let others = state.journal.iter().rev().filter(concerned);
                Unmet::of(rule, name, others.map(|entry| Other { problem: entry.problem.as_deref(), ..other(entry) }))
            })
            .collect();
        if unmet.is_empty() { Ok(()) } else { Err(Verification { unmet }) }
    }

    /// Answers a request, and logs it.
    pub(crate) fn react(&self, request: &Incoming<'_>) -> Reaction {
        let at = now();
        let closure = self.definition.closure;
        let routed = self.responder.protocol.half().route(closure, request.received());
        let index = routed
            .as_ref()
            .ok()
            .and_then(|routed| closure.operations.iter().position(|operation| std::ptr::eq(*operation, *routed)));
        let injected = self.sample_faults(index, at);
        let answer = match (routed, index, injected.error.as_ref()) {
            (Ok(operation), _, Some(error)) => self.fault_answer(operation, error),
            (Ok(operation), Some(index), None) => self.answer(operation, index, request, at),
            (Err(error), _, _) => refusal::route(self.responder, &error),
            (Ok(operation), None, None) => refusal::unknown_operation(self.responder, operation.name),
        };
        self.finish(request, index, answer, injected, at).0
    }

    /// Refuses a request that was not read to its end, and logs it.
    pub(crate) fn refuse_unread(&self, refused: Refused, request: &Incoming<'_>) -> Reaction {
        let (status, code, message) = refused.answer();
        let response = self.responder.front_end(status, code, message);
        self.finish(request, None, Answer::refused(response, message), InjectedFault::default(), now()).0
    }

    /// Refuses a request for its signature, and logs it.
    pub(crate) fn refuse_signature(&self, refusal: &AuthRefusal, request: &Incoming<'_>) -> Reaction {
        let response = self.responder.front_end(StatusCode::BAD_REQUEST, refusal.code(), refusal.message());
        let problem = format!("{}: {}", refusal.code(), refusal.message());
        self.finish(request, None, Answer::refused(response, problem), InjectedFault::default(), now()).0
    }

    fn sample_faults(&self, index: Option<usize>, at: Timestamp) -> InjectedFault {
        let mut faults = self.faults();
        if faults.iter().len() == 0 {
            return InjectedFault::default();
        }
        faults.sample(index, millis(at), self.state().random()).unwrap_or_default()
    }

    fn fault_answer(&self, operation: &'static Operation, error: &FaultError) -> Answer {
        let modelled = operation.errors.iter().find(|known| known.name() == error.code);
        let response = match modelled {
            Some(schema) => {
                let members = refusal::error_members(schema, &error.message, self.state().sampler());
                self.responder.error_with(schema, &members, error.status)
            }
            None => {
                let status = error.status.unwrap_or(error.default_status);
                self.responder.unmodeled(status, &error.code, &error.message)
            }
        };
        Answer::refused(response, format!("fault: {}", error.code))
    }

    fn answer(&self, operation: &'static Operation, index: usize, request: &Incoming<'_>, at: Timestamp) -> Answer {
        let checking = CheckingSeed { schema: operation.input, fingerprints: &self.fingerprints };
        let read = self.responder.protocol.half().read_checked(operation, request.received(), checking);
        let checked_input = match read {
            Ok(Some(checked_input)) => checked_input,
            _ => match self.read_whole(operation, request) {
                Ok(checked_input) => checked_input,
                Err(refused) => return *refused,
            },
        };
        let Incoming { method, path, headers, body } = *request;
        let call = Call {
            responder: self.responder,
            index,
            operation,
            checked_input: &checked_input,
            method,
            path,
            headers,
            body,
        };
        if let Some(refused) = self.refuse_isolation(&call) {
            return refused;
        }
        if let Some((expectation, delay, reply)) = self.ruled(&call) {
            let response = self.reply(&call, reply, at);
            return Answer { response, delay, expectation: Some(expectation), problem: None };
        }
        let handled = self.handlers.get(operation.id).and_then(|handler| handler(&call));
        match handled {
            Some(response) => Answer { response, delay: Duration::ZERO, expectation: None, problem: None },
            None => self.default_answer(&call, at),
        }
    }

    /// Reads an input that may be invalid, and says why it is.
    fn read_whole(&self, operation: &'static Operation, request: &Incoming<'_>) -> Result<CheckedInput, Box<Answer>> {
        let schema = operation.input;
        let malformed = |reason: &str| Box::new(refusal::serialization(self.responder, reason));
        let input = match self.responder.protocol.half().read_value(operation, request.received()) {
            Ok(Value::Map(input)) => input,
            Ok(_) => return Err(malformed("the input is not a structure")),
            Err(error) => return Err(malformed(&error.to_string())),
        };
        let validate = |schema, members| whitesmith_validation::validate(&Structure { schema, members });
        let valid = match operation.input_events() {
            None => validate(schema, &input),
            Some(stream) => {
                let events = input.get(stream.name).and_then(Value::as_list).unwrap_or_default();
                let mut events = events.iter().filter_map(Value::as_map).filter(|event| !event.contains_key(ERROR));
                validate(schema, &without_events(schema, &input))
                    .and_then(|()| events.try_for_each(|event| validate(stream.target, event)))
            }
        };
        match valid {
            Ok(()) => Ok(CheckedInput::of(schema, &input, &self.fingerprints)),
            Err(violations) => Err(Box::new(self.refuse(operation, &violations))),
        }
    }

    fn ruled(&self, call: &Call<'_>) -> Option<(u64, Duration, Reply)> {
        let mut rules = self.rules();
        if rules.is_none_for(call.index) { None } else { rules.take(call) }
    }

    fn reply(&self, call: &Call<'_>, reply: Reply, at: Timestamp) -> Response {
        let default_answer = || self.default_answer(call, at).response;
        match reply {
            Reply::Default => default_answer(),
            Reply::Output(members) => self.responder.output(call.operation, &members),
            Reply::Exchange { output, answer } => self.exchange_whole(call, output, &answer),
            Reply::Error { schema, members, status } => self.responder.error_with(schema, &members, status),
            Reply::Unmodeled { status, code, message } => self.responder.unmodeled(status, &code, &message),
            Reply::Task { failure, delay } => self.task_with(call, at, failure.as_deref(), delay),
            Reply::Written(response) => response,
            Reply::Function(function) => function(call).unwrap_or_else(default_answer),
        }
    }

    /// Adds an answer to the journal; also returns its number there.
    fn finish(
        &self,
        request: &Incoming<'_>,
        operation: Option<usize>,
        answer: Answer,
        injected: InjectedFault,
        at: Timestamp,
    ) -> (Reaction, u64) {
        let Answer { response, delay, expectation, problem } = answer;
        let (mut parts, body) = response.into_parts();
        let body = Bytes::from(body);
        let status = parts.status.as_u16();
        let mut entry = Entry {
            number: 0,
            at,
            operation,
            request_id: Uuid::default(),
            status,
            method: request.method.clone(),
            headers: self.journals_headers.then(|| Box::new(request.headers.clone())),
            recorded: Recorded::new(request.path, request.body, &body),
            problem,
            expectation,
            fault: (!injected.names.is_empty()).then(|| injected.names.join(", ").into()),
        };
        let mut state = self.state();
        let request_id = uuid(state.random());
        entry.request_id = request_id;
        tracing::debug!(
            operation =
                operation.and_then(|index| self.definition.closure.operations.get(index)).map(|known| known.name),
            status,
            request_id = %request_id,
            expectation,
            fault = entry.fault.as_deref(),
            problem = entry.problem.as_deref(),
            "request answered"
        );
        let number = state.journal.add(entry);
        drop(state);
        if let Ok(value) = http::HeaderValue::from_bytes(&request_id.text()) {
            parts.headers.insert(REQUEST_ID, value);
        }
        let delay = delay + injected.delay;
        let reaction =
            Reaction { status: parts.status, headers: parts.headers, body, delay, transport: injected.transport };
        (reaction, number)
    }
}

/// The pause between two searches for tasks that are due.
const PAUSE: Duration = Duration::from_millis(1);
/// The number of tasks that announce their events before requests are served again.
const TASKS_AT_A_TIME: usize = 32;
