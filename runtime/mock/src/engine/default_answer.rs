//! What a service does by default: tasks and tokens as its behaviour file says, examples, sample values.

use std::time::Duration;

use http::StatusCode;
use whitesmith_schema::{Operation, Schema, Timestamp, Value, ValueMap, to_value};
use whitesmith_validation::is_valid_text;

use super::clock::millis;
use super::exchange::Answer;
use super::page::{UnknownToken, token_error};
use super::refusal;
use super::service::Engine;
use super::state::State;
use super::token::{Known, Token};
use crate::behaviour::{Conflict, OperationBehaviour, Output, OutputValue, Scope, Stage, Tasks};
use crate::call::Call;
use crate::json::{read_members, to_json};
use crate::place::At;
use crate::task::{Task, TaskOutput, TaskTexts};
use crate::wire::Response;

impl Engine {
    /// Returns the answer that the service would give.
    pub(super) fn default_answer(&self, call: &Call<'_>, at: Timestamp) -> Answer {
        let behaviour = self.behaviour.operations.get(call.index).and_then(Option::as_ref);
        match (behaviour, &self.behaviour.tasks) {
            (Some(behaviour), Some(tasks)) => self.task(call, at, behaviour, tasks),
            _ => self.idempotent_output(call),
        }
    }

    /// Returns the task of the request's token, or a new one.
    fn task(&self, call: &Call<'_>, at: Timestamp, behaviour: &OperationBehaviour, tasks: &Tasks) -> Answer {
        let mut state = self.state();
        let token = self.token(call);
        let known = token.map_or(Known::No, |token| state.tokens.find(token));
        if let Known::Same(number) = known
            && let Some(task) = state.tasks.get(number)
        {
            return answered(show(call, task, behaviour, tasks, task.stage(millis(at))));
        }
        if let (Known::Other, Some(conflict)) = (known, &self.behaviour.idempotency.conflict) {
            return refuse_token(call, conflict);
        }
        let task = self.new_task(&mut state, call, at, behaviour, tasks.delay);
        let response = show(call, &task, behaviour, tasks, task.stage(millis(at)));
        let number = self.keep(&mut state, task);
        if let Some(token) = token {
            state.tokens.remember(token, number);
        }
        answered(response)
    }

    /// Answers with a sample, which is the same again for a repeated idempotency token.
    fn idempotent_output(&self, call: &Call<'_>) -> Answer {
        let Some(token) = self.token(call) else { return self.sample_output(call, None) };
        let mut state = self.state();
        let seed = match state.tokens.find(token) {
            Known::Same(seed) => seed,
            Known::Other if let Some(error) = mismatch_error(call.operation) => {
                let members = refusal::error_members(error, MISMATCH, state.sampler());
                return Answer::refused(self.responder.error(error, &members), TOKEN_REUSED);
            }
            Known::No | Known::Other => {
                let seed = state.random().u64(..);
                state.tokens.remember(token, seed);
                seed
            }
        };
        drop(state);
        self.sample_output(call, Some(seed))
    }

    /// The idempotency token of a request.
    fn token(&self, call: &Call<'_>) -> Option<Token> {
        let member = call.operation.input.members.iter().find(|member| member.idempotency_token)?;
        let place = self.fingerprints.token(call.index, self.isolation(call), call.text(member.name)?);
        Some(Token { place, input: call.checked_input.fingerprint })
    }

    /// Starts the task that a test asks for; an operation without tasks answers with a sample.
    pub(super) fn task_with(
        &self,
        call: &Call<'_>,
        at: Timestamp,
        failure: Option<&[(String, String)]>,
        delay: Option<Duration>,
    ) -> Response {
        let behaviour = self.behaviour.operations.get(call.index).and_then(Option::as_ref);
        let (Some(behaviour), Some(tasks)) = (behaviour, &self.behaviour.tasks) else {
            return self.sample_output(call, None).response;
        };
        let mut state = self.state();
        let mut task = self.new_task(&mut state, call, at, behaviour, delay.unwrap_or(tasks.delay));
        task.failure = failure.map(|said| failure_texts(tasks, said));
        let response = show(call, &task, behaviour, tasks, task.stage(millis(at)));
        self.keep(&mut state, task);
        response
    }

    fn keep(&self, state: &mut State, task: Task) -> u64 {
        let sooner = state.tasks.next_due().is_none_or(|due| task.due < due);
        let number = state.tasks.add(task);
        if sooner {
            self.due_changed.notify_one();
        }
        number
    }

    fn isolation<'a>(&self, call: &Call<'a>) -> &'a str {
        let isolation = self.behaviour.isolation.as_ref();
        isolation.and_then(|isolation| call.text(&isolation.member)).unwrap_or_default()
    }

    fn new_task(
        &self,
        state: &mut State,
        call: &Call<'_>,
        at: Timestamp,
        behaviour: &OperationBehaviour,
        delay: Duration,
    ) -> Task {
        let region = call.region();
        let mut texts =
            TaskTexts::new(behaviour, self.isolation(call), region.unwrap_or(&self.behaviour.identity.region));
        let mut text = String::with_capacity(128);
        for output in &behaviour.outputs {
            let mut scope = Scope {
                identity: &self.behaviour.identity,
                region,
                input: &|name| call.text(name),
                now: at,
                output: &|index| texts.output(index),
                random: state.random(),
            };
            let made = output_text(output, &mut scope, &mut text).is_some();
            texts.push(made.then_some(&*text));
        }
        behaviour.event_inputs.iter().for_each(|name| texts.push(call.text(name)));
        let started = millis(at);
        let due = started.saturating_add(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX));
        Task::new(call.index, started, due, texts)
    }

    /// Returns a task's output at an instant, in milliseconds since 1970, as JSON.
    pub(crate) fn task_output(&self, task: &Task, at: u64) -> serde_json::Value {
        let operations = self.definition.closure.operations;
        let index = task.operation as usize;
        let behaviour = self.behaviour.operations.get(index).and_then(Option::as_ref);
        let (Some(operation), Some(behaviour), Some(tasks)) = (operations.get(index), behaviour, &self.behaviour.tasks)
        else {
            return serde_json::Value::Null;
        };
        let output = TaskOutput { schema: operation.output, tasks, behaviour, task, stage: task.stage(at) };
        to_json(&to_value(&output))
    }

    /// Answers with an example of the model, or with sample values; a list operation with a page of them.
    fn sample_output(&self, call: &Call<'_>, seed: Option<u64>) -> Answer {
        let mut members = self.example(call).unwrap_or_else(|| {
            let mut state = self.state();
            match seed {
                Some(seed) => state.sampler().seeded(seed, |sampler| sampler.structure(call.operation.output)),
                None => state.sampler().structure(call.operation.output),
            }
        });
        if let (Some(stream), Some(Some(events))) =
            (call.operation.output_events(), self.behaviour.streams.get(call.index))
        {
            members.insert(stream.name, events.clone());
        }
        if let Some(pagination) = &call.operation.traits.pagination
            && self.page(call, pagination, &mut members) == Err(UnknownToken)
        {
            return self.refuse_page(call);
        }
        answered(self.responder.output(call.operation, &members))
    }

    fn refuse_page(&self, call: &Call<'_>) -> Answer {
        let written = match token_error(call.operation) {
            Some(schema) => {
                let members = refusal::error_members(schema, UNKNOWN_PAGE, self.state().sampler());
                self.responder.error(schema, &members)
            }
            None => self.responder.unmodeled(StatusCode::BAD_REQUEST, "ValidationException", UNKNOWN_PAGE),
        };
        Answer::refused(written, UNKNOWN_PAGE)
    }

    /// Returns the output of the example with this input, or else of the operation's first.
    fn example(&self, call: &Call<'_>) -> Option<ValueMap> {
        let of_operation =
            || self.definition.examples.iter().filter(|example| example.operation == call.operation.name);
        let read = |schema: &'static Schema, text: &str| {
            let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
            read_members(schema, &members, &At::TOP).ok()
        };
        of_operation().next()?;
        let input = call.value();
        let same = |text: &str| read(call.operation.input, text).map(Value::Map) == input;
        let example = of_operation().find(|example| same(example.input)).or_else(|| of_operation().next())?;
        read(call.operation.output, example.output)
    }
}

/// The message for an unknown pagination token.
const UNKNOWN_PAGE: &str = "The pagination token is invalid.";
/// The journal's description of a repeated token with other input.
const TOKEN_REUSED: &str = "the idempotency token was used before with other input";
/// The message of the error for it.
const MISMATCH: &str = "The idempotency token was already used with different parameters.";

/// Finds the operation's error for a repeated token with other input, by its name: AWS's services use both kinds.
fn mismatch_error(operation: &'static Operation) -> Option<&'static Schema> {
    let named =
        |part: &str| operation.errors.iter().copied().find(|error| error.name().to_ascii_lowercase().contains(part));
    named("parametermismatch").or_else(|| named("idempoten")).or_else(|| named("conflict"))
}

fn answered(response: Response) -> Answer {
    Answer { response, delay: Duration::ZERO, expectation: None, problem: None }
}

fn show(call: &Call<'_>, task: &Task, behaviour: &OperationBehaviour, tasks: &Tasks, stage: Stage) -> Response {
    let output = TaskOutput { schema: call.operation.output, tasks, behaviour, task, stage };
    call.responder.task(call.operation, &output)
}

fn refuse_token(call: &Call<'_>, conflict: &Conflict) -> Answer {
    let members: ValueMap =
        conflict.message.iter().map(|(member, message)| (member.name, Value::from(&**message))).collect();
    Answer::refused(call.responder.error(conflict.error, &members), TOKEN_REUSED)
}

/// Returns the texts of a failed task: those of a test, or else those of the behaviour file.
pub(crate) fn failure_texts(tasks: &Tasks, said: &[(String, String)]) -> Box<[Box<str>]> {
    let text = |(name, usual): &(Box<str>, Box<str>)| {
        said.iter()
            .find(|(member, _)| **member == **name)
            .map_or_else(|| usual.clone(), |(_, text)| text.as_str().into())
    };
    tasks.failed.iter().map(text).collect()
}

/// Makes the text of an output, if it meets the constraints of its member.
fn output_text(output: &Output, scope: &mut Scope<'_>, text: &mut String) -> Option<()> {
    let OutputValue::Text { value, after_last, otherwise } = &output.value else { return None };
    text.clear();
    value.append(scope, text)?;
    let end = after_last.as_ref().and_then(|mark| Some(text.rfind(&**mark)? + mark.len()));
    text.drain(..end.unwrap_or(0));
    if is_valid_text(output.member, text) {
        return Some(());
    }
    text.clear();
    otherwise.as_ref()?.append(scope, text)
}
