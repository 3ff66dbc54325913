//! Expectations that read as sentences.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::wire::Response;
use http::HeaderMap;
use whitesmith_schema::TypedOperation;

use crate::engine::{Engine, or_failure};
use crate::rule::{Matcher, Reply, Rule};
use crate::wire;

/// An expectation of requests for an operation. It counts from the moment at which its answer is said.
///
/// Expectations are asked in the order in which they are made. One that has answered [`Expectation::times`] requests is
/// passed over. Requests that none is for are answered by the mock itself.
#[must_use = "an expectation counts once its answer is said"]
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

    /// Gives it a name, for when it is not met.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Only requests of which the function says so. It runs on the server's thread; it must not block, nor make
    /// expectations.
    pub fn when(mut self, is_for: impl Fn(&O::Input) -> bool + Send + Sync + 'static) -> Self {
        self.matcher = Matcher::Function(Arc::new(move |call| call.input::<O>().is_some_and(|input| is_for(&input))));
        self
    }

    /// Only requests with the members that are set here. If none comes, verification says how those that came differ.
    pub fn with(mut self, input: &O::Input) -> Self {
        let written = wire::write_request(O::SERVICE, O::OPERATION, input);
        let members = written.ok().and_then(|request| serde_json::from_slice(request.body.as_bytes()).ok());
        self.matcher = Matcher::Members(members.unwrap_or_default());
        self
    }

    /// So many requests, no more and no fewer. Without it: one or more.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times.max(1));
        self
    }

    /// Holds the answer back.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers with an output.
    pub fn respond(self, output: O::Output) -> Expected<'a, O> {
        let reply = output_reply::<O>(&output);
        self.make(reply)
    }

    /// Answers with an error.
    pub fn fail(self, error: impl Into<O::Error>) -> Expected<'a, O> {
        let reply = error_reply::<O>(&error.into());
        self.make(reply)
    }

    /// Answers with what the function makes of the request. It runs on the server's thread, and must not block.
    pub fn respond_with(
        self,
        answer: impl Fn(O::Input) -> Result<O::Output, O::Error> + Send + Sync + 'static,
    ) -> Expected<'a, O> {
        self.make(Reply::Function(Arc::new(move |call| {
            Some(match answer(call.input::<O>()?) {
                Ok(output) => write_output::<O>(&output),
                Err(error) => write_error::<O>(&error),
            })
        })))
    }

    /// Starts a task that fails, with these members of its output, by their names in the model. Where the behaviour
    /// file gives the operation no tasks, the mock answers by itself.
    pub fn fail_task<'t>(self, members: impl IntoIterator<Item = (&'t str, &'t str)>) -> Expected<'a, O> {
        let members = members.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        self.make(Reply::Task { failure: Some(members), delay: None })
    }

    /// Lets the mock answer by itself: only the requests are expected.
    pub fn as_usual(self) -> Expected<'a, O> {
        self.make(Reply::Natural)
    }

    fn make(self, reply: Reply) -> Expected<'a, O> {
        let operations = O::SERVICE.operations;
        let rule = Rule {
            id: 0,
            name: self.name,
            operation: operations.iter().position(|operation| operation.id == O::OPERATION.id),
            matcher: self.matcher,
            times: self.times,
            delay: self.delay,
            replies: vec![reply],
            used: 0,
            surplus: 0,
        };
        let id = self.engine.rules().add(rule);
        Expected { engine: self.engine, id, operation: PhantomData }
    }
}

/// An expectation that counts.
pub struct Expected<'a, O> {
    engine: &'a Engine,
    /// `None` where there were too many already.
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

    /// Lets the mock answer the next request by itself. The last answer of a sequence is repeated.
    pub fn then_as_usual(self) -> Self {
        self.then(Reply::Natural)
    }

    /// How many requests it has answered.
    pub fn received(&self) -> u64 {
        self.engine.rules().iter().find(|rule| Some(rule.id) == self.id).map_or(0, |rule| rule.used)
    }

    /// Takes it back.
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

fn output_reply<O: TypedOperation>(output: &O::Output) -> Reply {
    Reply::Written(write_output::<O>(output))
}

fn error_reply<O: TypedOperation>(error: &O::Error) -> Reply {
    Reply::Written(write_error::<O>(error))
}

pub(super) fn write_output<O: TypedOperation>(output: &O::Output) -> Response {
    or_failure(O::SERVICE, wire::write_output(O::SERVICE, O::OPERATION, output))
}

pub(super) fn write_error<O: TypedOperation>(error: &O::Error) -> Response {
    or_failure(O::SERVICE, wire::write_error(O::SERVICE, error))
}

/// The input that a logged body holds.
pub(super) fn read_back<O: TypedOperation>(body: &[u8]) -> Option<O::Input> {
    let request = wire::Received { headers: &HeaderMap::new(), body };
    wire::read_input(O::SERVICE, O::OPERATION, request, whitesmith_protocol::Typed::<O::Input>::new()).ok()
}
