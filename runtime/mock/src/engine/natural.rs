//! What a service does by itself: tasks and tokens as its behaviour file says, examples, sample values.

use std::time::Duration;

use whitesmith_protocol::Dynamic;
use whitesmith_schema::{Schema, Structure, Timestamp, Value, ValueMap};
use whitesmith_validation::is_valid_leaf;

use super::task::TaskTexts;
use super::token::{Known, Token};
use super::{Answer, Engine, State, Task, TaskOutput, millis, refusal};
use crate::behaviour::{Conflict, OperationBehaviour, Output, OutputValue, Scope, Stage, Tasks};
use crate::call::Call;
use crate::wire::{self, Received, Response};

impl Engine {
    /// Answers as the service would.
    pub(super) fn natural(&self, call: &Call<'_>, at: Timestamp) -> Answer {
        let told = self.behaviour.operations.get(call.index).and_then(Option::as_ref);
        match (told, &self.behaviour.tasks) {
            (Some(told), Some(tasks)) => self.task(call, at, told, tasks),
            _ => answered(self.sample(call)),
        }
    }

    /// The task that the request's token stands for, or a new one.
    fn task(&self, call: &Call<'_>, at: Timestamp, told: &OperationBehaviour, tasks: &Tasks) -> Answer {
        let mut state = self.state();
        let token = call.operation.input.members.iter().find(|member| member.idempotency_token).and_then(|member| {
            let place = self.fingerprints.token(call.index, self.world(call), call.text(member.name)?);
            Some(Token { place, input: call.glance.fingerprint })
        });
        let known = token.map_or(Known::No, |token| state.tokens.find(token));
        if let Known::Same(number) = known
            && let Some(task) = state.tasks.get(number)
        {
            return answered(show(call, task, told, tasks, task.stage(millis(at))));
        }
        if let (Known::Other, Some(conflict)) = (known, &self.behaviour.idempotency.conflict) {
            return refuse_token(call, conflict);
        }
        let task = self.new_task(&mut state, call, at, told, tasks.delay);
        let response = show(call, &task, told, tasks, task.stage(millis(at)));
        let number = self.keep(&mut state, task);
        if let Some(token) = token {
            state.tokens.remember(token, number);
        }
        answered(response)
    }

    /// A task of its own for a request, as a test has said; without tasks, a sample.
    pub(super) fn task_with(
        &self,
        call: &Call<'_>,
        at: Timestamp,
        failure: Option<&[(String, String)]>,
        delay: Option<Duration>,
    ) -> Response {
        let told = self.behaviour.operations.get(call.index).and_then(Option::as_ref);
        let (Some(told), Some(tasks)) = (told, &self.behaviour.tasks) else { return self.sample(call) };
        let mut state = self.state();
        let mut task = self.new_task(&mut state, call, at, told, delay.unwrap_or(tasks.delay));
        task.failure = failure.map(|said| failure_texts(tasks, said));
        let response = show(call, &task, told, tasks, task.stage(millis(at)));
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

    fn world<'a>(&self, call: &Call<'a>) -> &'a str {
        let worlds = self.behaviour.worlds.as_ref();
        worlds.and_then(|worlds| call.text(&worlds.member)).unwrap_or_default()
    }

    fn new_task(
        &self,
        state: &mut State,
        call: &Call<'_>,
        at: Timestamp,
        told: &OperationBehaviour,
        delay: Duration,
    ) -> Task {
        let region = call.region();
        let mut texts = TaskTexts::new(told, self.world(call), region.unwrap_or(&self.behaviour.identity.region));
        let mut text = String::with_capacity(128);
        for output in &told.outputs {
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
        told.event_inputs.iter().for_each(|name| texts.push(call.text(name)));
        let started = millis(at);
        let due = started.saturating_add(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX));
        Task::new(call.index, started, due, texts)
    }

    /// A task's output at an instant, in milliseconds since 1970, as JSON.
    pub(crate) fn task_output(&self, task: &Task, at: u64) -> serde_json::Value {
        let service = self.definition.service;
        let index = task.operation as usize;
        let told = self.behaviour.operations.get(index).and_then(Option::as_ref);
        let (Some(operation), Some(behaviour), Some(tasks)) =
            (service.operations.get(index), told, &self.behaviour.tasks)
        else {
            return serde_json::Value::Null;
        };
        let output = TaskOutput { schema: operation.output, tasks, behaviour, task, stage: task.stage(at) };
        let written = wire::write_output(service, operation, &output).ok();
        written.and_then(|response| serde_json::from_slice(response.body()).ok()).unwrap_or_default()
    }

    /// An output of the model's examples, or of sample values.
    fn sample(&self, call: &Call<'_>) -> Response {
        let members = self.example(call).unwrap_or_else(|| self.state().sampler().structure(call.operation.output));
        let output = Structure { schema: call.operation.output, members: &members };
        refusal::or_failure(call.service, wire::write_output(call.service, call.operation, &output))
    }

    /// The output of the example with this input, else of the operation's first.
    fn example(&self, call: &Call<'_>) -> Option<ValueMap> {
        let of_operation =
            || self.definition.examples.iter().filter(|example| example.operation == call.operation.name);
        let read = |schema: &'static Schema, text: &str| {
            let received = Received { headers: call.headers, body: text.as_bytes() };
            match wire::read_tolerant(call.service, call.operation, received, Dynamic(schema)) {
                Ok(Value::Map(members)) => Some(members),
                _ => None,
            }
        };
        of_operation().next()?;
        let input = call.value();
        let same = |text: &str| read(call.operation.input, text).map(Value::Map) == input;
        let example = of_operation().find(|example| same(example.input)).or_else(|| of_operation().next())?;
        read(call.operation.output, example.output)
    }
}

fn answered(response: Response) -> Answer {
    Answer { response, delay: Duration::ZERO, rule: None, problem: None }
}

fn show(call: &Call<'_>, task: &Task, behaviour: &OperationBehaviour, tasks: &Tasks, stage: Stage) -> Response {
    let output = TaskOutput { schema: call.operation.output, tasks, behaviour, task, stage };
    refusal::or_failure(call.service, wire::write_output(call.service, call.operation, &output))
}

fn refuse_token(call: &Call<'_>, conflict: &Conflict) -> Answer {
    let members: ValueMap =
        conflict.message.iter().map(|(member, message)| (member.name, Value::from(&**message))).collect();
    let written = wire::write_error(call.service, &Structure { schema: conflict.error, members: &members });
    Answer::refused(refusal::or_failure(call.service, written), "the token came before with other input")
}

/// What a failed task says: what the test has said, or else what the behaviour file says.
pub(crate) fn failure_texts(tasks: &Tasks, said: &[(String, String)]) -> Box<[Box<str>]> {
    let text = |(name, usual): &(Box<str>, Box<str>)| {
        said.iter()
            .find(|(member, _)| **member == **name)
            .map_or_else(|| usual.clone(), |(_, text)| text.as_str().into())
    };
    tasks.failed.iter().map(text).collect()
}

/// The text of an output, where it meets the constraints of its member.
fn output_text(output: &Output, scope: &mut Scope<'_>, text: &mut String) -> Option<()> {
    let OutputValue::Text { value, after_last, otherwise } = &output.value else { return None };
    text.clear();
    value.append(scope, text)?;
    let end = after_last.as_ref().and_then(|mark| Some(text.rfind(&**mark)? + mark.len()));
    text.drain(..end.unwrap_or(0));
    if is_valid_leaf(output.member, &**text) {
        return Some(());
    }
    text.clear();
    otherwise.as_ref()?.append(scope, text)
}
