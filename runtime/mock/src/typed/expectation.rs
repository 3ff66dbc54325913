//! Typed expectations.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use whitesmith_schema::{EventUnion, SerializeMembers, TypedOperation, Value, ValueMap, from_value, to_value};

use crate::call::Call;
use crate::engine::Engine;
use crate::rule::{Matcher, Reply, Rule};
use crate::wire::Response;

/// An expectation of requests for an operation. It takes effect once its answer is given.
///
/// Expectations are asked in the order of their creation. One that has answered [`Expectation::times`] requests is skipped.
/// Requests that match none get the default answer.
#[must_use = "an expectation takes effect once its answer is given"]
pub struct Expectation<'a, O> {
    engine: &'a Engine,
    name: Option<String>,
    matcher: Matcher,
    times: Option<u64>,
    delay: Duration,
    operation: PhantomData<O>,
}

impl<'a, O: TypedOperation> Expectation<'a, O> {
    pub(crate) fn new(engine: &'a Engine) -> Self {
        Self { engine, name: None, matcher: Matcher::All, times: None, delay: Duration::ZERO, operation: PhantomData }
    }

    /// Names the expectation, for the text of [`Verification`](crate::Verification).
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Restricts it to requests for which the function returns `true`. The function runs on the server's thread; it must
    /// neither block nor create expectations.
    pub fn when(mut self, is_for: impl Fn(&O::Input) -> bool + Send + Sync + 'static) -> Self {
        self.matcher = Matcher::Function(Arc::new(move |call| call.input::<O>().is_some_and(|input| is_for(&input))));
        self
    }

    /// Restricts it to requests with the members that are set here. If none comes, verification says how others differ.
    pub fn with(mut self, input: &O::Input) -> Self {
        self.matcher = Matcher::Members(members(input));
        self
    }

    /// Expects exactly this many requests; by default, one or more.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times.max(1));
        self
    }

    /// Delays the answer.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers with an output.
    pub fn respond(self, output: O::Output) -> Expected<'a, O> {
        let reply = output_reply::<O>(&output);
        self.make(reply)
    }

    /// Answers with an output and a stream of events. An error ends the stream. An operation without a stream of events
    /// answers with the output alone.
    pub fn respond_events<E: EventUnion>(
        self,
        output: O::Output,
        events: impl IntoIterator<Item = Result<E, E::Error>>,
    ) -> Expected<'a, O> {
        let mut output = members(&output);
        if let Some(stream) = O::OPERATION.output_events() {
            output.insert(
                stream.name,
                Value::List(events.into_iter().map(|event| Value::Map(event_members(event))).collect()),
            );
        }
        self.make(Reply::Output(output))
    }

    /// Answers each event of the request with the events that the function returns, while the request goes on; `None`
    /// stands for the request's end. An error ends the stream.
    ///
    /// The answer begins before the first event has come: an expectation with [`when`](Self::when) or
    /// [`with`](Self::with) waits for the whole request first. The function runs on the server's thread and must not block.
    pub fn respond_to_events<I: EventUnion, E: EventUnion, R>(
        self,
        output: O::Output,
        answer: impl Fn(Option<I>) -> R + Send + Sync + 'static,
    ) -> Expected<'a, O>
    where
        R: IntoIterator<Item = Result<E, E::Error>>,
    {
        let answer = move |event: Option<&ValueMap>| {
            let event = match event {
                // What is not in the union of the program is an error, which it cannot answer.
                Some(event) => match from_value(Value::Map(event.clone())) {
                    Ok(event) => Some(event),
                    Err(_) => return Vec::new(),
                },
                None => None,
            };
            answer(event).into_iter().map(event_members).collect()
        };
        self.make(Reply::Exchange { output: members(&output), answer: Arc::new(answer) })
    }

    /// Answers with an error.
    pub fn fail(self, error: impl Into<O::Error>) -> Expected<'a, O> {
        let reply = error_reply::<O>(&error.into());
        self.make(reply)
    }

    /// Answers with the function's result. It runs on the server's thread and must not block.
    pub fn respond_with(
        self,
        answer: impl Fn(O::Input) -> Result<O::Output, O::Error> + Send + Sync + 'static,
    ) -> Expected<'a, O> {
        self.make(Reply::Function(Arc::new(move |call| Some(respond(call, &answer(call.input::<O>()?))))))
    }

    /// Starts a task that fails with these members of its output, by their names in the model. An operation without tasks
    /// gets the default answer.
    pub fn fail_task<'t>(self, members: impl IntoIterator<Item = (&'t str, &'t str)>) -> Expected<'a, O> {
        let members = members.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        self.make(Reply::Task { failure: Some(members), delay: None })
    }

    /// Gives the default answer: the expectation only counts requests.
    pub fn respond_default(self) -> Expected<'a, O> {
        self.make(Reply::Default)
    }

    fn make(self, reply: Reply) -> Expected<'a, O> {
        let operation = self.engine.operation(O::OPERATION.name).map(|(index, _)| index);
        let rule = Rule {
            name: self.name,
            matcher: self.matcher,
            times: self.times,
            delay: self.delay,
            ..Rule::new(operation, reply)
        };
        let id = self.engine.add_rule(rule);
        Expected { engine: self.engine, id, operation: PhantomData }
    }
}

/// An expectation that is in effect.
pub struct Expected<'a, O> {
    engine: &'a Engine,
    /// `None` if there were too many.
    id: Option<u64>,
    operation: PhantomData<O>,
}

impl<O: TypedOperation> Expected<'_, O> {
    /// Answers the next request with an output. The last answer of a sequence is repeated.
    pub fn then_respond(self, output: O::Output) -> Self {
        self.then(output_reply::<O>(&output))
    }

    /// Answers the next request with an error. The last answer of a sequence is repeated.
    pub fn then_fail(self, error: impl Into<O::Error>) -> Self {
        self.then(error_reply::<O>(&error.into()))
    }

    /// Gives the next request the default answer. The last answer of a sequence is repeated.
    pub fn then_default(self) -> Self {
        self.then(Reply::Default)
    }

    /// Returns how many requests it has answered.
    pub fn received(&self) -> u64 {
        self.engine.rules().iter().find(|rule| Some(rule.id) == self.id).map_or(0, |rule| rule.used)
    }

    /// Removes the expectation.
    pub fn forget(self) {
        if let Some(id) = self.id {
            self.engine.rules().remove(id);
        }
    }

    fn then(self, reply: Reply) -> Self {
        if let Some(id) = self.id {
            self.engine.rules().add_reply(id, reply);
        }
        self
    }
}

/// An event or error as the union's map with one entry.
fn event_members<E: EventUnion>(event: Result<E, E::Error>) -> ValueMap {
    match event {
        Ok(event) => match to_value(&event) {
            Value::Map(members) => members,
            _ => ValueMap::new(),
        },
        Err(error) => {
            let member = E::SCHEMA.members.iter().find(|member| std::ptr::eq(member.target, error.schema()));
            member.map(|member| (member.name, to_value(&error))).into_iter().collect()
        }
    }
}

fn output_reply<O: TypedOperation>(output: &O::Output) -> Reply {
    Reply::Output(members(output))
}

fn error_reply<O: TypedOperation>(error: &O::Error) -> Reply {
    Reply::Error { schema: error.schema(), members: members(error), status: None }
}

fn members<T: SerializeMembers>(value: &T) -> ValueMap {
    match to_value(value) {
        Value::Map(members) => members,
        _ => ValueMap::new(),
    }
}

/// Writes a typed result.
pub(super) fn respond<T: SerializeMembers, E: SerializeMembers>(call: &Call<'_>, result: &Result<T, E>) -> Response {
    match result {
        Ok(output) => call.responder.output(call.operation, &members(output)),
        Err(error) => call.responder.error(error.schema(), &members(error)),
    }
}
