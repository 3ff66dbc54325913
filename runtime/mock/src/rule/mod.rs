//! Rules: which requests do not get the default answer.

mod difference;
mod verification;

use difference::difference;
pub(crate) use difference::is_part_of;
pub(crate) use verification::Other;
pub use verification::{Unmet, Verification};

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::wire::Response;
use whitesmith_schema::{Schema, ValueMap};

use crate::call::{Call, Handler};
use crate::json::members_to_json;

/// A rule: which requests it answers, and how.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: u64,
    pub(crate) name: Option<String>,
    /// The operation's index in the service; `None` for any.
    pub(crate) operation: Option<usize>,
    pub(crate) matcher: Matcher,
    /// How many requests it answers, and expects; `None` for any number, of which at least one is expected.
    pub(crate) times: Option<u64>,
    pub(crate) delay: Duration,
    /// One after another; the last again and again.
    pub(crate) replies: Vec<Reply>,
    /// The approximate size of its description in memory, in bytes.
    pub(crate) size: usize,
    /// The number of the last request before it was made.
    pub(crate) since: u64,
    /// How many requests it has answered.
    pub(crate) used: u64,
    /// How many requests came after [`Rule::times`] that no other rule was for.
    pub(crate) surplus: u64,
}

impl Rule {
    /// Creates a rule that answers every request of an operation, or of any, with one reply.
    pub(crate) fn new(operation: Option<usize>, reply: Reply) -> Self {
        Self {
            id: 0,
            name: None,
            operation,
            matcher: Matcher::All,
            times: None,
            delay: Duration::ZERO,
            replies: vec![reply],
            size: 0,
            since: 0,
            used: 0,
            surplus: 0,
        }
    }

    /// The answer to the next request.
    fn next_reply(&self) -> Option<&Reply> {
        let turn = usize::try_from(self.used).unwrap_or(usize::MAX).min(self.replies.len().saturating_sub(1));
        self.replies.get(turn)
    }

    fn is_for(&self, call: &Call<'_>) -> bool {
        self.operation.is_none_or(|only| only == call.index) && self.matcher.matches(call)
    }
}

/// Which requests of the operation.
#[derive(Clone, Default)]
pub(crate) enum Matcher {
    #[default]
    All,
    /// Those whose input has these members.
    Members(ValueMap),
    /// Those for which a function of the test returns `true`.
    Function(Arc<dyn Fn(&Call<'_>) -> bool + Send + Sync>),
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("All"),
            Self::Members(members) => f.debug_tuple("Members").field(members).finish(),
            Self::Function(_) => f.write_str("Function"),
        }
    }
}

impl Matcher {
    /// Describes the matcher for the control API: its members, or its kind.
    pub(crate) fn describe(&self) -> serde_json::Value {
        match self {
            Self::All => serde_json::Value::Null,
            Self::Members(members) => members_to_json(members),
            Self::Function(_) => "a function".into(),
        }
    }

    fn matches(&self, call: &Call<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Members(members) => call.members().is_some_and(|input| is_part_of(members, &input)),
            Self::Function(function) => function(call),
        }
    }
}

/// Returns the events that answer an event of a request; `None` stands for the end of the request.
pub(crate) type EventAnswer = Arc<dyn Fn(Option<&ValueMap>) -> Vec<ValueMap> + Send + Sync>;

/// One answer of a rule.
#[derive(Clone)]
pub(crate) enum Reply {
    /// What the mock does without the rule.
    Default,
    Output(ValueMap),
    /// An error of the model; the status takes the place of the model's.
    Error {
        schema: &'static Schema,
        members: ValueMap,
        status: Option<http::StatusCode>,
    },
    /// An error that is not in the model.
    Unmodeled {
        status: http::StatusCode,
        code: String,
        message: String,
    },
    /// An output whose events are those that a function returns for each event of the request.
    Exchange {
        output: ValueMap,
        answer: EventAnswer,
    },
    /// A task, which fails with these members of its output, or succeeds, after a delay.
    Task {
        failure: Option<Vec<(String, String)>>,
        delay: Option<Duration>,
    },
    /// Any response.
    Written(Response),
    /// What a function of the test returns; `None` is [`Reply::Default`].
    Function(Handler),
}

impl Reply {
    /// Describes the reply for people.
    pub(crate) fn kind(&self) -> String {
        match self {
            Self::Default => "default".to_owned(),
            Self::Output(_) => "output".to_owned(),
            Self::Exchange { .. } => "exchange of events".to_owned(),
            Self::Error { schema, .. } => format!("error {}", schema.name()),
            Self::Unmodeled { code, .. } => format!("error {code}"),
            Self::Task { failure: Some(_), .. } => "task that fails".to_owned(),
            Self::Task { failure: None, .. } => "task".to_owned(),
            Self::Written(response) => format!("HTTP status {}", response.status().as_u16()),
            Self::Function(_) => "function".to_owned(),
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind())
    }
}

/// The rules in the order of their creation, in which they are asked.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    list: Vec<Rule>,
    size: usize,
    next_id: u64,
}

/// The maximum number of rules.
const MOST_RULES: usize = 10_000;
/// The maximum size of all rules' descriptions, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

impl Rules {
    /// Adds a rule and returns its id, or `None` if there are too many. `since` is the number of the last request.
    pub(crate) fn add(&mut self, mut rule: Rule, since: u64) -> Option<u64> {
        if self.list.len() >= MOST_RULES || self.size + rule.size > MOST_BYTES {
            return None;
        }
        self.size += rule.size;
        rule.since = since;
        self.next_id += 1;
        rule.id = self.next_id;
        self.list.push(rule);
        Some(self.next_id)
    }

    /// Adds a further answer to a rule.
    pub(crate) fn add_reply(&mut self, id: u64, reply: Reply) {
        if let Some(rule) = self.list.iter_mut().find(|rule| rule.id == id) {
            rule.replies.push(reply);
        }
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let Some(at) = self.list.iter().position(|rule| rule.id == id) else { return false };
        self.size -= self.list.remove(at).size;
        true
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.size = 0;
    }

    /// Restarts the count of requests after the journal was cleared.
    pub(crate) fn restart_count(&mut self) {
        self.list.iter_mut().for_each(|rule| rule.since = 0);
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.list.iter()
    }

    /// Whether no rule can answer requests of the operation, so that matching can be skipped.
    pub(crate) fn is_none_for(&self, operation: usize) -> bool {
        !self.list.iter().any(|rule| rule.operation.is_none_or(|only| only == operation))
    }

    /// Takes the answer of the first rule for an operation whose request has not been read, if that is an exchange of events
    /// with any request. It counts the request.
    pub(crate) fn take_exchange(&mut self, operation: usize) -> Option<(u64, Duration, ValueMap, EventAnswer)> {
        let is_open = |rule: &&mut Rule| {
            rule.operation.is_none_or(|only| only == operation) && rule.times.is_none_or(|times| rule.used < times)
        };
        let rule = self.list.iter_mut().find(is_open)?;
        let (Matcher::All, Reply::Exchange { output, answer }) = (&rule.matcher, rule.next_reply()?) else {
            return None;
        };
        let taken = (rule.id, rule.delay, output.clone(), answer.clone());
        rule.used += 1;
        Some(taken)
    }

    /// Returns the first matching rule's id, delay and next reply; the rule counts the request.
    pub(crate) fn take(&mut self, call: &Call<'_>) -> Option<(u64, Duration, Reply)> {
        let mut exhausted = None;
        for (index, rule) in self.list.iter_mut().enumerate() {
            if !rule.is_for(call) {
                continue;
            }
            if rule.times.is_some_and(|times| rule.used >= times) {
                exhausted = exhausted.or(Some(index));
                continue;
            }
            let reply = rule.next_reply().cloned().unwrap_or(Reply::Default);
            rule.used += 1;
            return Some((rule.id, rule.delay, reply));
        }
        if let Some(rule) = exhausted.and_then(|index| self.list.get_mut(index)) {
            rule.surplus += 1;
        }
        None
    }
}
