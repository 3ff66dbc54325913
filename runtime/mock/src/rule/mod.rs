//! Rules: how requests are answered that a test has spoken of.

mod difference;
mod verification;

pub(crate) use difference::{difference, is_part_of};
pub use verification::{Unmet, Verification};

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::wire::Response;
use whitesmith_schema::{Schema, ValueMap};

use crate::call::{Call, Handler};

/// A rule: which requests it is for, and how they are answered.
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
    /// How many requests it has answered.
    pub(crate) used: u64,
    /// How many requests came after [`Rule::times`] that no other rule was for.
    pub(crate) surplus: u64,
}

impl Rule {
    fn is_for(&self, call: &Call<'_>) -> bool {
        self.operation.is_none_or(|only| only == call.index) && self.matcher.matches(call)
    }
}

/// Which requests of the operation.
#[derive(Clone, Default)]
pub(crate) enum Matcher {
    #[default]
    All,
    /// Those whose body has these members.
    Members(serde_json::Value),
    /// Those of which a function of the test says so.
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
    /// The members that are asked for, or in words what it is.
    pub(crate) fn describe(&self) -> serde_json::Value {
        match self {
            Self::All => serde_json::Value::Null,
            Self::Members(members) => members.clone(),
            Self::Function(_) => "a function".into(),
        }
    }

    fn matches(&self, call: &Call<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Members(members) => call.json().is_some_and(|body| is_part_of(members, &body)),
            Self::Function(function) => function(call),
        }
    }
}

/// One answer of a rule.
#[derive(Clone)]
pub(crate) enum Reply {
    /// What the mock would do without the rule.
    Natural,
    Output(ValueMap),
    Error(&'static Schema, ValueMap),
    /// An error of no model.
    Unmodeled {
        status: http::StatusCode,
        code: String,
        message: String,
    },
    /// A task, which fails with these members of its output, or succeeds, after a delay.
    Task {
        failure: Option<Vec<(String, String)>>,
        delay: Option<Duration>,
    },
    /// Any response.
    Written(Response),
    /// What a function of the test answers; `None` is [`Reply::Natural`].
    Function(Handler),
}

impl Reply {
    /// What kind of reply it is, for people.
    pub(crate) fn kind(&self) -> String {
        match self {
            Self::Natural => "natural".to_owned(),
            Self::Output(_) => "output".to_owned(),
            Self::Error(schema, _) => format!("error {}", schema.name()),
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

/// The rules, in the order in which they are asked: that in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    list: Vec<Rule>,
    next_id: u64,
}

/// How many rules there may be.
const MOST_RULES: usize = 10_000;

impl Rules {
    /// Adds a rule; gives its id, or `None` when there are too many.
    pub(crate) fn add(&mut self, mut rule: Rule) -> Option<u64> {
        if self.list.len() >= MOST_RULES {
            return None;
        }
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
        let before = self.list.len();
        self.list.retain(|rule| rule.id != id);
        self.list.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.list.iter()
    }

    /// Whether no rule can be for the operation, so that requests need not be looked at.
    pub(crate) fn is_none_for(&self, operation: usize) -> bool {
        !self.list.iter().any(|rule| rule.operation.is_none_or(|only| only == operation))
    }

    /// The answer of the first rule that is for the request, which counts it: the rule's id, its delay and the reply.
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
            let turn = usize::try_from(rule.used).unwrap_or(usize::MAX).min(rule.replies.len().saturating_sub(1));
            rule.used += 1;
            return Some((rule.id, rule.delay, rule.replies.get(turn).cloned().unwrap_or(Reply::Natural)));
        }
        if let Some(rule) = exhausted.and_then(|index| self.list.get_mut(index)) {
            rule.surplus += 1;
        }
        None
    }
}
